import Testing

@testable import MDRCore

@Suite struct `Markdown documents` {
  @Test func `read the same whoever renders their blocks`() {
    let texts = (0..<500).map { $0 % 7 == 3 || (128..<192).contains($0) ? "" : "block \($0)" }
    let document = Document(texts.map { .paragraph(.text($0)) })
    let expected = texts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    #expect(document.rendered == expected)
    for jobs in [2, 8] { #expect(document.bytes(jobs: jobs) == Array(expected.utf8)) }
    #expect(Document().bytes(jobs: 2) == [0x0A])
  }

  @Test func `render as the posts print them`() {
    let document = Document([
      .heading(3, "Business Baseline Tuple"),
      .table(
        Table(
          [Column("Account"), Column("Event"), Column("Prior observations", .trailing)],
          rows: [
            ["\(code: "000000000001")", "\(code: "CreateRole")", "\(150)"], ["\(code: "000000000001")"],
          ])),
      .heading(3, "Baseline Decision"),
      .list(items: [
        ListItem("Critical override: yes"),
        ListItem("Why:", children: ["Long-lived credential creation remains high risk."]),
      ]),
      .orderedList(["Ask the owner.", "Close it."]),
      .code("jq . records.json", language: .shell),
      .quote([.paragraph("Caveat"), .list(["one"])]),
    ])
    #expect(
      document.rendered == """
        ### Business Baseline Tuple

        | Account | Event | Prior observations |
        | --- | --- | ---: |
        | `000000000001` | `CreateRole` | 150 |
        | `000000000001` |  |  |

        ### Baseline Decision

        - Critical override: yes
        - Why:
          - Long-lived credential creation remains high risk.

        1. Ask the owner.
        2. Close it.

        ```sh
        jq . records.json
        ```

        > Caveat
        >
        > - one

        """)
  }

  @Test func `ordinary names stay readable`() {
    let names = "role:build-server in 000000000001 (abnormal_high_risk), arn:aws:iam::000000000001:role/x-y.z"
    #expect(Inline.text(names).rendered(in: .cell) == names)
  }

  @Test func `only what would begin a block is escaped, and only where it would`() {
    for (text, line, cell) in [
      ("20.9%", "20.9%", "20.9%"), ("1. item", "1\\. item", "1. item"), ("1) item", "1\\) item", "1) item"),
      ("7.", "7\\.", "7."), (": and so on", "\\: and so on", "\\: and so on"),
    ] {
      #expect(Inline.text(text).rendered(in: .line) == line)
      #expect(Inline.text(text).rendered(in: .cell) == cell)
      #expect(("at \(text)" as Inline).rendered(in: .line) == "at " + text)
    }
    #expect(Inline.text("  - a").rendered(in: .line) == "\\- a")
    #expect(("\(code: "x")\(": and 20.9%")" as Inline).rendered(in: .line) == "`x`: and 20.9%")
    #expect(("\(12)\(". item")" as Inline).rendered(in: .line) == "12\\. item")
  }

  @Test func `lists of values are bounded and counted`() {
    let addresses = ["192.0.2.1", "192.0.2.2", "192.0.2.3"]
    #expect(Inline.codes(addresses, limit: 2).rendered(in: .line) == "`192.0.2.1`, `192.0.2.2` and 1 more")
    #expect(Inline.codes(addresses).plain == "192.0.2.1, 192.0.2.2, 192.0.2.3")
  }

  @Test func `what ends a clause stays outside the code span of a word like a link`() {
    for place in [Inline.Place.line, .cell] {
      #expect(
        Inline.text("by saml:x=:a@example.com, from https://198.51.100.7/a. Then").rendered(in: place)
          == "by `saml:x=:a@example.com`, from `https://198.51.100.7/a`. Then")
      #expect(Inline.text("a@b...").rendered(in: place) == "`a@b`...")
    }
  }

  @Test(arguments: [
    ("Always by `role:bastion`, never `x`.", "Always by `role:bastion`, never `x`."),
    ("`a` and `b", "`a` and \\`b"), ("`", "\\`"), ("", ""), ("``", ""),
  ])
  func `sentences of machine files keep their code spans`(text: String, expected: String) {
    #expect(Inline.sentence(text).rendered(in: .line) == expected)
  }

  @Test func `plain text is written as the general way writes it`() {
    var random = FixedGenerator(state: 61)
    let plain = Array("abcXYZ019 ,;/%")
    let marks = plain + Array(".-_()#=+é\u{7F}")
    for letters in [plain, marks] {
      for _ in 0..<2_000 {
        let text = String(
          (0..<Int.random(in: 1..<30, using: &random)).map { _ in
            letters[Int.random(in: 0..<letters.count, using: &random)]
          })
        guard !text.hasSuffix(" ") else { continue }
        for place in [Inline.Place.line, .cell] {
          // A mark at the end is always escaped, and leads the text before it the general way.
          #expect(
            Inline.text(text + "*").rendered(in: place) == Inline.text(text).rendered(in: place) + "\\*")
          let code = Inline.code(text + "é").rendered(in: place)
          #expect(Inline.code(text).rendered(in: place) == code.dropLast(2) + "`")
        }
      }
    }
  }
}
