/// Counts lines in the files' order: each event once, by account, region and hour.
struct LineTally {
  private struct Tally {
    var place: LineBatch.Place
    var count = 0
    /// The hour that was counted last.
    var hour = Int.min
  }

  private(set) var hours = HourCoverage()
  /// Observations whose event another account has too, the first copy not counted.
  private(set) var copies = 0
  private var accounting = InputAccounting()
  private var first = Int.max
  private var last = Int.min
  private var seen = EventIndex()
  private var seenShared = EventIndex()
  private var tallies: [Tally] = []
  private var numbers: [LineBatch.Place: Int] = [:]

  /// Counts the lines of a batch, and calls back with each stretch of bytes that is to be written.
  mutating func add(_ batch: LineBatch, _ write: (Range<Int>) throws -> Void) rethrows {
    var known = [Int](repeating: -1, count: batch.places.count)
    seen.approach(batch.lines.lazy.map(\.event.id))
    var start = 0
    var end = 0
    for line in batch.lines {
      accounting.records += 1
      let delivery = seen.insert(line.event)
      if delivery == .firstOfSharedID { accounting.sharedIDs += 1 }
      if delivery != .again {
        if known[line.place] < 0 { known[line.place] = number(of: batch.places[line.place]) }
        count(line, at: known[line.place])
        if line.shared >= 0, !seenShared.insert(batch.sharedEvents[line.shared]) { copies += 1 }
      } else {
        accounting.duplicates += 1
        if end > start { try write(start..<end) }
        start = line.end
      }
      end = line.end
    }
    if end > start { try write(start..<end) }
    for reject in batch.rejects {
      accounting.records += 1
      accounting.count(reject)
    }
    if let fault = batch.fault { accounting.faults.append(fault) }
    if let file = batch.emptyFile { accounting.emptyFiles.append(file) }
  }

  private mutating func number(of place: LineBatch.Place) -> Int {
    if let known = numbers[place] { return known }
    numbers[place] = tallies.count
    tallies.append(Tally(place: place))
    return tallies.count - 1
  }

  private mutating func count(_ line: LineBatch.Line, at number: Int) {
    accounting.observations += 1
    tallies[number].count += 1
    guard line.seconds > 0 else {
      accounting.eventsWithoutTime += 1
      return
    }
    first = min(first, line.seconds)
    last = max(last, line.seconds)
    let hour = line.seconds / 3_600
    guard hour != tallies[number].hour else { return }
    let place = tallies[number].place
    if hours.add(hour: hour, account: place.account, region: place.region) { tallies[number].hour = hour }
  }

  /// How many records were read and how many of them are observations.
  var progress: (records: Int, observations: Int) { (accounting.records, accounting.observations) }

  /// Where every record went.
  func accounting(files: Int) -> InputAccounting {
    var accounting = accounting
    accounting.files = files
    for tally in tallies {
      accounting.coverage[tally.place.account, default: [:]][tally.place.region] = tally.count
    }
    if first <= last {
      accounting.first = Timestamp(seconds: first)
      accounting.last = Timestamp(seconds: last)
    }
    return accounting
  }
}
