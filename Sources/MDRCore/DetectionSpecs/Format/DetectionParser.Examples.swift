extension DetectionParser {
  /// Reads a block of records and the settings behind its opening.
  func example(
    _ text: String, _ words: ArraySlice<String>, _ title: String, _ line: Int
  ) throws(DetectionFileError) -> DetectionExample {
    guard let kind = words.first, ["matching", "near-miss"].contains(kind) else {
      throw error(line, "an example that says nothing", "write ```json matching or ```json near-miss")
    }
    var example = DetectionExample(
      title: title, shouldMatch: kind == "matching", record: text, records: [text], baseline: nil,
      lists: EvaluationLists(), line: line)
    var repetition = Repetition()
    for word in words.dropFirst() {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw error(line, "\(word) is no setting", "write name=value without blanks")
      }
      if try repetition.takes(parts[0], parts[1], self, line) { continue }
      try apply(parts[0], parts[1], to: &example, line)
    }
    guard repetition.count > 1 || text.drop(while: \.isWhitespace).hasPrefix("[") else { return example }
    example.records = try records(of: text, repetition, line)
    example.record = example.records[0]
    return example
  }

  /// How often the last record of an example happens.
  private struct Repetition {
    var count = 1
    /// Seconds from one to the next.
    var every = 1
    /// A text that differs each time.
    var vary: [String] = []

    mutating func takes(
      _ name: String, _ value: String, _ parser: DetectionParser, _ line: Int
    ) throws(DetectionFileError) -> Bool {
      guard ["repeat", "every", "vary"].contains(name) else { return false }
      if name == "vary" {
        vary = value.split(separator: ".").map(String.init)
        return true
      }
      guard let number = Int(value), (1...10_000).contains(number) else {
        throw parser.error(line, "\(value) is no number from 1 to 10000", "write \(name)=40")
      }
      if name == "repeat" { count = number } else { every = number }
      return true
    }
  }

  /// The records of an example: each of a list is the one before it with the members that it names replaced.
  private func records(
    of text: String, _ repetition: Repetition, _ line: Int
  ) throws(DetectionFileError) -> [String] {
    guard let json = try? JSONValue(parsing: text) else {
      throw error(line, "the example is no JSON", "write one record, or a list of records")
    }
    var records: [JSONValue] = []
    var template: [String: JSONValue] = [:]
    for element in json.elements.isEmpty ? [json] : json.elements {
      guard case .object(let members) = element else {
        throw error(line, "an element of the example is no record", "write records as JSON objects")
      }
      template.merge(members) { $1 }
      if members["eventID"] == nil { template["eventID"] = Self.eventID(template["eventID"], records.count) }
      records.append(.object(template))
    }
    guard let last = records.last else { throw error(line, "an empty example", "write a record") }
    for index in 1..<max(repetition.count, 1) {
      var record = last
      record["eventID"] = Self.eventID(last["eventID"], records.count)
      if let time = last["eventTime"]?.string.flatMap({ Timestamp(parsing: $0) }) {
        record["eventTime"] = .string(time.adding(index * repetition.every).iso8601)
      }
      records.append(Self.varied(record, repetition.vary[...], "-\(index)"))
    }
    return records.map(\.compactText)
  }

  /// An id of its own: the base with another end.
  private static func eventID(_ base: JSONValue?, _ number: Int) -> JSONValue {
    let digits = String(number, radix: 16)
    return .string(
      (base?.string ?? "").dropLast(4) + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
  }

  private static func varied(_ value: JSONValue, _ path: ArraySlice<String>, _ suffix: String) -> JSONValue {
    guard let key = path.first else {
      return value.string.map { .string($0 + suffix) } ?? value
    }
    guard let member = value[key] else { return value }
    var changed = value
    changed[key] = varied(member, path.dropFirst(), suffix)
    return changed
  }

  private func apply(
    _ name: String, _ value: String, to example: inout DetectionExample, _ line: Int
  ) throws(DetectionFileError) {
    let values = value.split(separator: ",").map(String.init)
    switch name {
    case "baseline.count":
      guard let count = Int(value) else {
        throw error(line, "\(value) is no number", "write baseline.count=41")
      }
      example.baseline = BaselineFacts(count: count, newDimensions: example.baseline?.newDimensions ?? [])
    case "baseline.new":
      let dimensions = values.compactMap(Dimension.init)
      guard dimensions.count == values.count else {
        throw error(line, "\(value) is no dimension", "write baseline.new=source,region")
      }
      example.baseline = BaselineFacts(count: example.baseline?.count ?? 0, newDimensions: Set(dimensions))
    case "organisation": example.lists.organisation = Set(values)
    case "partners": example.lists.partners = Set(values)
    default: example.lists.named[name] = values
    }
  }
}
