/// A long option with a typed value; the same declaration parses the line and prints the help.
package struct Option<Value: Sendable>: Sendable {
  let name: String
  let placeholder: String
  let help: String
  let defaultValue: Value
  let parse: @Sendable ([String]) throws(CommandError) -> Value
  let takesValue: Bool
  let repeats: Bool

  /// The declaration without its type, as a command lists it.
  package var declaration: OptionDeclaration {
    OptionDeclaration(
      name: name, placeholder: placeholder, help: help, takesValue: takesValue, repeats: repeats)
  }
}

/// What the parser and the help need to know of an option, whatever its value's type.
package struct OptionDeclaration: Sendable {
  let name: String
  let placeholder: String
  let help: String
  let takesValue: Bool
  let repeats: Bool
}

extension Option {
  /// An option given at most once, `nil` when absent.
  package static func optional(_ name: String, _ placeholder: String, help: String) -> Option<String?>
  where Value == String? {
    Option(
      name: name, placeholder: placeholder, help: help, defaultValue: nil,
      parse: { $0.last }, takesValue: true, repeats: false)
  }

  /// An option that can be given many times; its values in the order given.
  package static func list(_ name: String, _ placeholder: String, help: String) -> Option<[String]>
  where Value == [String] {
    Option(
      name: name, placeholder: placeholder, help: help, defaultValue: [],
      parse: { $0 }, takesValue: true, repeats: true)
  }

  /// A switch that is off unless given.
  package static func flag(_ name: String, help: String) -> Option<Bool> where Value == Bool {
    Option(
      name: name, placeholder: "", help: help, defaultValue: false,
      parse: { _ in true }, takesValue: false, repeats: false)
  }

  /// A whole number within a range.
  package static func number(
    _ name: String, _ placeholder: String = "N", in range: ClosedRange<Int>, default value: Int,
    help: String
  ) -> Option<Int> where Value == Int {
    Option(
      name: name, placeholder: placeholder, help: help, defaultValue: value,
      parse: { texts throws(CommandError) in
        guard let text = texts.last, let number = Int(text), range.contains(number) else {
          throw .usage(
            "\(name) \(texts.last ?? "") is not usable",
            mend: "give a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
      }, takesValue: true, repeats: false)
  }

  /// A moment in UTC, such as `2026-01-31` or `2026-01-31T06:00:00Z`.
  package static func time(_ name: String, help: String) -> Option<Timestamp?>
  where Value == Timestamp? {
    Option(
      name: name, placeholder: "TIME", help: help, defaultValue: nil,
      parse: { texts throws(CommandError) in
        guard let text = texts.last, let time = Timestamp(parsing: text) else {
          throw .usage(
            "\(name) \(texts.last ?? "") is not a time",
            mend: "write it as 2026-01-31 or 2026-01-31T06:00:00Z (UTC)")
        }
        return time
      }, takesValue: true, repeats: false)
  }
}
