/// Says how an operation's changes lie to the customer's change windows: it explains when, and excuses nothing.
struct PlannedTimes {
  /// The windows, those that name the caller first.
  let ordered: [(time: PlannedTime, calls: Int)]
  /// Whether the operation is a critical outcome, which stays alertable at any time.
  let isCritical: Bool

  init(_ calls: [PlannedTime: Int], isCritical: Bool) {
    func rank(_ time: PlannedTime) -> Int {
      PlannedTime.Standing.allCases.firstIndex(of: time.standing) ?? 0
    }
    ordered = calls.map { (time: $0.key, calls: $0.value) }.sorted { one, other in
      (rank(one.time), one.time.window, one.time.ticket ?? "", one.time.owner ?? "")
        < (rank(other.time), other.time.window, other.time.ticket ?? "", other.time.owner ?? "")
    }
    self.isCritical = isCritical
  }

  private var total: Int { ordered.reduce(0) { $0 + $1.calls } }

  /// The sentences for "why is this different".
  var sentences: [String] {
    guard total > 0 else { return [] }
    let told = ordered.map { entry -> String in
      let who =
        entry.calls < total
        ? "\(entry.calls) of \(total) changes" : total == 1 ? "The change" : "All \(total) changes"
      let lies = entry.calls == 1 ? "lies" : "lie"
      switch entry.time.standing {
      case .named:
        return
          "\(who) \(lies) in the change window \(code: entry.time.window)\(signature(entry.time)), which names this actor: planned work may explain it, and excuses nothing."
      case .anyone:
        return
          "\(who) \(lies) in the change window \(code: entry.time.window)\(signature(entry.time)), which names no actor: it says when, not who."
      case .others:
        return
          "\(who) \(lies) in the change window \(code: entry.time.window)\(signature(entry.time)), which is for other actors."
      case .outside: return "\(who) \(lies) outside every change window of this account."
      }
    }
    let isPlanned = ordered.contains { $0.time.standing != .outside }
    return told
      + (isCritical && isPlanned ? ["A change window takes no critical outcome off alert."] : [])
  }

  /// What the windows say to somebody who asks for the ticket.
  var tickets: [String] {
    ordered.filter { $0.time.standing != .outside }.map { entry in
      let window = "The change window \(code: entry.time.window)"
      let place = entry.time.standing == .others ? ", which is for other actors," : ""
      return entry.time.ticket.map {
        "\(window)\(place) names ticket \($0)\(entry.time.owner.map { ", owner \($0)" } ?? ""): is this operation part of it?"
      } ?? "\(window)\(place) names no ticket."
    } + outside
  }

  private var outside: [String] {
    guard let calls = ordered.first(where: { $0.time.standing == .outside })?.calls else { return [] }
    return [
      calls == total
        ? "No change window was open then."
        : "\(calls) of \(total) changes lie outside every change window."
    ]
  }

  private func signature(_ time: PlannedTime) -> String {
    let parts = [time.ticket.map { "ticket \($0)" }, time.owner.map { "owner \($0)" }].compactMap(\.self)
    return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
  }
}
