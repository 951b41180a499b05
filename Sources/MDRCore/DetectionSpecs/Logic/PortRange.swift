/// The ports that a rule lets in, from the spellings that security groups, their rules and network ACLs use.
struct PortRange: Equatable {
  let ports: ClosedRange<Int>

  /// The members that are read.
  static let members = [
    "ipProtocol", "IpProtocol", "aclProtocol", "fromPort", "FromPort", "toPort", "ToPort", "portRange",
  ]

  /// Reads an element; `nil` where it is no rule for a protocol with ports.
  init?(_ element: JSONValue?) {
    guard let element else { return nil }
    func value(_ names: String...) -> JSONValue? { names.lazy.compactMap { element[$0] }.first }
    let protocolName = value("ipProtocol", "IpProtocol", "aclProtocol")?.scalarText?.lowercased()
    let from = (value("fromPort", "FromPort") ?? element["portRange"]?["from"])?.scalarNumber
    let to = (value("toPort", "ToPort") ?? element["portRange"]?["to"])?.scalarNumber
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
