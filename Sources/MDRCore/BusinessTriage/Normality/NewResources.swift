extension Operation {
  /// The operation, of medium weight at least where it reached for many things that its settled lanes never named.
  func weighedByNewResources(_ settled: SettledResources) -> Operation {
    var operation = self
    for (event, names) in newResources.sorted(by: { $0.key < $1.key }) {
      let count = names.sorted().count
      guard let row = settled.row(of: event), count >= row.many else { continue }
      let name = String(event.drop { $0 != ":" }.dropFirst())
      operation.raise(
        to: .medium,
        "\(code: name) reached for \(names.isCut ? "more than \(count)" : "\(count)") \(row.noun)s that its known lanes never named; until then they kept to the same ones. \(row.why)"
      )
    }
    return operation
  }
}
