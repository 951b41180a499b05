import Testing

@Suite("simulate-estate")
struct SimulateEstateTests {
  @Test("the version is printed")
  func version() throws {
    let outcome = try Executable("simulate-estate").run(["--version"])
    #expect(outcome.exitCode == 0)
    #expect(outcome.lines == ["simulate-estate 0.1.0"])
  }
}
