import Testing

@testable import MDRCore

@Suite struct ContentTableTests {
  @Test(arguments: ["\n", "\r\n"])
  func `rows are keyed by the header, whatever ends the lines`(end: String) {
    let text = ["# a remark", "kind\tpattern\treason", "", "role\tdeploy\ta \u{E9}t\u{E9}", "user\tci\t"]
      .joined(
        separator: end)
    #expect(
      Content.rows(of: text + end) == [
        ["kind": "role", "pattern": "deploy", "reason": "a \u{E9}t\u{E9}"],
        ["kind": "user", "pattern": "ci", "reason": ""],
      ])
    #expect(Content.rows(of: "").isEmpty)
  }

  @Test func `a short row lacks its last cells`() {
    #expect(Content.rows(of: "a\tb\n1") == [["a": "1"]])
  }
}
