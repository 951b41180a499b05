/// What the customer's own file of an inventory says.
extension Inventory {
  /// How a member of the customer's file is written.
  private enum MemberForm {
    case names
    case objects
    case purposes

    /// What it has to be, for people.
    var title: String {
      switch self {
      case .names: "a list of names"
      case .objects: "a list of objects"
      case .purposes: "an object of texts by account id"
      }
    }

    func fits(_ value: JSONValue) -> Bool {
      switch (self, value) {
      case (.names, .array(let elements)): elements.allSatisfy { $0.string != nil }
      case (.objects, .array(let elements)):
        elements.allSatisfy { if case .object = $0 { true } else { false } }
      case (.purposes, .object(let members)): members.values.allSatisfy { $0.string != nil }
      default: false
      }
    }
  }

  private static let customerMembers: [String: MemberForm] = [
    "account_purposes": .purposes, "approved_key_users": .names, "approved_rotation_roles": .names,
    "break_glass_roles": .names, "change_windows": .objects, "corporate_networks": .objects,
    "crown_jewels": .names, "partner_accounts": .names,
  ]
  /// What AWS publishes or this product writes in such a spelling, and may stand in the same file.
  private static let otherMembers: Set = [
    "comment", "createDate", "ipv6_prefixes", "prefixes", "schema", "syncToken",
  ]

  /// Takes in what the customer wrote about itself; `false` where the document holds none of it.
  mutating func addCustomerFile(_ document: JSONValue) -> Bool {
    let members = document.members
    guard members.keys.contains(where: { Self.customerMembers[$0] != nil }) else { return false }
    noteUnknown(in: members)
    for network in document["corporate_networks"]?.elements ?? [] {
      guard let name = network["name"]?.string else {
        caveats.append("a corporate network in the customer's file has no name and is left out")
        continue
      }
      addCorporate(CorporateNetwork(name: name, cidrs: network["cidrs"]?.strings ?? []))
    }
    approvedRotationRoles.formUnion(document["approved_rotation_roles"]?.strings ?? [])
    approvedKeyUsers.formUnion(document["approved_key_users"]?.strings ?? [])
    breakGlassRoles.formUnion(document["break_glass_roles"]?.strings ?? [])
    partnerAccounts.formUnion(document["partner_accounts"]?.strings ?? [])
    crownJewels.formUnion(document["crown_jewels"]?.strings ?? [])
    noteUnseen(in: document)
    for (index, window) in (document["change_windows"]?.elements ?? []).enumerated() {
      if let window = ChangeWindow(json: window) {
        changeWindows.append(window)
      } else {
        caveats.append(
          "change window \(index + 1) in the customer's file is none and is left out: give it a name, days, from and to,"
            + " or since and until")
      }
    }
    for (id, purpose) in document["account_purposes"]?.members ?? [:] {
      guard let purpose = purpose.string else { continue }
      let known = accounts[id] ?? Account(id: id, name: id, purpose: nil, isActive: true)
      accounts[id] = Account(id: id, name: known.name, purpose: purpose, isActive: known.isActive)
    }
    return true
  }

  /// Says which members are none, such as a misspelt one, or are written in another way: a list that is quietly passed
  /// over looks like an empty one.
  private mutating func noteUnknown(in members: [String: JSONValue]) {
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      if let form = Self.customerMembers[name] {
        if !form.fits(value), value != .null {
          caveats.append("\(name) in the customer's file is not \(form.title), and counts only where it fits")
        }
      } else if name.first?.isLowercase == true, !Self.otherMembers.contains(name) {
        caveats.append(
          "\(name.prefix(60)) in the customer's file is no list that is known and is left out: the known ones are "
            + Self.customerMembers.keys.sorted().joined(separator: ", "))
      }
    }
  }

  /// Says which of the customer's lists have names that match nothing: no name in AWS has a character that nobody sees.
  private mutating func noteUnseen(in document: JSONValue) {
    for (key, form) in Self.customerMembers.sorted(by: { $0.key < $1.key }) where form == .names {
      let count = (document[key]?.strings ?? []).count { $0.unicodeScalars.contains(where: \.isInvisible) }
      guard count > 0 else { continue }
      caveats.append(
        "\(count.of("name")) of \(key) in the customer's file \(count == 1 ? "matches" : "match") nothing: write names without line breaks, tabs and characters that can't be seen"
      )
    }
  }
}
