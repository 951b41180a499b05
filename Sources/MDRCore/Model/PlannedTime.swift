/// How a change relates to the change windows that the customer declared for its account.
package struct PlannedTime: Hashable, Sendable {
  /// Whom a window is for.
  package enum Standing: String, Sendable, CaseIterable {
    /// The window names who made the change.
    case named
    /// It names nobody.
    case anyone
    /// It names others.
    case others
    /// No window of the account was open.
    case outside
  }

  package var standing: Standing
  /// The window's name; empty outside.
  package var window = ""
  package var owner: String?
  package var ticket: String?

  package static let outside = PlannedTime(standing: .outside)
}

extension PlannedTime {
  /// A change within a window.
  init(_ window: ChangeWindow, _ standing: Standing) {
    self.init(standing: standing, window: window.name, owner: window.owner, ticket: window.ticket)
  }

  func json(calls: Int) -> JSONValue {
    var value: JSONValue = ["standing": .string(standing.rawValue), "calls": .number(calls)]
    if standing != .outside { value["window"] = .string(window) }
    if let owner { value["owner"] = .string(owner) }
    if let ticket { value["ticket"] = .string(ticket) }
    return value
  }

  init(_ fields: JSONFields) throws(JSONFields.Fault) {
    self.init(
      standing: try fields.choice(Standing.self, "standing"),
      window: try fields.optionalText("window") ?? "", owner: try fields.optionalText("owner"),
      ticket: try fields.optionalText("ticket"))
  }
}
