extension Sequence {
  /// The first elements in an order, as sorting all of them would show it; of equals the earlier ones.
  func first(_ limit: Int, by areInIncreasingOrder: (Element, Element) -> Bool) -> [Element] {
    guard limit > 0 else { return [] }
    var chosen: [Element] = []
    for element in self {
      if chosen.count == limit {
        guard areInIncreasingOrder(element, chosen[limit - 1]) else { continue }
        chosen.removeLast()
      }
      var position = chosen.count
      while position > 0, areInIncreasingOrder(element, chosen[position - 1]) { position -= 1 }
      chosen.insert(element, at: position)
    }
    return chosen
  }
}
