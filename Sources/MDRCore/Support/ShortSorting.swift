extension Array {
  /// Sorts in place, as `sort(by:)` does; lists that are short or sorted already take few comparisons and no memory.
  @inline(__always)
  mutating func sortShort(by areInIncreasingOrder: (Element, Element) -> Bool) {
    let end = count
    var sorted = 1
    while sorted < end, !areInIncreasingOrder(self[sorted], self[sorted - 1]) { sorted += 1 }
    guard sorted < end else { return }
    guard end <= 16 else { return sort(by: areInIncreasingOrder) }
    while sorted < end {
      let element = self[sorted]
      var place = sorted
      while place > 0, areInIncreasingOrder(element, self[place - 1]) {
        self[place] = self[place - 1]
        place -= 1
      }
      self[place] = element
      sorted += 1
    }
  }
}
