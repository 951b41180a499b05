import CVector
import Testing

@testable import MDRCore

@Suite struct RecordScannerTests {
  private static let names = MemberNames(
    ["bucketName", "key", "userName", "id", "secretBox"], hiding: ["secretBox"])

  /// All that a scanner says of a record.
  private struct Reading: Equatable {
    var end: Int?
    var members: [String] = []
    var found: [String] = []
    var resources: [String] = []
    var marks: [String] = []
    var flags = ""
  }

  /// A record's bytes and what follows them in memory.
  private static func padded(_ text: String, _ next: String = "") -> [UInt8] {
    Array((text + next).utf8) + [UInt8](repeating: 0, count: 64)
  }

  private static func read(
    _ scanner: inout RecordScanner, _ bytes: [UInt8], count: Int
  ) -> Reading {
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress, let end = scanner.scan(base, from: 0, count: count) else {
        return Reading()
      }
      func text(_ slice: RecordScanner.Slice) -> String {
        slice.isEmpty ? "" : String(decoding: scanner.buffer(slice), as: UTF8.self)
      }
      var reading = Reading(end: end)
      for member in RecordMember.allCases {
        reading.members.append(text(scanner[member]) + (scanner[member].hasEscapes ? " escaped" : ""))
      }
      for value in scanner.found { reading.found.append("\(value.name) \(value.depth) \(text(value.slice))") }
      reading.resources = scanner.resources.map { text($0) }
      if !scanner[.userIdentity].isEmpty {
        let marks = scanner.marks
        reading.marks = [marks.arn, marks.principalID, marks.accessKeyID, marks.sessionStart].map { text($0) }
        reading.marks.append("\(marks.hasARN)")
      }
      reading.flags = "\(scanner.isReadOnly as Any) \(scanner.hasErrorMessage)"
      return reading
    }
  }

  /// What the tape says of a record that a scanner has accepted.
  private static func expected(_ bytes: [UInt8], count: Int) -> Reading {
    let tape = JSONTape()
    return bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress, case .value(let end) = tape.parse(base, from: 0, count: count)
      else {
        return Reading()
      }
      var reading = Reading(end: end)
      func text(_ node: Int?) -> String {
        node.map { tape.kind($0) == .string ? String(decoding: tape.slice($0), as: UTF8.self) : "" } ?? ""
      }
      var name = 0
      func collect(_ node: Int, depth: Int) {
        switch tape.kind(node) {
        case .object:
          tape.forEachChild(node) { child in
            if !tape.keySlice(child).isEmpty { name = names.number(tape.keySlice(child)) }
            if tape.keySlice(child).isEmpty || !names.hides(name) { collect(child, depth: depth + 1) }
          }
        case .array: tape.forEachChild(node) { collect($0, depth: depth + 1) }
        case .null: break
        default:
          guard name != 0, !tape.slice(node).isEmpty else { return }
          reading.found.append("\(name) \(depth) \(String(decoding: tape.slice(node), as: UTF8.self))")
        }
      }
      tape.forEachChild(0) { child in
        switch tape.key(child) {
        case "requestParameters", "responseElements", "serviceEventDetails":
          name = 0
          collect(child, depth: 1)
        case "userIdentity" where tape.kind(child) == .object:
          reading.marks = [
            text(tape.member(child, "arn")), text(tape.member(child, "principalId")),
            text(tape.member(child, "accessKeyId")),
            text(tape.member(child, "sessionContext", "attributes", "creationDate")),
            "\(tape.member(child, "arn") != nil)",
          ]
        case "resources" where tape.kind(child) == .array:
          tape.forEachChild(child) { resource in
            let arn = text(tape.member(resource, "ARN"))
            let shown = arn.isEmpty ? text(tape.member(resource, "resourceName")) : arn
            if !shown.isEmpty { reading.resources.append(shown) }
          }
        default: break
        }
      }
      return reading
    }
  }

  @Test(arguments: 0..<6)
  func `what was learnt of other records changes nothing that is read`(seed: UInt64) {
    var records = ScannedRecords(seed: seed)
    // So few keys that they are forgotten now and then.
    var warm = RecordScanner(names: Self.names, keyCapacity: seed % 2 == 0 ? 1 << 13 : 60)
    var accepted = 0
    for _ in 0..<400 {
      let record = records.next()
      let bytes = Self.padded(record)
      var cold = RecordScanner(names: Self.names)
      let plain = Self.read(&cold, bytes, count: bytes.count - 64)
      #expect(Self.read(&warm, bytes, count: bytes.count - 64) == plain, "\(record)")
      guard plain.end != nil else { continue }
      accepted += 1
      let expected = Self.expected(bytes, count: bytes.count - 64)
      #expect(plain.end == expected.end, "\(record)")
      #expect(plain.found == expected.found, "\(record)")
      #expect(plain.resources == expected.resources, "\(record)")
      #expect(plain.marks == expected.marks, "\(record)")
    }
    #expect((100..<390).contains(accepted))
  }

  @Test func `a record that is cut anywhere is none, whatever stands behind`() {
    var records = ScannedRecords(seed: 77)
    var scanner = RecordScanner(names: Self.names)
    var accepted = 0
    for _ in 0..<60 {
      let record = records.next()
      let next = records.next()
      let bytes = Self.padded(record, "," + next)
      guard let end = Self.read(&scanner, bytes, count: record.utf8.count).end else { continue }
      accepted += 1
      for count in 0..<end {
        #expect(Self.read(&scanner, bytes, count: count).end == nil, "\(count): \(record)")
      }
    }
    #expect(accepted > 15)
  }

  @Test func `brackets that close behind the end of the bytes are not read`() {
    var scanner = RecordScanner(names: Self.names)
    let record = #"{"eventName":"a","eventTime":"b","requestParameters":{"a":{"b":{"c":["#
    let text = record + #"{"d":1}]}}}}"#
    let bytes = Self.padded(text)
    #expect(Self.read(&scanner, bytes, count: text.utf8.count).end == text.utf8.count)
    for count in 0..<text.utf8.count {
      #expect(Self.read(&scanner, bytes, count: count).end == nil)
    }
  }

  @Test func `more named values than there is room for are left to the general reader`() {
    var scanner = RecordScanner(names: Self.names)
    for (count, isRead) in [(RecordScanner.valueLimit, true), (RecordScanner.valueLimit + 1, false)] {
      let values = [String](repeating: "\"v\"", count: count).joined(separator: ",")
      let record = #"{"eventName":"a","eventTime":"b","requestParameters":{"key":["# + values + "]}}"
      let reading = Self.read(&scanner, Self.padded(record), count: record.utf8.count)
      #expect((reading.end != nil) == isRead)
      #expect(reading.found.count == (isRead ? count : 0))
    }
  }

  @Test func `thirty-two bytes stop the scan of a string where each by itself would`() {
    var random = FixedGenerator(state: 5)
    for _ in 0..<3_000 {
      var bytes = (0..<32).map { _ in UInt8.random(in: 0x5D..<0x7F, using: &random) }
      for _ in 0..<Int.random(in: 0..<4, using: &random) {
        bytes[Int.random(in: 0..<32, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let first = bytes.firstIndex { $0 < 0x20 || $0 > 0x7F || $0 == 0x22 || $0 == 0x5C }
      let length = bytes.withUnsafeBufferPointer { $0.baseAddress.map { plain_string_length($0) } }
      #expect(length == first ?? 32, "\(bytes)")
    }
  }

  @Test func `a part of a string ends, and is suspect, where its bytes say so`() {
    var random = FixedGenerator(state: 6)
    let unusual = Array("\"\\=%//::  --\u{7F}\u{1F}é".utf8)
    for _ in 0..<5_000 {
      var bytes = (0..<17).map { _ in UInt8.random(in: 0x61..<0x7B, using: &random) }
      for _ in 0..<Int.random(in: 0..<5, using: &random) {
        bytes[Int.random(in: 0..<17, using: &random)] = unusual.randomElement(using: &random) ?? 0
      }
      let stop = bytes[..<16].firstIndex { $0 < 0x20 || $0 > 0x7E || $0 == 0x22 || $0 == 0x5C } ?? 16
      let pairs = zip(bytes, bytes[1...]).prefix(stop)
      let isSuspect = pairs.contains { first, second in
        first == UInt8(ascii: "=") || first == UInt8(ascii: "%") || first == 0x20
          || first == second && (first == UInt8(ascii: "/") || first == UInt8(ascii: "-"))
      }
      let part = bytes.withUnsafeBufferPointer { $0.baseAddress.map { part_of_string($0) } }
      #expect(part?.length == stop, "\(bytes)")
      #expect(part?.is_suspect == isSuspect, "\(bytes)")
    }
  }

  @Test func `thirty-two bytes are compared as far as a key goes`() {
    var random = FixedGenerator(state: 7)
    for _ in 0..<3_000 {
      let key = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
      var bytes = key
      if Bool.random(using: &random) { bytes[Int.random(in: 0..<32, using: &random)] ^= 1 }
      let length = Int.random(in: 1...32, using: &random)
      let mask = UInt32(truncatingIfNeeded: 1 << UInt64(length) - 1)
      #expect(has_prefix(bytes, key, mask, length) == bytes.prefix(length).elementsEqual(key.prefix(length)))
    }
  }
}
