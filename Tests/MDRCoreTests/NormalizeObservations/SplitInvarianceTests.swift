import Foundation
import Testing

@testable import MDRCore

/// However the same records are put into files, and whoever reads them, the observations are the same.
@Suite struct SplitInvarianceTests {
  /// Random numbers that a seed repeats.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
  }

  /// What a run says, without the file and position that a record was found at.
  private struct Reading: Equatable {
    var lines: [String] = []
    var reasons: [String: Int] = [:]
    var records = 0
    var duplicates = 0
  }

  private static func reading(_ folders: [URL], jobs: Int) throws -> Reading {
    let reader = ObservationReader(inputs: folders.map { .logs($0.path) }, jobs: jobs)
    var reading = Reading()
    let accounting = try reader.read { observation in
      var observation = observation
      #expect(observation.record.sha256.count == 64)
      observation.record.file = ""
      observation.record.index = 0
      var output = JSONOutput()
      observation.append(to: &output)
      reading.lines.append(output.text)
    }
    #expect(
      accounting.records == accounting.observations + accounting.duplicates + accounting.rejects)
    #expect(accounting.observations == reading.lines.count)
    #expect(accounting.faults.isEmpty, "\(accounting.faults)")
    reading.lines.sort()
    reading.reasons = accounting.rejectReasons
    reading.records = accounting.records
    reading.duplicates = accounting.duplicates
    return reading
  }

  /// Records of many kinds, some delivered twice, and some that are none.
  private static func records(_ generator: inout Generator) throws -> [String] {
    var records: [String] = []
    // The cases share event ids, and of different records with one id the order of files decides.
    var ids: Set<String> = []
    for name in [
      "identities", "names-and-policies", "event-versions", "nulls", "network-activity",
      "insights-and-digests",
    ] {
      for path in try NormalizeCases.inputs(of: name) {
        let file = LogFile(path: path, name: URL(fileURLWithPath: path).lastPathComponent)
        _ = try RawRecordReader().forEachEntry(in: file) {
          entry, _, _ in
          guard case .record(let tape, let node, let delivered, _) = entry,
            ids.insert(tape.text(tape.member(node, "eventID")) ?? "none \(ids.count)").inserted
          else { return }
          // A record on one line can stand in any container.
          let text = String(decoding: delivered, as: UTF8.self)
          records.append(text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined())
        }
      }
    }
    #expect(records.count > 10)
    records += (0..<200).map { number in
      let value = Int.random(in: 0..<9, using: &generator)
      return
        #"{"eventVersion":"1.08","eventTime":"2026-01-0\#(value + 1)T00:00:00Z","eventName":"Get\#(value)","eventSource":"s3.amazonaws.com","awsRegion":"eu-west-\#(value % 3)","eventID":"e\#(number)","requestParameters":{"key":"\#(String(repeating: "é", count: value * 40))"}}"#
    }
    records += (0..<20).map { _ in records.randomElement(using: &generator) ?? "" }
    records += [
      "7", #"{"eventType":"AwsCloudTrailInsight"}"#, #"{"digestStartTime":"2026-01-01T00:00:00Z"}"#,
    ]
    return records.shuffled(using: &generator)
  }

  /// One file with these records, in a container picked at random.
  private static func file(_ records: ArraySlice<String>, _ generator: inout Generator) -> (
    name: String, bytes: [UInt8]
  ) {
    let list = records.joined(separator: ",")
    let text: String =
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: "{\"Records\":[\(list)]}"
      case 1: "{\"NextToken\":\"t\",\"Records\" : [ \(records.joined(separator: " ,\n")) ] , \"x\":[1,{}]}\n"
      case 2: "[\(list)]"
      case 3: records.joined(separator: "\r\n")
      case 4: "\u{FEFF}" + records.joined(separator: "\n") + "\n"
      default: "{\"Records\":[" + list + "],\"y\":12}"
      }
    let bytes = Array(text.utf8)
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: return ("json", bytes)
    case 1: return ("json.gz", Gzip.compressed(bytes))
    default:
      // Members may part anywhere, within a record and within a character.
      var cuts = (0..<3).map { _ in Int.random(in: 0...bytes.count, using: &generator) }.sorted()
      cuts.append(bytes.count)
      var start = 0
      var output: [UInt8] = []
      for cut in cuts {
        output += Gzip.compressed(Array(bytes[start..<cut]))
        start = cut
      }
      return ("gz", output)
    }
  }

  @Test(arguments: 0..<10)
  func `the split into files, their form, their order and the threads change no observation`(seed: Int) throws
  {
    var generator = Generator(state: UInt64(seed))
    let records = try Self.records(&generator)
    var expected: Reading?
    for (round, jobs) in [1, 2, 5, 3].enumerated() {
      let root = FileManager.default.temporaryDirectory.appendingPathComponent(
        "mdr-rainer-\(UUID().uuidString)")
      defer { try? FileManager.default.removeItem(at: root) }
      let folders = (0..<2).map { root.appendingPathComponent("\($0)") }
      for folder in folders {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      }
      let count = round == 0 ? 1 : Int.random(in: 2...30, using: &generator)
      var cuts = (1..<count).map { _ in Int.random(in: 0...records.count, using: &generator) }.sorted()
      cuts.append(records.count)
      var start = 0
      for (number, cut) in cuts.enumerated() where cut > start {
        let (suffix, bytes) = Self.file(records[start..<cut], &generator)
        // Names give the order of reading; here it has nothing to do with that of the records.
        let name = "\(UInt64.random(in: 0 ... .max, using: &generator))-\(number).\(suffix)"
        try Data(bytes).write(to: folders[number % 2].appendingPathComponent(name))
        start = cut
      }
      let inputs = folders.filter {
        ((try? FileManager.default.contentsOfDirectory(atPath: $0.path)) ?? []).isEmpty == false
      }
      let reading = try Self.reading(round % 2 == 0 ? inputs : inputs.reversed(), jobs: jobs)
      #expect(reading.records == records.count)
      #expect(reading.duplicates >= 20)
      #expect(reading.reasons.values.reduce(0, +) >= 3)
      if let expected { #expect(reading == expected, "round \(round)") } else { expected = reading }
    }
  }
}
