/// The ports that a rule lets in, from the spellings that security groups, their rules and network ACLs use.
struct PortRange: Equatable {
  let ports: ClosedRange<Int>

  /// The members that are read.
  static let members = [
    "ipProtocol", "IpProtocol", "aclProtocol", "fromPort", "FromPort", "toPort", "ToPort", "portRange",
  ]

  private enum Keys {
    static let protocols = [MemberKey("ipProtocol"), MemberKey("IpProtocol"), MemberKey("aclProtocol")]
    static let from = [MemberKey("fromPort"), MemberKey("FromPort")]
    static let to = [MemberKey("toPort"), MemberKey("ToPort")]
    static let range = (whole: MemberKey("portRange"), from: MemberKey("from"), to: MemberKey("to"))
  }

  /// Reads an element; `nil` where it is no rule for a protocol with ports.
  init?<Value: ReadableValue>(_ element: Value) {
    func value(_ keys: [MemberKey]) -> Value? {
      for key in keys { if let value = element[key] { return value } }
      return nil
    }
    let protocolName = value(Keys.protocols)?.scalarText?.lowercased()
    let range = Keys.range
    let from = (value(Keys.from) ?? element[range.whole]?[range.from])?.scalarNumber
    let to = (value(Keys.to) ?? element[range.whole]?[range.to])?.scalarNumber
    switch protocolName {
    case "-1", "all": ports = 0...65_535
    case "tcp", "6", "udp", "17", nil:
      guard protocolName != nil || from != nil else { return nil }
      let low = Self.port(from) ?? 0
      // -1 and an absent bound both mean every port.
      let high = Self.port(to) ?? (Self.port(from) ?? 65_535)
      ports = min(low, high)...max(low, high)
    default: return nil
    }
  }

  private static func port(_ number: Double?) -> Int? {
    guard let number, let port = Int(exactly: number), (0...65_535).contains(port) else { return nil }
    return port
  }

  /// Whether one of the ports is let in; without ports, whether any is.
  func admits(_ wanted: [Int]) -> Bool { wanted.isEmpty || wanted.contains(where: ports.contains) }

  /// Whether a port other than these is let in.
  func reachesBeyond(_ known: [Int]) -> Bool { ports.count > Set(known.filter(ports.contains)).count }
}
