import Foundation
import Testing

@testable import MDRCore

/// Expressions on names as logged find the words that this engine parts names into.
struct NameWordsPatternTests {
  private static let arn = "arn:aws:iam::123456789012:role/"

  private func finds(_ sequences: [[String]], in name: String) throws -> Bool {
    let pattern = ExportLowering.arn + "role.*" + NameWordsPattern(sequences).pattern
    let expression = try NSRegularExpression(pattern: pattern)
    let text = Self.arn + name
    return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
  }

  @Test(arguments: [
    ("build", "teamcity-build-server", true), ("build", "TeamcityBuildServer", true),
    ("build", "BUILDServer", true), ("build", "ourBUILD", true), ("build", "EC2Build", true),
    ("build", "builder", false), ("build", "rebuild", false), ("build", "BUILDER", false),
    ("build", "build2", false), ("build", "REBUILD", false), ("build", "BUIldServer", false),
    ("external dns", "ExternalDNS", true), ("external dns", "EXTERNALDNS", false),
    ("external dns", "external-dns", true), ("external dns", "externaldns", false),
    ("lb controller", "LBController", true), ("ec2", "MyEC2Role", true), ("ec2", "myec2role", false),
    ("cdk hnb659fds", "cdk-hnb659fds-exec", true), ("cdk hnb659fds", "CDK-HNB659FDS", false),
  ])
  func `a word is found where a name has it by itself`(words: String, name: String, isFound: Bool) throws {
    let sequence = words.split(separator: " ").map(String.init)
    #expect(try finds([sequence], in: name) == isFound)
    let parted = ArchetypeRules.words(name)
    #expect(Self.holds(sequence, parted) == isFound)
  }

  @Test func `an account's number is no word, and neither is what keys have for it`() throws {
    let name = "123456789012-factory"
    #expect(try !finds([["account", "factory"]], in: name))
    let key = ActorNaming.generated(name: name, prefix: "").actor
    #expect(key == "{account}-factory")
    #expect(ArchetypeRules.words(ofKey: key) == ["0", "factory"])
    #expect(ArchetypeRules().archetype(ofActor: "role:" + key) == nil)
  }

  @Test func `a sequence that another one contains is enough`() {
    #expect(
      NameWordsPattern([["build"], ["build", "server"]]).pattern == NameWordsPattern([["build"]]).pattern)
  }

  /// Names of words of the archetype table in any manner, with and without signs between them.
  @Test func `whatever is found is there, and whatever is there in some usual manner is found`() throws {
    var dice = SplitMix(state: 11)
    let rows = ArchetypeRules().rows
    let all = rows.flatMap(\.patterns).map(\.words)
    for row in rows {
      let sequences = row.patterns.map(\.words)
      let pattern = ExportLowering.arn + "role.*" + NameWordsPattern(sequences).pattern
      let expression = try NSRegularExpression(pattern: pattern)
      for _ in 0..<150 {
        let (name, isUsual) = Self.name(of: all + sequences + sequences, &dice)
        let text = Self.arn + name
        let isFound = expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
        let parted = ArchetypeRules.words(name)
        let isThere = sequences.contains { Self.holds($0, parted) }
        if isUsual {
          #expect(isFound == isThere, "\(name): \(row.reason)")
        } else {
          #expect(!isFound || isThere, "\(name): \(row.reason)")
        }
      }
    }
  }

  private static func holds(_ sequence: [String], _ words: [String]) -> Bool {
    words.indices.contains { words[$0...].starts(with: sequence) }
  }

  /// A name of some sequences; in an unusual one four words and more are written without signs, some in capitals.
  private static func name(
    of sequences: [[String]], _ dice: inout SplitMix
  ) -> (name: String, isUsual: Bool) {
    var name = "x"
    var isUsual = true
    for _ in 0..<Int.random(in: 1...3, using: &dice) {
      guard let sequence = sequences.randomElement(using: &dice) else { continue }
      let sign = ["", "-", "_", "/"].randomElement(using: &dice) ?? ""
      let words = sequence.map { word in
        switch Int.random(in: 0..<4, using: &dice) {
        case 0: word
        case 1: word.capitalized
        case 2: word.uppercased()
        default: String(word.map { Bool.random(using: &dice) ? Character($0.uppercased()) : $0 })
        }
      }
      if sequence.count > 3, sign.isEmpty { isUsual = false }
      name += (["", "-", "X", "7", "s"].randomElement(using: &dice) ?? "") + words.joined(separator: sign)
    }
    return (name, isUsual)
  }
}
