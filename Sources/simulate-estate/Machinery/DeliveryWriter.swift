import CZlib
import Foundation
import MDRCore

/// Writes logs in the layout and compression of a CloudTrail delivery.
struct DeliveryWriter {
  /// A delivery file holds at most so many records; a busy day gets several.
  static let recordsPerFile = 20_000

  let root: URL
  let estate: Estate

  /// Writes one region's log of one account's day and returns the number of files and bytes.
  func write(_ log: AccountDay.RegionLog, account: Account, day: Int) throws -> (files: Int, bytes: Int) {
    let date = Timestamp.startOfDay(day).date
    let directory = root.appendingPathComponent(
      "AWSLogs/\(estate.organization)/\(account.id)/CloudTrail/\(log.region)/"
        + date.replacingOccurrences(of: "-", with: "/"))
    try createDirectory(directory)
    var total = 0
    var files = 0
    let recordBytes = log.records.bytes
    var rest = log.entries[...]
    while !rest.isEmpty {
      let chunk = rest.prefix(Self.recordsPerFile)
      rest = rest.dropFirst(Self.recordsPerFile)
      let records = Self.join(chunk, of: recordBytes)
      var random = SeededGenerator(seed: estate.seed, "file", account.id, log.region, date, "\(files)")
      let unique = random.characters(
        16, from: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
      let name =
        "\(account.id)_CloudTrail_\(log.region)_\(Self.delivery(of: chunk.last?.time))_"
        + String(decoding: unique, as: UTF8.self) + ".json.gz"
      try write(try Self.gzip(records), to: directory.appendingPathComponent(name))
      total += records.count
      files += 1
    }
    return (files, total)
  }

  /// Writes a file, or says which one can't be written.
  func write(_ bytes: [UInt8], to file: URL) throws(CommandError) {
    do {
      try Data(bytes).write(to: file)
    } catch {
      throw CommandError(
        .inputOutput, "\(file.path) can't be written", mend: "free some space or choose another --output")
    }
  }

  /// Writes a file below the root.
  func write(_ text: String, to path: String) throws(CommandError) {
    let file = root.appendingPathComponent(path)
    try createDirectory(file.deletingLastPathComponent())
    try write(Array(text.utf8), to: file)
  }

  func createDirectory(_ directory: URL) throws(CommandError) {
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    } catch {
      throw CommandError(.cannotWrite, "\(directory.path) can't be created", mend: "choose another --output")
    }
  }

  private static func join(
    _ entries: ArraySlice<(time: Timestamp, range: Range<Int>)>, of bytes: [UInt8]
  ) -> [UInt8] {
    var joined = Array(#"{"Records":["#.utf8)
    joined.reserveCapacity(entries.reduce(16) { $0 + $1.range.count + 1 })
    for (index, entry) in entries.enumerated() {
      if index > 0 { joined.append(0x2C) }
      joined.append(contentsOf: bytes[entry.range])
    }
    joined.append(contentsOf: "]}".utf8)
    return joined
  }

  /// Deliveries are named after the next five minutes.
  private static func delivery(of last: Timestamp?) -> String {
    let time = Timestamp(seconds: ((last?.seconds ?? 0) / 300 + 1) * 300)
    let digits = time.iso8601.filter { $0 != "-" && $0 != ":" }
    return digits.prefix(13) + "Z"
  }

  /// Compresses without a name or a time in the header, so that equal records are equal files.
  static func gzip(_ bytes: [UInt8]) throws(CommandError) -> [UInt8] {
    let failure = CommandError(
      .inputOutput, "zlib can't compress a log", mend: "try again with a smaller --scale")
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, 4, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw failure }
    defer { deflateEnd(&stream) }
    let bound = Int(deflateBound(&stream, UInt(bytes.count)))
    var status = Z_STREAM_ERROR
    var input = bytes
    let output = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      input.withUnsafeMutableBufferPointer { source in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = buffer.baseAddress
        stream.avail_out = UInt32(buffer.count)
        status = deflate(&stream, Z_FINISH)
      }
      count = Int(stream.total_out)
    }
    guard status == Z_STREAM_END else { throw failure }
    return output
  }
}
