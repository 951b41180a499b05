import Foundation
import Testing

@testable import MDRCore

/// Our reader against Foundation's, on every document at hand: the same verdict, and the same value.
@Suite struct FoundationAgreementTests {
  /// What Foundation makes of a text; `nil` where it refuses it.
  private static func foundation(_ bytes: [UInt8]) -> JSONValue? {
    (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)).map {
      JSONValue(foundation: $0)
    }
  }

  @Test func `on the conformance cases, but for the differences that a table names`() throws {
    let differences = try JSONConformanceTests.table("foundation-differs.tsv")
    for folder in ["valid", "invalid"] {
      for name in JSONConformanceTests.names(folder) {
        let bytes = try JSONConformanceTests.bytes(folder, name)
        let agrees = (try? JSONValue(parsing: bytes)) == Self.foundation(bytes)
        let texts = [try? JSONValue(parsing: bytes), Self.foundation(bytes)].map {
          $0?.compactText ?? "refused"
        }
        #if os(Linux)
          // A difference that is gone must leave the table too.
          let isExpected = agrees == (differences[name] == nil)
        #else
          // Apple's Foundation has fewer of them.
          let isExpected = agrees || differences[name] != nil
        #endif
        #expect(isExpected, "\(name): ours \(texts[0]), Foundation's \(texts[1])")
      }
    }
  }

  @Test func `on every case of normalisation, whole and record by record`() throws {
    let compared = try Self.compare(below: Checkout.root.appendingPathComponent("Tests/Cases/normalize"))
    #expect(compared.files > 20)
    #expect(compared.records > 100)
  }

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: RealLogs.folder), "needs the logs of ../shared/data"))
  func `on every file of the shared logs`() throws {
    let data = URL(fileURLWithPath: RealLogs.folder).resolvingSymlinksInPath()
    let compared = try Self.compare(below: data)
    #expect(compared.files > 20)
    #expect(compared.records > 500)
  }

  /// How many files and records of a folder were compared.
  private static func compare(below folder: URL) throws -> (files: Int, records: Int) {
    var (files, records) = (0, 0)
    for file in try LogFileDiscovery.files(in: [folder.path]) where !file.name.contains("expected/") {
      let bytes = try content(of: file)
      let own = try? JSONValue(parsing: bytes)
      // Foundation also reads UTF-16 and UTF-32, which we name and refuse.
      guard !bytes.prefix(4).contains(0), !bytes.starts(with: [0xFF, 0xFE]) else { continue }
      #expect(own == Self.foundation(bytes) || hasLoneSurrogate(bytes), "\(file.name)")
      files += 1
      _ = try RawRecordReader().forEachEntry(in: file) { entry, index, _ in
        guard case .record(_, _, let delivered, _) = entry else { return }
        let record = Array(delivered)
        let own = try? JSONValue(parsing: record)
        #expect(own == Self.foundation(record) || hasLoneSurrogate(record), "\(file.name), record \(index)")
        records += 1
      }
    }
    return (files, records)
  }

  private static func content(of file: LogFile) throws -> [UInt8] {
    let source = try FileProducer(path: file.path)
    let window = ByteWindow(
      producer: source.isGzip ? try GzipProducer(source: source) : source, capacity: 1 << 20)
    while !window.isAtEnd { _ = window.advance(keepingFrom: 0) }
    return Array(UnsafeBufferPointer(start: window.bytes, count: window.count))
  }

  /// Foundation refuses half of a surrogate pair, which real logs hold; we read it as U+FFFD.
  private static func hasLoneSurrogate(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { JSONText.hasSurrogate($0) } && foundation(bytes) == nil
  }
}

extension JSONValue {
  fileprivate init(foundation: Any) {
    switch foundation {
    case let members as [String: Any]: self = .object(members.mapValues { JSONValue(foundation: $0) })
    case let elements as [Any]: self = .array(elements.map { JSONValue(foundation: $0) })
    case let text as String: self = .string(text)
    // Foundation gives truth values and numbers as one class; only the type code tells them apart.
    case let number as NSNumber where String(cString: number.objCType) == "c": self = .bool(number.boolValue)
    case let number as NSNumber:
      let isWhole = ["q", "i", "s", "l"].contains(String(cString: number.objCType))
      self = isWhole ? .number(number.intValue) : .decimal(number.doubleValue)
    default: self = .null
    }
  }
}
