/// A condition on one raw CloudTrail record, yes or no: what an expression comes down to where no engine of ours runs.
///
/// Nothing here is unknown or null: a test of a value that isn't there doesn't hold, and negation is exact.
indirect enum RawPredicate: Equatable, Sendable {
  case constant(Bool)
  case all([RawPredicate])
  case either([RawPredicate])
  case not(RawPredicate)
  /// Some value at the path passes the test.
  case value(RawPath, RawTest)
  /// Some element at the path satisfies the inner condition by itself.
  case element(RawPath, RawPredicate)
  /// Some value at one path is, as text, some value at the other.
  case same(RawPath, RawPath)
  /// The element, or the request outside of `any`, lets one of these ports in, or one beyond them.
  case ports(PortQuestion)
  /// The address blocks at the path are the internet, or wide.
  case blocks(RawPath, isBroad: Bool)
  /// Some statement of some document at the path answers the question; an unreadable document may count as well.
  case policy(RawPath, StatementQuestion, countsUnreadable: Bool)
  /// Some account at the path is outside.
  case outsider(RawPath, AccountQuestion)
  /// Some name at the path has the words of an audit trail, or fits one of the patterns.
  case auditName(RawPath, jewels: [String])
  /// The actor is named after a role or permission set whose words fit the pattern.
  case actorWords(ActorKind, RawRegex)
  /// How often the event's tuple stands in the table of lanes.
  case lanes(TupleTest)
}

/// A kind of actor that the archetype table knows by its words.
enum ActorKind: String, Sendable {
  case role
  case sso
}

struct PortQuestion: Equatable, Sendable {
  var ports: [Int]
  /// Asks for a port other than these.
  var isBeyond: Bool
}

/// Who counts as an outsider, and whether somebody of whom nothing is known does.
struct AccountQuestion: Equatable, Sendable {
  var lists: EvaluationLists
  /// Only what is certain counts; otherwise what is possible.
  var isCertain: Bool
}

enum StatementQuestion: Equatable, Sendable {
  case allows(StatementTest, AccountQuestion)
  case letsOutsidersIn(AccountQuestion)
}

enum TupleTest: Equatable, Sendable {
  /// Fewer observations than this, none included.
  case below(Int)
  /// The nearest lane differs in this dimension, among others.
  case new(Dimension)
}

/// Where a value lies in a raw record.
struct RawPath: Equatable, Sendable {
  enum Root: Equatable, Sendable {
    case field(RawField)
    case derived(DerivedText)
    case request
    case response
    /// `additionalEventData`, or `serviceEventDetails` where there is none.
    case additional
    case element
  }

  var root: Root
  var steps: [FactPath.Step]

  init(_ root: Root, _ steps: [FactPath.Step] = []) {
    self.root = root
    self.steps = steps
  }

  static func field(_ field: RawField) -> RawPath { RawPath(.field(field)) }

  /// The path as a person reads it.
  var shown: String {
    var text =
      switch root {
      case .field(let field): field.rawValue
      case .derived(let derived): derived.rawValue
      case .request: "requestParameters"
      case .response: "responseElements"
      case .additional: "additionalEventData"
      case .element: ""
      }
    for step in steps {
      switch step {
      case .key(let name): text += "." + name
      case .each: text += "[]"
      }
    }
    return text
  }
}

/// A member of the record outside its documents, read as text.
enum RawField: String, CaseIterable, Sendable {
  case eventName, eventSource, eventType, eventID, eventTime, errorCode, errorMessage, readOnly, awsRegion
  case sourceIPAddress, userAgent, vpcEndpointId, recipientAccountId, account
  case type = "userIdentity.type"
  case arn = "userIdentity.arn"
  case principalID = "userIdentity.principalId"
  case accountID = "userIdentity.accountId"
  case accessKeyID = "userIdentity.accessKeyId"
  case userName = "userIdentity.userName"
  case invokedBy = "userIdentity.invokedBy"
  case issuerARN = "userIdentity.sessionContext.sessionIssuer.arn"
  case issuerAccountID = "userIdentity.sessionContext.sessionIssuer.accountId"
  case issuerName = "userIdentity.sessionContext.sessionIssuer.userName"
  case sessionStart = "userIdentity.sessionContext.attributes.creationDate"
  case userID = "userIdentity.onBehalfOf.userId"
  case identityProvider = "userIdentity.identityProvider"
  case hostHeader = "tlsDetails.clientProvidedHostHeader"
  case sourceIdentity = "userIdentity.sessionContext.sourceIdentity"
  case mfaAuthenticated = "userIdentity.sessionContext.attributes.mfaAuthenticated"

  /// The keys down to the member.
  var keys: [String] { rawValue.split(separator: ".").map(String.init) }
}

/// A text that normalisation makes of several members.
enum DerivedText: String, Sendable {
  /// The account that the event belongs to.
  case ownAccount = "account_id"
  /// The account of the principal, where the log names one.
  case actorAccount = "actor_account"
  /// The same, or the event's account where the log names none.
  case actorAccountID = "actor_account_id"
  /// The actor's stable key.
  case actor
  /// The event's name without an API date, under its stable name.
  case eventName = "stable_name"
  /// The source's stable key.
  case source
  case region
  /// The words of that actor's name, each between blanks.
  case actorWords = "actor_words"
  /// The IAM user's own name.
  case userName = "user_name"
  /// 1 for a call that succeeded, 0 for any other.
  case succeeded
}

/// A test of one value.
indirect enum RawTest: Equatable, Sendable {
  /// There, and not null.
  case exists
  /// A text with at least one character.
  case nonEmpty
  case isOneOf([String])
  case isNumber(Double)
  case isFlag(Bool)
  case isAny([RawTest])
  /// Whatever the case.
  case contains(String)
  case startsWith(String)
  case endsWith(String)
  /// `*` is any text, `?` one character, whatever the case.
  case like(String)
  case compares(NumberComparison, Double)
  /// In this very spelling.
  case hasPrefix(String)
  case hasSuffix(String)
  case hasPart(String)
  case isLowercased(String)
  case matches(RawRegex)
  /// One of these event names with an API date behind it.
  case isDated([String])
}

enum NumberComparison: String, Sendable {
  case less = "<"
  case atMost = "<="
  case greater = ">"
  case atLeast = ">="
}

/// A regular expression that RE2, Java, PCRE and Python read alike: classes, groups, counts, anchors; no look-around.
struct RawRegex: Equatable, Sendable {
  var pattern: String
  /// The same for well-formed names, as patterns in which only `*` means something; `nil` where there are none.
  var wildcards: [String]?

  init(_ pattern: String, wildcards: [String]? = nil) {
    self.pattern = pattern
    self.wildcards = wildcards
  }

  /// The API dates that Lambda and CloudFront put behind event names, and a version behind the date.
  private static let date = #"(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?"#

  static func dated(_ names: [String]) -> RawRegex {
    RawRegex("^(\(names.map(escaped).joined(separator: "|")))\(date)$")
  }

  /// A literal inside a pattern.
  static func escaped(_ text: String) -> String {
    var pattern = ""
    for scalar in text.unicodeScalars {
      if #"\.+*?()|[]{}^$/"#.unicodeScalars.contains(scalar) { pattern += "\\" }
      pattern.unicodeScalars.append(scalar)
    }
    return pattern
  }
}

extension RawPredicate {
  /// All of the parts, constants worked out.
  static func and(_ parts: [RawPredicate]) -> RawPredicate {
    var kept: [RawPredicate] = []
    for part in parts {
      switch part {
      case .constant(true): continue
      case .constant(false): return .constant(false)
      case .all(let inner): kept += inner
      default: if !kept.contains(part) { kept.append(part) }
      }
    }
    return kept.isEmpty ? .constant(true) : (kept.count == 1 ? kept[0] : .all(kept))
  }

  /// Some of the parts, constants worked out.
  static func or(_ parts: [RawPredicate]) -> RawPredicate {
    var kept: [RawPredicate] = []
    for part in parts {
      switch part {
      case .constant(false): continue
      case .constant(true): return .constant(true)
      case .either(let inner): kept += inner
      default: if !kept.contains(part) { kept.append(part) }
      }
    }
    return kept.isEmpty ? .constant(false) : (kept.count == 1 ? kept[0] : .either(kept))
  }

  /// The opposite.
  static func negation(_ part: RawPredicate) -> RawPredicate {
    switch part {
    case .constant(let holds): .constant(!holds)
    case .not(let inner): inner
    default: .not(part)
    }
  }

  static func field(_ field: RawField, _ test: RawTest) -> RawPredicate { .value(.field(field), test) }
  static func field(_ field: RawField, is texts: String...) -> RawPredicate {
    .value(.field(field), .isOneOf(texts))
  }
  static func field(_ field: RawField, like pattern: String, wildcards: [String]? = nil) -> RawPredicate {
    .value(.field(field), .matches(RawRegex(pattern, wildcards: wildcards)))
  }
}

/// Why an expression can't be carried over to a target.
struct ExportLimit: Error, Equatable, Sendable {
  var reason: String
  init(_ reason: String) { self.reason = reason }
}
