import Testing

@testable import MDRCore

/// CloudTrail's own form of a time is read eight bytes at once; with the zone spelled out it goes the general way.
@Suite struct UsualTimeTests {
  @Test func `both ways agree on every day and on what is none`() {
    for year in [0, 1, 1899, 1900, 1970, 2000, 2023, 2024, 9999] {
      for month in 0...13 {
        for day in 0...32 {
          let date = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))T"
          for time in ["00:00:00", "23:59:59", "24:00:00", "12:60:00", "12:00:60", "12:00:61"] {
            #expect(
              Timestamp(parsing: date + time + "Z") == Timestamp(parsing: date + time + "+00:00"),
              "\(date)\(time)")
          }
        }
      }
    }
  }

  @Test func `a byte that is off in any place is no time`() throws {
    let usual = Array("2026-01-31T06:07:08Z".utf8)
    #expect(Timestamp(parsing: "2026-01-31T06:07:08Z")?.iso8601 == "2026-01-31T06:07:08Z")
    for place in 0..<usual.count - 1 {
      for byte in ["/", ":", ";", "A", "\u{10}", "\u{B0}"] as [Unicode.Scalar]
      where byte.value != usual[place] {
        var bytes = usual
        bytes[place] = UInt8(byte.value)
        let general = Array(bytes.dropLast()) + Array("+00:00".utf8)
        #expect(
          bytes.withUnsafeBufferPointer { Timestamp(utf8: $0) }
            == general.withUnsafeBufferPointer { Timestamp(utf8: $0) }, "\(byte) at \(place)")
      }
    }
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: width - text.count) + text
  }

  @Test func `a reader that remembers the hour reads as one that doesn't`() {
    var random = FixedGenerator(state: 3)
    var reader = TimestampReader()
    var read = 0
    for _ in 0..<20_000 {
      let day =
        Int.random(in: 0..<30, using: &random) == 0
        ? Int.random(in: -800_000...2_900_000, using: &random) : 20_500
      let second = day * 86_400 + 21_600 + Int.random(in: 0..<7_200, using: &random)
      var bytes = Array(Timestamp(seconds: second).iso8601.utf8)
      if Int.random(in: 0..<4, using: &random) == 0 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if Int.random(in: 0..<20, using: &random) == 0 { bytes += "+01:00".utf8 }
      bytes.withUnsafeBufferPointer { text in
        let expected = Timestamp(utf8: text)
        #expect(reader.time(text) == expected, "\(String(decoding: text, as: UTF8.self))")
        if expected != nil { read += 1 }
      }
    }
    #expect((12_000..<20_000).contains(read))
  }
}
