extension OperatingModel {
  /// Where the security services are on among the regions that each account works in.
  var securityCoverage: [Block] {
    let known = baseline.accounts.filter { inventory.security[$0.id] != nil }
    guard !known.isEmpty else { return [] }
    var gaps: [(service: SecurityService, account: String, regions: [String])] = []
    let rows = known.prefix(Self.accountLimit).map { account -> [Inline] in
      let regions = AccountModel.regionsInUse(baseline.lanes.lanes(of: account.id))
      let cells = SecurityService.allCases.map { service -> Inline in
        let states = regions.map {
          (region: $0, state: inventory.security[account.id]?.state(of: service, in: $0))
        }
        let missing = states.filter { $0.state == .off || $0.state == .stopped }.map(\.region)
        if !missing.isEmpty { gaps.append((service, account.id, missing)) }
        if states.allSatisfy({ $0.state == nil }) { return "not known" }
        return "\(states.count { $0.state == .on || $0.state == .exists }) of \(states.count)"
      }
      return [.code(account.id), account.name.map(Inline.text) ?? ""] + cells
    }
    var blocks: [Block] = [
      .heading(2, "What watches the accounts"),
      .table(
        Table(
          ["Account", "Name"] + SecurityService.allCases.map { Column(.text($0.rawValue)) }, rows: Array(rows)
        )),
      .paragraph("Each cell: regions in which the service is there, of those with an observation."),
    ]
    if !gaps.isEmpty {
      let order = SecurityService.allCases.flatMap { service in gaps.filter { $0.service == service } }
      blocks.append(
        .list(
          order.prefix(Self.laneLimit).map { gap in
            "\(gap.service.rawValue) is off or stopped in \(codes: gap.regions, limit: 8) of account \(code: gap.account), where calls are made."
          }))
    }
    if known.count > Self.accountLimit {
      blocks.append(.paragraph("\(known.count - Self.accountLimit) more accounts are in the inventory only."))
    }
    return blocks
  }

  /// Whether the logs that all of this rests on are out of an intruder's reach.
  var logIntegrity: [Block] {
    let answers = LogIntegrity(inventory: inventory).answers
    guard !answers.isEmpty else { return [] }
    return [
      .heading(2, "How the logs are kept"),
      .table(
        Table(
          ["Check", "State", "By the inventory, or whom to ask", "Why"].map { Column(.text($0)) },
          rows: answers.map { answer in
            [
              .text(answer.check), answer.holds.map { $0 ? "yes" : "**no**" } ?? "to be asked",
              .sentence(answer.told), .text(answer.why),
            ]
          })),
    ]
  }

  /// When the customer expects changes.
  var changeWindows: [Block] {
    guard !inventory.changeWindows.isEmpty else { return [] }
    return [
      .heading(2, "Change windows"),
      .list(inventory.changeWindows.map { .text($0.description) }),
      .paragraph("A change window explains when something happened. It excuses nothing."),
    ]
  }
}

extension ChangeWindow {
  /// The window for people, such as "weekend: Sat, Sun, 22:00 to 04:00 UTC".
  package var description: String {
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    func clock(_ minute: Int) -> String {
      let (hour, rest) = (minute / 60 % 24, minute % 60)
      return "\(hour < 10 ? "0" : "")\(hour):\(rest < 10 ? "0" : "")\(rest)"
    }
    var words: [String] = []
    if !weekdays.isEmpty { words.append(weekdays.sorted().map { days[$0] }.joined(separator: ", ")) }
    if minutes.count < 1_440 {
      words.append("\(clock(minutes.lowerBound)) to \(clock(minutes.upperBound)) UTC")
    }
    if let since { words.append("from \(since.iso8601)") }
    if let until { words.append("until \(until.iso8601)") }
    if !accounts.isEmpty { words.append("for \(accounts.sorted().joined(separator: ", "))") }
    if !actors.isEmpty { words.append("by \(actors.sorted().joined(separator: ", "))") }
    if let ticket { words.append("ticket \(ticket)") }
    if let owner { words.append("owner \(owner)") }
    return "\(name): \(words.joined(separator: ", "))"
  }
}
