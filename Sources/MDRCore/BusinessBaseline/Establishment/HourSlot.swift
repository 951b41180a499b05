/// One hour of the calendar in which something was seen: what cadence and distinct days are read from.
struct HourSlot: Hashable, Comparable, Sendable {
  /// Hours since 1970-01-01T00:00:00Z.
  let hours: Int32

  init(hours: Int) { self.hours = Int32(clamping: hours) }
  init(_ time: Timestamp) {
    let seconds = time.seconds
    self.init(hours: seconds >= 0 ? seconds / 3_600 : (seconds - 3_599) / 3_600)
  }

  var day: Int { Int(hours >= 0 ? hours / 24 : (hours - 23) / 24) }
  var hourOfDay: Int { Int(hours) - day * 24 }

  static func < (one: HourSlot, other: HourSlot) -> Bool { one.hours < other.hours }

  /// The distinct days of sorted slots, sorted.
  static func days(of slots: [HourSlot]) -> [Int] {
    var days: [Int] = []
    put(daysOf: slots, in: &days)
    return days
  }

  /// Puts the distinct days of sorted slots, sorted, in place of what was there.
  static func put(daysOf slots: [HourSlot], in days: inout [Int]) {
    days.removeAll(keepingCapacity: true)
    var end = Int32.min
    for slot in slots where slot.hours >= end {
      days.append(slot.day)
      end = Int32(clamping: slot.day * 24 + 24)
    }
  }

  /// The distinct hours of the day.
  static func hoursOfDay(of slots: some Sequence<HourSlot>) -> HoursOfDay {
    HoursOfDay(slots.lazy.map(\.hourOfDay))
  }
}

/// A growing set of hours that keeps little more than its distinct values.
struct HourSlots: Sendable {
  private(set) var slots: [HourSlot] = []
  private var sortedCount = 0

  /// Adds an hour; logs come nearly in order, so the last value is the usual one.
  mutating func insert(_ slot: HourSlot) {
    if slots.last == slot { return }
    slots.append(slot)
    if slots.count > 64, slots.count > 2 * sortedCount { compact() }
  }

  /// Adds hours as they come.
  mutating func insert(_ other: HourSlots) {
    for slot in other.slots { insert(slot) }
  }

  /// Forgets all hours and keeps the room.
  mutating func removeAll() {
    if !slots.isEmpty { slots.removeAll(keepingCapacity: true) }
    sortedCount = 0
  }

  mutating func formUnion(_ other: HourSlots) {
    slots += other.slots
    compact()
  }

  /// The distinct hours, sorted.
  func sorted() -> [HourSlot] {
    var copy = self
    copy.compact()
    return copy.slots
  }

  /// Sorts the distinct hours in place, and gives them.
  mutating func sort() -> [HourSlot] {
    compact()
    return slots
  }

  private mutating func compact() {
    if slots.count > 1 {
      slots.sortShort { $0.hours < $1.hours }
      var end = 0
      for index in 1..<slots.count where slots[index] != slots[end] {
        end += 1
        slots[end] = slots[index]
      }
      slots.removeLast(slots.count - end - 1)
    }
    sortedCount = slots.count
  }
}
