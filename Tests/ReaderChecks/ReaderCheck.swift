package import MDRCore

/// What must hold for any bytes that are given as a log, whoever wrote them.
package struct ReaderCheck {
  /// A property that some bytes broke.
  package struct Broken: Error, CustomStringConvertible {
    package let description: String
  }

  /// Everything that reading some bytes gives.
  package struct Outcome: Equatable {
    /// Observations as lines of `observations.jsonl`.
    package var lines: [[UInt8]] = []
    /// Rejects as they stand in `rejects.jsonl`.
    package var rejects: [String] = []
    package var fault: String?
  }

  private let rules: NormalizationRules
  /// One normaliser for all inputs, so that what it remembers of one can't change what it says of the next.
  private let normalizer: Normalizer
  private let reading: LineReading

  package init() throws {
    rules = try NormalizationRules()
    normalizer = Normalizer(rules: rules)
    reading = LineReading(rules: rules)
  }

  /// Reads the bytes whole and in pieces, and checks what came out.
  package func run(_ bytes: [UInt8]) throws {
    let whole = try outcome(of: bytes, pieces: [], windowSize: 1 << 16, normalizer: normalizer)
    for line in whole.lines { try check(line) }
    let pieces = Self.pieces(for: bytes)
    let split = try outcome(
      of: bytes, pieces: pieces, windowSize: 16, normalizer: Normalizer(rules: rules))
    guard split == whole else {
      throw Broken(description: "read in pieces of \(pieces) bytes: \(Self.difference(whole, split))")
    }
    try checkLines(bytes, pieces: pieces, whole)
    try checkLanes(bytes, pieces: pieces, whole)
  }

  /// Lines that are put together from pieces, of which many come from inputs before, are those of the observations.
  private func checkLines(_ bytes: [UInt8], pieces: [Int], _ outcome: Outcome) throws {
    for (pieces, windowSize) in [([], 1 << 16), (pieces, 64)] {
      let producer = PiecewiseProducer(bytes, pieces: pieces)
      let found = reading.lines(
        from: producer, named: "input", isGzip: producer.isGzip, windowSize: windowSize)
      let composed = Outcome(
        lines: found.lines, rejects: found.rejects.map(\.json.compactText), fault: found.fault)
      guard composed == outcome else {
        throw Broken(
          description: "composed, in pieces of \(pieces) bytes: \(Self.difference(outcome, composed))")
      }
    }
  }

  /// Lanes read straight from the bytes, whole and in pieces, are those of their observations, and every record is
  /// accounted for.
  private func checkLanes(_ bytes: [UInt8], pieces: [Int], _ outcome: Outcome) throws {
    let isGzip = PiecewiseProducer(bytes, pieces: []).isGzip
    let expected = try LaneReading(
      throughObservationsFrom: PiecewiseProducer(bytes, pieces: []), isGzip: isGzip, windowSize: 1 << 16,
      rules: rules)
    let accounting = expected.accounting
    guard accounting.records == outcome.lines.count + outcome.rejects.count,
      accounting.records == accounting.observations + accounting.duplicates + accounting.rejects,
      accounting.rejects == outcome.rejects.count,
      accounting.rejectReasons.values.reduce(0, +) == accounting.rejects,
      accounting.coverage.values.flatMap(\.values).reduce(0, +) == accounting.observations,
      expected.lanes.reduce(0, { $0 + $1.count }) == accounting.observations - accounting.eventsWithoutTime
    else { throw Broken(description: "records unaccounted for: \(accounting)") }
    for (pieces, windowSize) in [([], 1 << 16), (pieces, 64)] {
      let found = LaneReading(
        straightFrom: { PiecewiseProducer(bytes, pieces: pieces) }, isGzip: isGzip, windowSize: windowSize,
        rules: rules)
      guard found == expected else {
        throw Broken(
          description: """
            straight into lanes, in pieces of \(pieces): \(found.accounting)
            \(found.lanes.filter { !expected.lanes.contains($0) }.prefix(2).map { "\($0)" })
            through observations: \(expected.accounting)
            \(expected.lanes.filter { !found.lanes.contains($0) }.prefix(2).map { "\($0)" })
            """)
      }
    }
  }

  /// What reading the bytes gives, handed over in pieces of these sizes, in turn.
  package func outcome(
    of bytes: [UInt8], pieces: [Int], windowSize: Int, normalizer: Normalizer? = nil
  ) throws -> Outcome {
    let normalizer = normalizer ?? Normalizer(rules: rules)
    var outcome = Outcome()
    var next = 0
    let producer = PiecewiseProducer(bytes, pieces: pieces)
    let fault = try RawRecordReader().forEachEntry(
      from: producer, isGzip: producer.isGzip, windowSize: windowSize
    ) { entry, index, offset in
      guard index == next else { throw Broken(description: "position \(index) after \(next - 1)") }
      next += 1
      switch entry {
      case .rejected(let reason):
        let reject = InputAccounting.Reject(file: "input", index: index, offset: offset, reason: reason)
        outcome.rejects.append(reject.json.compactText)
      case .record(let tape, let node, let delivered, let notes):
        let observation = normalizer.observation(
          tape, node, file: "input", index: index,
          sha256: SHA256Digest.hex(UnsafeRawBufferPointer(delivered)), recordNotes: notes)
        var output = JSONOutput()
        observation.append(to: &output)
        outcome.lines.append(output.bytes)
      }
    }
    outcome.fault = fault?.description
    return outcome
  }

  /// A line is JSON by our own reader, and reading it back and writing it anew changes no byte.
  private func check(_ line: [UInt8]) throws {
    let text = String(decoding: line, as: UTF8.self)
    guard !line.contains(0x0A) else { throw Broken(description: "a line break in the line \(text)") }
    guard let observation = Observation(line: line) else {
      throw Broken(description: "no observation: \(text)")
    }
    var output = JSONOutput()
    observation.append(to: &output)
    guard output.bytes == line else {
      throw Broken(description: "read back differently:\n\(text)\n\(output.text)")
    }
  }

  /// Sizes that depend on the bytes alone, so that a find can be repeated.
  private static func pieces(for bytes: [UInt8]) -> [Int] {
    var state = bytes.reduce(UInt64(bytes.count) &+ 1) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return (0..<7).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33 % UInt64(max(4, min(bytes.count, 2_000)))) + 1
    }
  }

  private static func difference(_ whole: Outcome, _ split: Outcome) -> String {
    for (one, other) in zip(whole.lines, split.lines) where one != other {
      return "\(String(decoding: one, as: UTF8.self))\n\(String(decoding: other, as: UTF8.self))"
    }
    return """
      \(whole.lines.count) and \(split.lines.count) observations
      \(whole.rejects)
      \(split.rejects)
      \(whole.fault ?? "no fault"), \(split.fault ?? "no fault")
      """
  }
}

/// Bytes in memory, handed over in pieces of given sizes, in turn.
final class PiecewiseProducer: ByteProducer {
  private let bytes: [UInt8]
  private let pieces: [Int]
  private var position = 0
  private var turn = 0

  init(_ bytes: [UInt8], pieces: [Int]) {
    self.bytes = bytes
    self.pieces = pieces
  }

  var isGzip: Bool { bytes.starts(with: [0x1F, 0x8B]) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFault) -> Int {
    var count = min(buffer.count, bytes.count - position)
    if !pieces.isEmpty {
      count = min(count, pieces[turn % pieces.count])
      turn += 1
    }
    buffer.copyBytes(from: bytes[position..<position + count])
    position += count
    return count
  }
}
