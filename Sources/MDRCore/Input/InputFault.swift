import Foundation

/// Why a file, or the rest of one, could not be read.
package enum InputFault: Error, Hashable, Sendable, CustomStringConvertible {
  case cannotOpen(String)
  case cannotRead(String)
  case folder(String)
  case linkToFolder
  case noFile
  case foreignName
  case truncatedGzip
  case damagedGzip
  case gzipBomb(ratio: Int)
  case nestedGzip
  case empty
  case utf32
  /// Neither JSON nor a table; `format` is what the first bytes tell, if anything.
  case notJSON(start: String, format: ForeignFormat?)

  package var description: String {
    switch self {
    case .cannotOpen(let reason) where reason == String(cString: strerror(ENOENT)):
      "the file can't be opened (\(reason)): it is a link to nothing, or gone since the folder was listed"
    case .cannotOpen(let reason): "the file can't be opened (\(reason)): check its permissions"
    case .cannotRead(let reason): "the file can't be read (\(reason)): check the disk"
    case .folder(let reason): "the folder can't be read (\(reason)): check its permissions"
    case .linkToFolder: "a link to a folder, which is not followed: name that folder as an input of its own"
    case .noFile: "a pipe, socket or device in a folder, which is not read: name it as an input of its own"
    case .foreignName:
      "the name is not UTF-8, so that no artifact could name what was read: rename it, and run the command again"
    case .truncatedGzip: "the gzip data ends too early: fetch the file again"
    case .damagedGzip: "the gzip data is damaged: fetch the file again"
    case .nestedGzip: "gzip data within gzip data, more than three times over: unpack it with gunzip"
    case .empty: "the file is empty"
    case .utf32: "the file is UTF-32: convert it to UTF-8, as with iconv -f UTF-32 -t UTF-8"
    case .notJSON(_, let format?): "the file is \(format.name): \(format.mend)"
    case .notJSON(let start, nil):
      "the file is neither JSON nor a table of CloudTrail's columns (it starts with \(start)): give logs as CloudTrail, the AWS CLI or a SIEM exports them"
    case .gzipBomb(let ratio):
      "the gzip data expands more than \(ratio) times, which no log does: look at it by hand"
    }
  }
}

/// A format that logs come in and that is not read here, known by a file's first bytes.
package struct ForeignFormat: Hashable, Sendable {
  let name: String
  /// What makes the file readable.
  let mend: String

  /// How many bytes tell all formats: tar's mark stands 257 bytes in.
  static let startLength = 263

  private static let unpacked = "unpack it first, as with "
  private static let exported = "export its rows as JSON or CSV first, as Athena or DuckDB do"

  private static let marks: [(start: [UInt8], format: ForeignFormat)] = [
    ([0x50, 0x4B, 0x03, 0x04], .init(name: "a zip archive", mend: unpacked + "unzip")),
    ([0x50, 0x4B, 0x05, 0x06], .init(name: "an empty zip archive", mend: "fetch it again")),
    (Array("BZh".utf8), .init(name: "packed with bzip2", mend: unpacked + "bunzip2")),
    ([0x28, 0xB5, 0x2F, 0xFD], .init(name: "packed with Zstandard", mend: unpacked + "zstd -d")),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .init(name: "packed with xz", mend: unpacked + "xz -d")),
    ([0x04, 0x22, 0x4D, 0x18], .init(name: "packed with LZ4", mend: unpacked + "lz4 -d")),
    ([0xFF, 0x06, 0x00, 0x00, 0x73, 0x4E], .init(name: "packed with Snappy", mend: unpacked + "snzip -d")),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .init(name: "a 7-Zip archive", mend: unpacked + "7z x")),
    ([0x1F, 0x9D], .init(name: "packed with compress", mend: unpacked + "uncompress")),
    ([0x78, 0x01], .zlib), ([0x78, 0x5E], .zlib), ([0x78, 0x9C], .zlib), ([0x78, 0xDA], .zlib),
    (Array("PAR1".utf8), .init(name: "a Parquet file", mend: exported)),
    (Array("ORC".utf8), .init(name: "an ORC file", mend: exported)),
    ([0x4F, 0x62, 0x6A, 0x01], .init(name: "an Avro file", mend: exported)),
    (Array("<!".utf8), .markup), (Array("<?xml".utf8), .markup), (Array("<html".utf8), .markup),
    (Array("<Error".utf8), .markup),
    (Array("SQLite format 3".utf8), .init(name: "an SQLite database", mend: exported)),
    (Array("Events:\n".utf8), .printed), (Array("- CloudTrailEvent:".utf8), .printed),
    (Array("- AccessKeyId:".utf8), .printed), (Array("------------".utf8), .printed),
  ]

  private static let zlib = ForeignFormat(
    name: "packed with zlib", mend: unpacked + "zlib-flate -uncompress")
  private static let markup = ForeignFormat(
    name: "an HTML or XML document, as a failed download leaves", mend: "fetch the logs again")
  private static let printed = ForeignFormat(
    name: "YAML or a drawn table, as the AWS CLI may print them",
    mend: "run the command again with --output json")
  private static let workbook = ForeignFormat(
    name: "an Excel workbook", mend: "save its sheet as CSV, and give that")
  private static let tar = ForeignFormat(name: "a tar archive", mend: unpacked + "tar -xf")

  /// The format of a file that starts with these bytes; `nil` for any other text or bytes.
  init?(of start: UnsafeBufferPointer<UInt8>) {
    if start.count >= 262, start[257..<262].elementsEqual("ustar".utf8) {
      self = .tar
    } else if start.count >= 49, start[30..<49].elementsEqual("[Content_Types].xml".utf8) {
      self = .workbook
    } else if let known = Self.marks.first(where: { start.starts(with: $0.start) }) {
      self = known.format
    } else if let name = OtherLogs.name(ofText: start) {
      self.init(name: name, mend: "give the logs that CloudTrail writes")
    } else {
      return nil
    }
  }

  private init(name: String, mend: String) {
    self.name = name
    self.mend = mend
  }
}
