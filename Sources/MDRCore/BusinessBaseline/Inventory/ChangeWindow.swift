/// A time in which the customer expects changes: it explains when, and excuses nothing.
package struct ChangeWindow: Equatable, Sendable {
  package var name: String
  /// The accounts it is for; empty means all.
  package var accounts: Set<String>
  /// Days of the week on which it begins, Monday is 0; empty means every day.
  package var weekdays: Set<Int>
  /// Minutes of the day, in UTC; an end before the start is on the next day.
  package var minutes: Range<Int>
  /// From when on it holds; `nil` where it always did.
  package var since: Timestamp?
  /// The moment from which on it no longer holds; `nil` where it always will.
  package var until: Timestamp?
  /// Who is expected to make changes then: actors' keys, names or ARNs of roles, persons; empty means anyone.
  package var actors: Set<String> = []
  /// Who answers for the window, and under which ticket.
  package var owner: String?
  package var ticket: String?

  private static let dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// Reads `{"name": "weekend", "days": ["sat"], "from": "22:00", "to": "04:00"}` or one with `since` and `until`;
  /// `accounts`, `actors`, `owner` and `ticket` say for whom it is.
  init?(json: JSONValue) {
    guard let name = json["name"]?.string, !name.isEmpty else { return nil }
    self.name = name
    accounts = Set(json["accounts"]?.strings ?? [])
    actors = Set(json["actors"]?.strings ?? [])
    owner = json["owner"]?.string
    ticket = json["ticket"]?.string
    let days = json["days"]?.strings.map { day in
      Self.dayNames.firstIndex(of: String(day.lowercased().prefix(3)))
    }
    guard days?.contains(nil) != true else { return nil }
    weekdays = Set((days ?? []).compactMap { $0 })
    let from = json["from"]?.string.map(Self.minute)
    let to = json["to"]?.string.map(Self.minute)
    guard from != .some(nil), to != .some(nil) else { return nil }
    let start = (from ?? 0) ?? 0
    let end = (to ?? 1_440) ?? 1_440
    minutes = start..<(end > start ? end : end + 1_440)
    since = json["since"]?.time
    until = json["until"]?.time
    guard json["since"] == nil || since != nil, json["until"] == nil || until != nil else { return nil }
    // A window without any time would always be open.
    guard from != nil || !weekdays.isEmpty || (since != nil && until != nil) else { return nil }
  }

  /// Whether a moment lies in the window, for an account.
  package func contains(_ time: Timestamp, account: String) -> Bool {
    guard accounts.isEmpty || accounts.contains(account), since.map({ time >= $0 }) ?? true,
      until.map({ time < $0 }) ?? true
    else { return false }
    let minute = (time.seconds - time.day * 86_400) / 60
    return (minutes.contains(minute) && isDay(time.day))
      || (minutes.contains(minute + 1_440) && isDay(time.day - 1))
  }

  /// Whether the window names who made a call.
  package func names(_ identity: ActorIdentity) -> Bool {
    actors.contains { name in
      let role = name.hasPrefix("arn:") ? String(name.split(separator: "/").last ?? "") : name
      return identity.actor == name || identity.actor == "role:" + role || identity.person == name
    }
  }

  /// 1970-01-01 was a Thursday.
  private func isDay(_ day: Int) -> Bool { weekdays.isEmpty || weekdays.contains(((day + 3) % 7 + 7) % 7) }

  private static func minute(_ text: String) -> Int? {
    let parts = text.split(separator: ":").map { Int($0) }
    guard parts.count == 2, let hour = parts[0], let minute = parts[1], hour >= 0, (0..<60).contains(minute),
      hour * 60 + minute <= 1_440
    else { return nil }
    return hour * 60 + minute
  }
}

extension Inventory {
  /// How a call lies to the account's change windows; `nil` for one that only reads or has no time, or where the
  /// account has none.
  ///
  /// Of several windows one that names the caller counts before one for anyone, and that before one for others.
  package func plannedTime(of observation: Observation) -> PlannedTime? {
    guard !observation.isReadOnly, observation.eventTime.isKnown else { return nil }
    let windows = changeWindows.filter {
      $0.accounts.isEmpty || $0.accounts.contains(observation.accountID)
    }
    guard !windows.isEmpty else { return nil }
    let open = windows.filter { $0.contains(observation.eventTime, account: observation.accountID) }
      .sorted { $0.name < $1.name }
    let named = open.first { $0.names(observation.identity) }
    if let named { return PlannedTime(named, .named) }
    if let anyone = open.first(where: { $0.actors.isEmpty }) { return PlannedTime(anyone, .anyone) }
    return open.first.map { PlannedTime($0, .others) } ?? .outside
  }
}
