extension ExportLowering {
  static let instanceSession = "i-[0-9a-fA-F]{8,17}"

  /// The role session's name: from the ARN, or where that has none from the principal id.
  func sessionName(like pattern: String) -> RawPredicate {
    let session = Self.arn + "(assumed-role|federated-user)/"
    if trustsShape {
      return .and([
        .or([actorType(.assumedRole), actorType(.federatedUser)]),
        .field(.arn, like: session + "(.*/)?(\(pattern))$"),
      ])
    }
    return .and([
      .or([actorType(.assumedRole), actorType(.federatedUser)]),
      .or([
        .field(.arn, like: session + "(.*/)?(\(pattern))$"),
        .and([
          .not(.field(.arn, like: session + "(.*/)?[^/]+$")),
          .field(.principalID, like: "^:*[^:]+:+(\(pattern))$"),
        ]),
      ]),
    ])
  }

  func sessionClass(_ test: ValueTest) throws(ExportLimit) -> RawPredicate {
    guard case .equals(.text("ec2-instance")) = test else {
      throw ExportLimit("of session classes only ec2-instance is a plain pattern")
    }
    return .and([.negation(isSSORole), sessionName(like: Self.instanceSession)])
  }

  /// What kind of place the call came from, without an inventory of the customer's own addresses.
  func sourceKind(_ kind: SourceKind) -> RawPredicate {
    let isInternal = RawPredicate.field(.sourceIPAddress, is: "AWS Internal", "AWS internal")
    let isService = RawPredicate.or([
      .field(.sourceIPAddress, .hasSuffix(".amazonaws.com")),
      .field(.sourceIPAddress, .hasSuffix(".amazonaws.com.cn")),
    ])
    let isConfirmed = RawPredicate.or([isByAWSService, .field(.invokedBy, .exists)])
    let isEndpoint = RawPredicate.field(.vpcEndpointId, .exists)
    let isAddress = RawPredicate.field(.sourceIPAddress, like: AddressPatterns.address)
    let isPrivate = RawPredicate.and([
      isAddress, .field(.sourceIPAddress, like: AddressPatterns.privateAddress),
    ])
    let others: [RawPredicate] = [.not(isInternal), .not(isService), .not(isEndpoint)]
    switch kind {
    case .awsInternal: return isInternal
    case .claimedService: return .and([isService, .not(isConfirmed)])
    case .awsService:
      return .or([
        .and([isService, isConfirmed]), .and(others + [.not(isAddress), .field(.invokedBy, .exists)]),
      ])
    case .vpcEndpoint: return .and([.not(isInternal), .not(isService), isEndpoint])
    case .privateNetwork: return .and(others + [isPrivate])
    case .publicNetwork: return .and(others + [isAddress, .not(isPrivate)])
    case .unknown: return .and(others + [.not(isAddress), .not(.field(.invokedBy, .exists))])
    // Only an inventory knows these.
    case .owned, .corporate, .awsPublic: return .constant(false)
    }
  }
}

/// Patterns for addresses as this engine reads them.
enum AddressPatterns {
  private static let octet = "(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])"
  private static let group = "[0-9a-fA-F]{1,4}"
  static let version4 = "(\(octet)[.]){3}\(octet)"

  /// Eight groups, or fewer around one `::`; the last two may be written as IPv4.
  static let version6: String = {
    let tail = "(\(group):\(group)|\(version4))"
    var forms = ["(\(group):){6}\(tail)"]
    for head in 0...7 {
      let left = head == 0 ? "" : "(\(group):){\(head - 1)}\(group)"
      let room = 7 - head
      // What follows `::` has at most as many groups as are missing.
      var right = ["(\(group):){0,\(max(0, room - 1))}\(group)"]
      if room >= 2 { right.append("(\(group):){0,\(room - 2)}\(version4)") }
      forms.append(left + "::" + (room == 0 ? "" : "(\(right.joined(separator: "|")))?"))
    }
    return "(\(forms.joined(separator: "|")))"
  }()

  /// IPv4 in IPv6's clothes, which counts as IPv4.
  static let mapped = "\(mappedStart)(\(group):\(group)|\(version4))"
  private static let mappedStart =
    "((0{1,4}:){5}|(0{1,4}(:0{1,4}){0,4})?::(0{1,4}:){0,4})[fF]{4}:"

  static let address = "^(\(version4)|\(version6)(%.*)?)$"

  /// Of the addresses, those of RFC 1918, RFC 6598, loopback, link-local and unique local networks.
  static let privateAddress: String = {
    let version4 =
      "(0?10[.]|127[.]|192[.]168[.]|169[.]254[.]|172[.]0?(1[6-9]|2[0-9]|3[01])[.]"
      + "|100[.]0?(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])[.])"
    let inHex =
      "(0?[aA]\(hex){2}|7[fF]\(hex){2}|[cC]0[aA]8|[aA]9[fF][eE]|[aA][cC]1\(hex)|64[4-7]\(hex)):"
    let version6 =
      "([fF][cCdD]\(hex){2}:|[fF][eE][89abAB]\(hex):"
      + "|((0{1,4}:){7}|(0{1,4}(:0{1,4}){0,6})?::(0{1,4}:){0,6})0{0,3}1(%.*)?$)"
    return "^(\(version4)|\(mappedStart)(\(version4)|\(inHex))|\(version6))"
  }()

  private static let hex = "[0-9a-fA-F]"
  private static let length4 = "0*([0-9]|[12][0-9]|3[0-2])"

  /// One IPv4 block or address.
  static let block4 = "^\(version4)(/\(length4))?$"
  /// One IPv4 block that is shorter than /8.
  static let broad4 = "^(\(version4)|\(mapped))/0*[0-7]$"
  /// One IPv6 block shorter than /19; IPv4 in IPv6's clothes is among them and has to be taken out.
  static let broad6 = "^\(version6)(%[^/]*)?/0*([0-9]|1[0-8])$"
  static let mappedBlock = "^\(mapped)/"
  /// One IPv4 block that is everything.
  static let world4 = "^(\(version4)|\(mapped))/0+$"
  /// One IPv6 block that holds 2000::/3.
  static let world6 =
    "^(\(version6)(%[^/]*)?/0+|(::|0{0,3}\(hex){1,3}:|[0-7]\(hex){3}:)[^/]*/0*1"
    + "|(::|0{0,3}\(hex){1,3}:|[0-3]\(hex){3}:)[^/]*/0*2|[23]\(hex){3}:[^/]*/0*3)$"
  /// One IPv6 block.
  static let block6 = "^\(version6)(%[^/]*)?(/0*([0-9]|[1-9][0-9]|1[01][0-9]|12[0-8]))?$"
}

/// Patterns for names, on the words of a text: lower case, between single blanks, with a blank at both ends.
enum WordPatterns {
  static let audit = RawRegex(
    " (" + (AuditName.words.sorted() + AuditName.pairs.sorted()).joined(separator: "|") + ") ")
}
