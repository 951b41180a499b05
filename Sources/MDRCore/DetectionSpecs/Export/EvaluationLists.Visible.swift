extension EvaluationLists {
  /// The lists without entries that hold characters nobody sees, and how many these are.
  ///
  /// No account, role or resource of AWS is named so; in a query such a character could forge a line, end a text early
  /// or speak to the terminal that shows it.
  var visible: (lists: EvaluationLists, leftOut: Int) {
    func isVisible(_ entry: String) -> Bool { !entry.unicodeScalars.contains(where: \.isInvisible) }
    let lists = EvaluationLists(
      organisation: organisation?.filter(isVisible), partners: partners.filter(isVisible),
      named: named.mapValues { $0.filter(isVisible) })
    return (lists, count - lists.count)
  }

  private var count: Int {
    (organisation?.count ?? 0) + partners.count + named.values.reduce(0) { $0 + $1.count }
  }
}
