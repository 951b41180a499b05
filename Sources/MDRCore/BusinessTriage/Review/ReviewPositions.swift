/// Where the entries of each number stand, in one list for all numbers, because a million entries should not need a
/// million lists.
struct ReviewPositions<Number: Hashable & Sendable>: Sendable {
  private let positions: [Int32]
  private let ranges: [Number: Range<Int32>]

  /// Gathers positions by number, each number's in the order given, those of the number met first in front.
  init(_ inOrder: [Int32], number: (Int32) -> Number?) {
    var groups: [Number: Int32] = [:]
    var group = [Int32](repeating: -1, count: inOrder.count)
    var numbers: [Number] = []
    var counts: [Int32] = []
    for (rank, position) in inOrder.enumerated() {
      guard let number = number(position) else { continue }
      let place = groups[number] ?? Int32(numbers.count)
      if place == numbers.count {
        groups[number] = place
        numbers.append(number)
        counts.append(0)
      }
      group[rank] = place
      counts[Int(place)] += 1
    }
    var starts: [Int32] = []
    var total: Int32 = 0
    for count in counts {
      starts.append(total)
      total += count
    }
    var filled = starts
    var positions = [Int32](repeating: 0, count: Int(total))
    for (rank, position) in inOrder.enumerated() where group[rank] >= 0 {
      let place = Int(group[rank])
      positions[Int(filled[place])] = position
      filled[place] += 1
    }
    self.positions = positions
    ranges = groups.mapValues { starts[Int($0)]..<starts[Int($0)] + counts[Int($0)] }
  }

  /// The positions of a number; `nil` where nothing has it.
  subscript(number: Number) -> ArraySlice<Int32>? {
    ranges[number].map { positions[Int($0.lowerBound)..<Int($0.upperBound)] }
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first position at which a condition holds, in a list where it holds for everything after some point.
  func partitioningIndex(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
