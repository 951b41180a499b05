import Testing

@testable import MDRCore

@Suite struct ArgumentsTests {
  private static let output = Option<String?>.optional("--output", "DIR", help: "")
  private static let inputs = Option<[String]>.list("--input", "PATH", help: "")
  private static let quiet = Option<Bool>.flag("--quiet", help: "")
  private static let size = Option<Int>.number("--size", in: 1...9, default: 4, help: "")
  private static let since = Option<Timestamp?>.time("--since", help: "")

  private static func parse(_ line: String) throws(CommandError) -> Arguments {
    try Arguments(
      parsing: line.split(separator: " ").map(String.init),
      as: [output.declaration, inputs.declaration, quiet.declaration, size.declaration, since.declaration])
  }

  @Test func `options are read wherever they stand, with a space or an equals sign before the value`() throws
  {
    let arguments = try Self.parse("one --input a --quiet --input=b=c two --size 9 --since 2026-01-31")
    #expect(arguments.operands == ["one", "two"])
    #expect(try arguments(Self.inputs) == ["a", "b=c"])
    #expect(try arguments(Self.quiet))
    #expect(try arguments(Self.size) == 9)
    #expect(try arguments(Self.since)?.iso8601 == "2026-01-31T00:00:00Z")
    #expect(try arguments(Self.output) == nil)
  }

  @Test func `what isn't given has its default`() throws {
    let arguments = try Self.parse("")
    #expect(try arguments(Self.inputs).isEmpty)
    #expect(try !arguments(Self.quiet))
    #expect(try arguments(Self.size) == 4)
  }

  @Test func `behind two hyphens all are operands, and a value may begin with hyphens behind an equals sign`()
    throws
  {
    let arguments = try Self.parse("--output=--x -- --quiet --nothing")
    #expect(try arguments.required(Self.output) == "--x")
    #expect(arguments.operands == ["--quiet", "--nothing"])
  }

  @Test(arguments: [
    ("--outptu x", "unknown option --outptu", "did you mean --output?"),
    ("--nothing", "unknown option --nothing", "see --help"),
    ("--output a --output b", "--output is given twice", "give it once"),
    ("--quiet=yes", "--quiet takes no value", "write just --quiet"),
    ("--output --quiet", "--output has no value", "write --output DIR"),
    ("--output=", "--output has no value", "write --output DIR"),
    ("--input", "--input has no value", "write --input PATH"),
  ])
  func `a wrong line is refused with the option and the mend`(line: String, problem: String, mend: String) {
    let expected = CommandError.usage(problem, mend: mend)
    #expect(throws: expected) { try Self.parse(line) }
  }

  @Test func `a value of another kind is refused when it is read`() throws {
    let arguments = try Self.parse("--size 10 --since yesterday")
    #expect(throws: CommandError.usage("--size 10 is not usable", mend: "give a whole number from 1 to 9")) {
      try arguments(Self.size)
    }
    #expect(
      throws: CommandError.usage(
        "--since yesterday is not a time", mend: "write it as 2026-01-31 or 2026-01-31T06:00:00Z (UTC)")
    ) { try arguments(Self.since) }
    #expect(throws: CommandError.usage("--output is missing", mend: "add --output DIR")) {
      try arguments.required(Self.output)
    }
  }
}
