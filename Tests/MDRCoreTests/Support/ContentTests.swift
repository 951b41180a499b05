import Foundation
import Testing

@testable import MDRCore

@Suite struct ContentTests {
  @Test func `the embedded content is what the reviewed files say`() throws {
    let skills = Checkout.root.appendingPathComponent("projects/aws-mdr/.claude/skills")
    let found = try #require(FileManager.default.enumerator(atPath: skills.path))
    var names: Set<String> = []
    for case let name as String in found
    where name.contains("/references/") || name.contains("/detections/") {
      let isContent =
        ["tsv", "json"].contains((name as NSString).pathExtension)
        || (name.contains("/detections/") && name.hasSuffix(".md"))
      guard isContent else { continue }
      names.insert(name)
      let text = try String(contentsOf: skills.appendingPathComponent(name), encoding: .utf8)
      #expect(Content.embedded[name] == text, "\(name) changed: run scripts/embed-content")
    }
    #expect(Set(Content.embedded.keys).subtracting([""]) == names)
  }
}
