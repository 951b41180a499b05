import Foundation

/// The exact bytes behind findings, hashed and traceable to where they were delivered.
package struct EvidencePack: Sendable {
  /// A record in the pack.
  struct Record: Equatable, Sendable {
    var wanted: WantedRecord
    /// The file in the pack, such as `records/00001-<event id>.json`.
    var name: String
    var byteCount: Int
    var sha256: String
  }

  /// A record that the pack does not hold.
  struct Refusal: Equatable, Sendable {
    var wanted: WantedRecord
    var reason: String
  }

  /// A raw file that records were taken from.
  struct SourceFile: Equatable, Sendable {
    var name: String
    var byteCount: Int
    var sha256: String
  }

  var findings: [Finding]
  var records: [Record] = []
  var refusals: [Refusal] = []
  var sources: [SourceFile] = []
  var caveats: [String]

  /// Extracts the records of the findings into a folder, byte by byte as delivered.
  init(findings: [Finding], wanted: WantedRecords, roots: RawLogRoots, folder: ArtifactFolder) throws {
    self.findings = findings
    caveats = wanted.caveats
    let numbered = wanted.records.enumerated().map { (number: $0 + 1, record: $1) }
    let files = Dictionary(grouping: numbered, by: \.record.reference.file)
    for name in files.keys.sorted() {
      try extract(files[name] ?? [], from: roots.candidates(for: name), into: folder)
    }
  }

  private mutating func extract(
    _ wanted: [(number: Int, record: WantedRecord)], from candidates: [LogFile], into folder: ArtifactFolder
  ) throws {
    var open = Dictionary(grouping: wanted, by: \.record.reference.index)
    var reasons: [Int: String] = [:]
    for file in candidates where !open.isEmpty {
      let before = records.count
      let fault = try RawRecordReader().forEachEntry(in: file) { entry, index, _ in
        guard case .record(_, _, let bytes, _) = entry, let here = open[index] else { return }
        let sha256 = SHA256Digest.hex(UnsafeRawBufferPointer(bytes))
        for (number, record) in here {
          guard record.reference.sha256 == sha256 else {
            reasons[index] =
              record.reference.sha256.isEmpty
              ? "the observation holds no SHA-256 to compare the raw record with"
              : "the raw record's SHA-256 is \(sha256), the observation's \(record.reference.sha256)"
            continue
          }
          let name = "records/\(Self.fileName(number: number, eventID: record.eventID))"
          try folder.write(name, bytes: Array(bytes))
          records.append(Record(wanted: record, name: name, byteCount: bytes.count, sha256: sha256))
          // Inputs may have files of one name, so that another record of this place is still to be found.
          open[index]?.removeAll { $0.number == number }
        }
        if open[index]?.isEmpty == true { open[index] = nil }
      }
      if let fault { caveats.append("\(file.name) was not read to its end: \(fault)") }
      if records.count > before { sources.append(try Self.sourceFile(file)) }
    }
    for index in open.keys.sorted() {
      let reason =
        reasons[index]
        ?? (candidates.isEmpty
          ? "its file is not where it was; name the raw logs with --logs"
          : "its file holds no record at that place")
      refusals += (open[index] ?? []).map { Refusal(wanted: $0.record, reason: reason) }
    }
  }

  private static func sourceFile(_ file: LogFile) throws -> SourceFile {
    let data = try Data(contentsOf: URL(fileURLWithPath: file.path), options: .alwaysMapped)
    return SourceFile(
      name: file.name, byteCount: data.count, sha256: data.withUnsafeBytes { SHA256Digest.hex($0) })
  }

  /// A name that stays within its folder, whatever the event calls itself.
  static func fileName(number: Int, eventID: String) -> String {
    let digits = String(number)
    let place = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    let safe = eventID.utf8.prefix(64).map { byte -> Character in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
        Character(Unicode.Scalar(byte))
      default: "_"
      }
    }
    return "\(place)-\(String(safe)).json"
  }
}
