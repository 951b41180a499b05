import Dispatch
import Foundation
import MDRCore
import Synchronization

/// Fills a directory with an estate, one account's day at a time, so that memory stays small at any scale.
struct Generation {
  /// What has been written.
  struct Totals: Sendable {
    var events = 0
    var reviewEvents = 0
    var files = 0
    var bytes = 0
    var accountEvents: [String: Int] = [:]
  }

  let estate: Estate
  let options: EstateOptions

  /// Writes everything and returns the totals and the labels.
  func run(console: Console) throws -> (totals: Totals, labels: [Label]) {
    let writer = DeliveryWriter(root: URL(fileURLWithPath: options.output, isDirectory: true), estate: estate)
    try refuseUsedDirectory(writer.root)
    try writer.createDirectory(writer.root)
    let days = Array(estate.calendar.days)
    let work = days.count * estate.accounts.count
    let shared = Mutex(Shared())
    let workers = options.jobs > 0 ? options.jobs : ProcessInfo.processInfo.activeProcessorCount
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while let item = shared.withLock({ $0.take(of: work) }) {
        let day = days[item / estate.accounts.count]
        let account = estate.accounts[item % estate.accounts.count]
        do {
          let accountDay = AccountDay(estate: estate, account: account, day: day, scale: options.scale)
          var written = Totals()
          for log in accountDay.regionLogs {
            let result = try writer.write(log, account: account, day: day)
            written.files += result.files
            written.bytes += result.bytes
            written.events += log.entries.count
          }
          shared.withLock {
            $0.add(
              written, account: account, isReview: estate.calendar.isReview(day), labels: accountDay.labels)
          }
        } catch {
          shared.withLock { $0.failure = $0.failure ?? error }
        }
        if item % 200 == 0 { console.progress("\(item * 100 / work)% written") }
      }
    }
    console.endProgress()
    let (totals, labels) = try shared.withLock { state in
      if let failure = state.failure { throw failure }
      return (state.totals, state.labels.sorted { $0.id < $1.id })
    }
    try writeFacts(totals, labels, writer)
    return (totals, labels)
  }

  private struct Shared {
    var next = 0
    var totals = Totals()
    var labels: [Label] = []
    var failure: (any Error)?

    mutating func take(of work: Int) -> Int? {
      guard next < work, failure == nil else { return nil }
      next += 1
      return next - 1
    }

    mutating func add(_ written: Totals, account: Account, isReview: Bool, labels new: [Label]) {
      totals.events += written.events
      totals.reviewEvents += isReview ? written.events : 0
      totals.files += written.files
      totals.bytes += written.bytes
      totals.accountEvents[account.id, default: 0] += written.events
      labels += new
    }
  }

  /// Logs of two seeds in one tree would read as one estate.
  private func refuseUsedDirectory(_ root: URL) throws(CommandError) {
    if FileManager.default.fileExists(atPath: root.appendingPathComponent("AWSLogs").path) {
      throw CommandError(
        .cannotWrite, "\(root.path) already holds an estate", mend: "remove it or choose another --output")
    }
  }

  private func writeFacts(_ totals: Totals, _ labels: [Label], _ writer: DeliveryWriter) throws {
    for file in Inventory(estate: estate).files { try writer.write(file.content.prettyText, to: file.path) }
    try writer.write(labels.map { $0.json.compactText + "\n" }.joined(), to: "labels.jsonl")
    try writer.write(facts(totals, labels).prettyText, to: "estate.json")
  }

  private func facts(_ totals: Totals, _ labels: [Label]) -> JSONValue {
    [
      "profile": .string(estate.profile.name), "seed": .number(options.seed), "scale": .number(options.scale),
      "organization": .string(estate.organization), "since": .string(estate.calendar.since.iso8601),
      "cut_off": .string(estate.calendar.reviewSince.iso8601),
      "until": .string(estate.calendar.until.iso8601),
      "events": .number(totals.events), "review_events": .number(totals.reviewEvents),
      "files": .number(totals.files), "bytes": .number(totals.bytes),
      "labels": .number(labels.count), "injected": .number(labels.count { $0.isStory }),
      "accounts": .array(
        estate.accounts.map { account in
          [
            "id": .string(account.id), "name": .string(account.name), "purpose": .string(account.purpose),
            "region": .string(account.region), "events": .number(totals.accountEvents[account.id] ?? 0),
          ]
        }),
    ]
  }
}
