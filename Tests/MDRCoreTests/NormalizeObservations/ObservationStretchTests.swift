import Foundation
import Testing

@testable import MDRCore

@Suite struct ObservationStretchTests {
  /// What a reading gave, whatever the threads and stretches.
  private struct Reading: Equatable {
    var events: [String] = []
    var rejects: [InputAccounting.Reject] = []
    var accounting = InputAccounting()
  }

  private func read(_ path: String, jobs: Int, stretch: Int) throws -> Reading {
    var reader = ObservationReader(inputs: [.observations(path)], jobs: jobs)
    reader.stretchLength = stretch
    var reading = Reading()
    reading.accounting = try reader.read(rejected: { reading.rejects.append($0) }) {
      reading.events.append($0.eventID)
    }
    return reading
  }

  private static func line(_ number: Int) -> String {
    #"{"account_id":"111122223333","actor":"user:u","event_id":"e-\#(number % 180)","event_name":"GetUser","#
      + #""event_time":"2026-01-05T08:00:00Z","outcome":"success","record":{"file":"a","index":0,"sha256":""},"#
      + #""request":{"text":"\#(String(repeating: "x", count: number % 37)) {\n{"}}"#
  }

  @Test func `a file that is read in stretches by many gives what one reader gives`() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let lines = (0..<200).map { $0 % 31 == 7 ? #"{"no":"observation"}"# : Self.line($0) }
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
    let whole = try read(path, jobs: 1, stretch: .max >> 1)
    #expect(whole.accounting.files == 1)
    #expect(whole.accounting.records == 200)
    #expect(whole.accounting.duplicates > 0)
    #expect(whole.rejects.map(\.index) == stride(from: 7, to: 200, by: 31).map { $0 })
    for stretch in [1, 100, 1_000, 9_000] {
      for jobs in [1, 3] { #expect(try read(path, jobs: jobs, stretch: stretch) == whole) }
    }
  }

  @Test func `what judges elsewhere hears of each observation in order, duplicates apart`() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data((0..<200).map(Self.line).joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
    var reader = ObservationReader(inputs: [.observations(path)], jobs: 4)
    reader.stretchLength = 700
    var heard: [String] = []
    let accounting = try reader.read(judging: { $0.eventID + "!" }) { heard.append($0) }
    #expect(heard == (0..<180).map { "e-\($0)!" })
    #expect(accounting.duplicates == 20)
  }
}
