import CZlib
import Foundation
import Testing

/// What a run of simulate-estate wrote, read back.
struct SimulatedEstate {
  /// One line of the truth.
  struct Label {
    let judgement: String
    let position: String
    let eventIDs: [String]
    let eventNames: [String]
    let newDimensions: [String]
  }

  let files: [String: [UInt8]]
  let facts: [String: Any]
  let labels: [Label]

  init(_ options: [String]) throws {
    files = try withTemporaryDirectory { directory in
      let outcome = try Executable("simulate-estate").run(["--output", directory.path] + options)
      try #require(outcome.exitCode == 0, "\(outcome.stderr)")
      let paths = try FileManager.default.subpathsOfDirectory(atPath: directory.path)
      var files: [String: [UInt8]] = [:]
      for path in paths {
        let url = directory.appendingPathComponent(path)
        if try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
          files[path] = Array(try Data(contentsOf: url))
        }
      }
      return files
    }
    facts = try Self.object(try #require(files["estate.json"]))
    labels = try #require(files["labels.jsonl"]).split(separator: 0x0A).map { line in
      let label = try Self.object(Array(line))
      let words = [
        "label_id", "expected_position", "expected_severity", "expected_new_dimensions", "business_risk",
      ]
      return Label(
        judgement: words.map { "\(label[$0] ?? "-")" }.joined(separator: " "),
        position: label["expected_position"] as? String ?? "",
        eventIDs: label["event_ids"] as? [String] ?? [],
        eventNames: label["event_names"] as? [String] ?? [],
        newDimensions: label["expected_new_dimensions"] as? [String] ?? [])
    }
  }

  var accountIDs: Set<String> {
    Set((facts["accounts"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String })
  }

  /// Every event of every delivery.
  func events() throws -> [[String: Any]] {
    try files.filter { $0.key.hasSuffix(".json.gz") }.flatMap { try records(in: $0.value) }
  }

  static func object(_ bytes: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }
}

/// The records of a gzipped delivery.
func records(in bytes: [UInt8]) throws -> [[String: Any]] {
  try #require(try SimulatedEstate.object(try inflated(bytes))["Records"] as? [[String: Any]])
}

private func inflated(_ bytes: [UInt8]) throws -> [UInt8] {
  var stream = z_stream()
  try #require(inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
  defer { inflateEnd(&stream) }
  // The last four bytes of a gzip member are the size of what it holds.
  let size = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
  var input = bytes
  var status = Z_OK
  let output = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
    input.withUnsafeMutableBufferPointer { source in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      stream.next_out = buffer.baseAddress
      stream.avail_out = UInt32(buffer.count)
      status = inflate(&stream, Z_FINISH)
    }
    count = Int(stream.total_out)
  }
  try #require(status == Z_STREAM_END && output.count == size)
  return output
}
