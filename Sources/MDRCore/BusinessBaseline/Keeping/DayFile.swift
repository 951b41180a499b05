import Foundation

/// One file of a baseline's state: the facts of one day, in blocks that each stand by themselves.
struct DayFile: Equatable, Sendable {
  /// Days since 1970-01-01.
  var day: Int
  var observations: Int
  /// Of the file's bytes, in hex.
  var sha256: String

  /// The first bytes of each file: the format and its version.
  static let magic = Array("mdr-rainer day 1\n".utf8)

  static func name(_ day: Int) -> String { Timestamp.startOfDay(day).date + ".day" }

  /// Calls back with each observation of the file, after its digest was checked.
  func forEach(in folder: String, _ body: (Observation, EventDigest) throws -> Void) throws {
    let path = folder + "/" + Self.name(day)
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped),
      data.withUnsafeBytes({ SHA256Digest.hex($0) }) == sha256
    else { throw damage(path) }
    try data.withUnsafeBytes { bytes in
      guard bytes.starts(with: Self.magic) else { throw damage(path) }
      var reader = FactReader(UnsafeRawBufferPointer(rebasing: bytes[Self.magic.count...]))
      do {
        while !reader.isAtEnd { try DayFacts.forEach(in: &reader, day: day, body) }
      } catch is FactReader.Damage {
        throw damage(path)
      }
    }
  }

  private func damage(_ path: String) -> CommandError {
    CommandError(
      .noUsableInput, "\(path) is missing or not what its list was written for",
      mend: "build the baseline again with business-baseline build")
  }
}
