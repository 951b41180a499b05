/// Which members of an observation's line depend on what, and so are kept together.
///
/// Pieces are cut from lines that the general code has written; those that stand side by side in a line are one piece.
enum LinePieces {
  /// What members depend on.
  enum Owner {
    /// The identity, and the account that the event belongs to.
    case identity
    /// Service, name, region, type, error and access of the event.
    case call
    /// The call and what kind of actor made it.
    case nature
    /// All that the event's critical outcomes can depend on.
    case critical
    /// Address, endpoint and user agent, and what kind of actor used them.
    case origin
  }

  static let identityCount = 6
  static let callCount = 8
  static let natureCount = 1
  static let originCount = 3
  static let criticalCount = 2

  /// The piece that a member belongs to; `nil` for those that every event has for its own.
  static func piece(of member: String) -> (owner: Owner, index: Int)? { byMember[member] }

  /// The piece of the owner's notes among the generalisations.
  static func notes(of owner: Owner) -> Int {
    switch owner {
    case .identity: 2
    case .call: 4
    case .origin: 2
    case .nature, .critical: 0
    }
  }

  /// Who a generalisation's note belongs to, by how it starts.
  static func owner(ofNote note: String) -> Owner? {
    switch note.prefix(while: { $0 != ":" }) {
    case "actor", "session": .identity
    case "source": .origin
    case "event_source", "event", "region": .call
    default: nil
    }
  }

  private static let byMember: [String: (Owner, Int)] = {
    let pieces: [(Owner, Int, [String])] = [
      (
        .identity, 0,
        ["access_key_id", "account_id", "actor", "actor_account_id", "actor_arn", "actor_type"]
      ),
      (.identity, 1, ["archetype", "archetype_reason"]), (.identity, 3, ["invoked_by", "mfa"]),
      (.identity, 4, ["person"]), (.identity, 5, ["session_class", "session_name", "session_start"]),
      (.call, 0, ["aws_region"]), (.call, 1, ["error_code"]), (.call, 2, ["event_name", "event_source"]),
      (.call, 3, ["event_type"]), (.call, 5, ["outcome"]), (.call, 6, ["raw_event_name", "read_only"]),
      (.call, 7, ["region"]), (.nature, 0, ["business_family", "business_risk"]),
      (.critical, 1, ["override_reasons", "overrides"]),
      (.origin, 0, ["source", "source_ip", "source_kind"]),
      (.origin, 1, ["user_agent", "user_agent_family", "vpc_endpoint_id"]),
    ]
    var byMember: [String: (Owner, Int)] = [:]
    for (owner, index, members) in pieces {
      for member in members { byMember[member] = (owner, index) }
    }
    return byMember
  }()
}
