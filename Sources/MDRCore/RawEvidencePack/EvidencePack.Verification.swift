import Foundation

extension EvidencePack {
  /// Compares a pack with its own lists: every file, and every record that the manifest describes.
  package static func verify(_ folder: String) throws -> CommandOutcome {
    guard FileManager.default.fileExists(atPath: folder) else {
      throw CommandError(.noSuchInput, "\(folder) does not exist", mend: "name a folder that build wrote")
    }
    guard let list = FileManager.default.contents(atPath: folder + "/" + FileSums.name),
      let manifestData = FileManager.default.contents(atPath: folder + "/manifest.json")
    else {
      throw CommandError(
        .noUsableInput, "\(folder) has no \(FileSums.name) or no manifest.json",
        mend: "it is no evidence pack, or part of it is missing")
    }
    let listText = String(decoding: list, as: UTF8.self)
    let found = try FileSums(of: folder)
    var differences = try FileSums(parsing: listText).differences(from: found)
    let recordCount: Int
    do {
      let manifest = try JSONFields(JSONValue(parsing: Array(manifestData)))
      let records = try manifest.objects("records")
      recordCount = records.count
      for record in records {
        let path = try record.text("path")
        let sha256 = try record.text("sha256")
        if let digest = found.digests[path], digest != sha256 {
          differences.append("\(path) is not the record that the manifest describes")
        } else if found.digests[path] == nil, !differences.contains("\(path) is missing") {
          differences.append("\(path) is in the manifest and missing")
        }
      }
    } catch {
      throw CommandError(.noUsableInput, "manifest.json is damaged (\(error))", mend: "get the pack again")
    }
    return CommandOutcome(
      summary: [
        "\(folder): \(recordCount.of("record")), \(found.digests.count.of("file")), "
          + (differences.isEmpty ? "all as they were packed" : "\(differences.count) differences"),
        "SHA-256 of \(FileSums.name): \(SHA256Digest.hex(listText))",
      ],
      json: [
        "pack": .string(folder), "records": .number(recordCount), "files": .number(found.digests.count),
        "sums_sha256": .string(SHA256Digest.hex(listText)),
      ],
      caveats: differences, failure: differences.isEmpty ? nil : .noUsableInput)
  }
}
