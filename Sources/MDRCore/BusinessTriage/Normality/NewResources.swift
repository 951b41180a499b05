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
        "\(code: name) named \(names.isCut ? "more than \(count)" : "\(count)") \(row.noun)s that its lanes never had, which named the same ones again and again. \(row.why)"
      )
    }
    return operation
  }
}
