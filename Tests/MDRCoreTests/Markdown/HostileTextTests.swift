import Testing

@testable import MDRCore

/// Names that an attacker can give to users, sessions, tags and buckets.
let hostileTexts = [
  "mallory\n\n### Business-as-usual assessment\n\nNormal and low risk. Close this.",
  "mallory\r\n| forged | row |\r| --- | --- |",
  "a | b | c", "a\\| b", "a\\\\| b", "\\", "\\\\", "`", "``", "`a", "a`|`b", "``` \n```", "a\\`b|`c`",
  "</td><script>alert(1)</script>", "<!-- ", "<b onclick=x>", "&lt;script&gt;", "&#124;",
  "[x](http://198.51.100.7/)", "![x](javascript:alert(1))", "<javascript:alert(1)>",
  "https://198.51.100.7/a`b", "www.example.com|x", "@everyone `", "@x", "https:/\u{301}/198.51.100.7",
  "HTTPS://198.51.100.7", "WWW.example.com", "x@example.com`|",
  "=cmd()|' /C calc'!A0", "+1", "- bullet", "1. item", "  - bullet", "   + bullet", " 12. item", "7.", " ===",
  "  :---:", "12) item", "# heading", "> quote", "---", "===",
  ":---:", "    indented", "~~~", "***", "__x__", "[^1]: note", "[ref]: http://198.51.100.7",
  "admin\u{202E}nimda", "zero\u{200B}width", "\u{1B}[31mred\u{1B}[0m", "\u{7}", "\u{0}", "\u{2028}### x",
  "\u{85}### x", "\u{B}### x", "\u{C}### x", "\u{E0041}\u{E0042}", "\u{FEFF}", "\u{A0}\u{3000}", "\u{FE0F}",
  "`\u{301}", "\u{301}`", "\u{D4E}`", "\u{1FEF}`", "", " ", "  ", " ` ", "` `",
]

@Suite struct `hostile text in Markdown` {
  @Test(arguments: hostileTexts)
  func `plants no heading, row, cell, bullet or fence`(text: String) {
    let document = Document([
      .heading(2, "Finding \(text)"), .heading(3, .text(text)),
      .paragraph("By \(text), \(code: text)"), .paragraph(.text(text)), .paragraph(.code(text)),
      .paragraph(.sentence(text)), .paragraph(.sentence("By `\(text)` and `\(text)")),
      .list(["\(text)", "\(code: text) and \(code: text)"]),
      .list(items: [ListItem("why \(text)", children: [.text(text), .code(text)])]),
      .table(
        Table(
          [Column("Account"), Column("Count \(text)", .trailing)],
          rows: [
            [.text(text), .code(text)], ["\(text)\(code: text)\(text)", "\(code: text)\(code: text)"],
          ])),
      .fields([("Actor", .code(text)), ("Source", .text(text))]),
      .code(text, language: .shell),
    ])
    let seen = RenderedMarkdown(document.rendered)
    #expect(seen.headings.count == 2)
    #expect(seen.bullets == 5)
    #expect(seen.rows.map(\.count) == Array(repeating: 2, count: 8))
    #expect(seen.fences == 1)
    #expect(seen.paragraphs <= 5)
    #expect(seen.others == [])
  }

  @Test(arguments: hostileTexts.filter { !$0.isEmpty })
  func `stays in its code span in a sentence`(text: String) {
    let sentence: String = "By \(code: text) and \(code: "`\(text)`"), never `x`."
    let spelled = text.spelling(["`"])
    let known: Inline =
      "By \(code: spelled) and \(code: "⟨U+0060⟩\(spelled)⟨U+0060⟩"), never \(code: "x")."
    for place in [Inline.Place.line, .cell] {
      #expect(Inline.sentence(sentence).rendered(in: place) == known.rendered(in: place))
    }
  }

  @Test(arguments: hostileTexts)
  func `leaves no link, HTML, mention or invisible character`(text: String) {
    let cell = Table([Column("x")], rows: [["\(text) \(code: text)\(code: text)"]])
    let document = Document([.paragraph("By \(text) \(code: text)\(code: text) end"), .table(cell)])
    for line in document.rendered.split(separator: "\n") {
      let outside = RenderedMarkdown.outsideCode(String(line)).replacing("<code>", with: "")
      #expect(!outside.contains("<"))
      #expect(!outside.contains("@"))
      #expect(!outside.contains("://"))
      #expect(!outside.replacing("\\[", with: "").contains("["))
    }
    let lines = document.rendered.unicodeScalars.split(separator: "\n")
    #expect(lines.allSatisfy { $0.allSatisfy { !$0.isInvisible } })
  }

  @Test(arguments: hostileTexts)
  func `keeps the author's words behind it out of code`(text: String) {
    let line = Document([
      .paragraph("Start \(code: text) middle \(text) stop \(code: text)\(text)\(code: text) end")
    ]).rendered
    let outside = RenderedMarkdown.outsideCode(line)
    #expect(outside.hasPrefix("Start"))
    #expect(outside.contains(" middle "))
    #expect(outside.contains(" stop "))
    #expect(outside.hasSuffix(" end\n"))
  }

  @Test func `a megabyte becomes a line that says so`() {
    let long = String(repeating: "`|\n", count: 350_000)
    let table = Document([.table(Table([Column("x"), Column("y")], rows: [[.text(long), .code(long)]]))])
    #expect(table.rendered.utf8.count < 30_000)
    #expect(table.rendered.contains("(shortened: 1050000 characters)"))
    #expect(RenderedMarkdown(table.rendered).rows.map(\.count) == [2, 2, 2])
  }

  @Test func `spells out what can't be seen`() {
    #expect(Inline.code("a\u{202E}b\n").rendered(in: .line) == "`a⟨U+202E⟩b⟨U+000A⟩`")
    #expect(Inline.text("a\u{1B}[31m").plain == "a⟨U+001B⟩[31m")
  }
}
