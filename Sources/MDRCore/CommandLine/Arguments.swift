import Foundation

/// A parsed command line, read through the options that declared it.
package struct Arguments: Sendable {
  /// `--json`, which every command takes.
  package static let json = Option<Bool>.flag("--json", help: "print a machine-readable summary")
  /// `--jobs N`, which every parallel command takes.
  package static let jobs = Option<Int>.number(
    "--jobs", in: 0...256, default: 0, help: "worker threads; 0 means one for each core")

  /// How many threads `--jobs` asks for.
  static func threads(_ jobs: Int) -> Int {
    jobs > 0 ? jobs : ProcessInfo.processInfo.activeProcessorCount
  }

  let values: [String: [String]]
  /// Everything on the line that is no option, in order.
  package let operands: [String]

  /// Reads an option's value, or its default when the line doesn't give it.
  package func callAsFunction<Value>(_ option: Option<Value>) throws(CommandError) -> Value {
    guard let texts = values[option.name] else { return option.defaultValue }
    return try option.parse(texts)
  }

  /// Reads an option that has to be there.
  package func required(_ option: Option<String?>) throws(CommandError) -> String {
    guard let value = try self(option) else {
      throw .usage("\(option.name) is missing", mend: "add \(option.name) \(option.placeholder)")
    }
    return value
  }

  init(parsing words: [String], as options: [OptionDeclaration]) throws(CommandError) {
    var values: [String: [String]] = [:]
    var operands: [String] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      }
      guard word.hasPrefix("--") else {
        operands.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard let option = options.first(where: { $0.name == name }) else {
        throw .usage("unknown option \(name)", mend: Self.suggestion(for: name, among: options))
      }
      if !option.repeats, values[name] != nil {
        throw .usage("\(name) is given twice", mend: "give it once")
      }
      if !option.takesValue {
        guard parts.count == 1 else { throw .usage("\(name) takes no value", mend: "write just \(name)") }
        values[name] = [""]
      } else {
        // What looks like the next option is one: a value that begins so is written behind an equals sign.
        let isValue = rest.first?.hasPrefix("--") != true
        let value = parts.count == 2 ? String(parts[1]) : isValue ? rest.popFirst() : nil
        guard let value, !value.isEmpty else {
          throw .usage("\(name) has no value", mend: "write \(name) \(option.placeholder)")
        }
        values[name, default: []].append(value)
      }
    }
    self.values = values
    self.operands = operands
  }

  private static func suggestion(for name: String, among options: [OptionDeclaration]) -> String {
    let near = options.map(\.name).filter {
      $0.hasPrefix(name) || name.hasPrefix($0) || $0.dropFirst(2).prefix(3) == name.dropFirst(2).prefix(3)
    }
    return near.isEmpty ? "see --help" : "did you mean \(near.joined(separator: " or "))?"
  }
}
