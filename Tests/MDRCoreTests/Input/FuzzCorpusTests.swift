import Foundation
import ReaderChecks
import Testing

@testable import MDRCore

/// What the fuzzer kept and found, checked without it on every system.
@Suite struct FuzzCorpusTests {
  @Test func `every kept input and every find keeps the reader's promises`() throws {
    let corpus = Checkout.root.appendingPathComponent("Tests/Corpus/reader")
    let names = try FileManager.default.contentsOfDirectory(atPath: corpus.path).sorted()
    #expect(names.count > 50)
    let check = try ReaderCheck()
    for name in names {
      let bytes = Array(try Data(contentsOf: corpus.appendingPathComponent(name)))
      #expect(throws: Never.self, "\(name)") { try check.run(bytes) }
    }
  }
}
