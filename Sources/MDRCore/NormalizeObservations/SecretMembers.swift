/// Which members of AWS's requests and responses hold secrets, by the names that its APIs give them in a reviewed table.
///
/// Names are compared in lower case without punctuation, so that `AuthParameters.SECRET_HASH` and `secretHash` are one.
enum SecretMembers {
  /// How a member's name bears on its value.
  struct Facts {
    /// The value is a secret, whatever its kind.
    var isSecret = false
    /// The value is a secret where it is text or a number; an object of that name holds more than secrets.
    var isSecretText = false
    /// Any text below may be a secret.
    var isMap = false
    /// An object of that name keeps what is no secret in it.
    var isHarmlessObject = false
    /// The member names what stands in its sibling `value`.
    var namesSibling = false
    /// The member's text is the value of such a name.
    var isSiblingValue = false
    var isName = false
    var isUserData = false
    /// Texts below are a command, its words or its lines.
    var isCommand = false
    /// The name is one that whoever called has chosen, and holds a secret itself.
    var isSecretName = false
  }

  /// What a row of the reviewed table says of a name.
  enum Kind: String, CaseIterable {
    case secret
    case secretEnding = "secret-ending"
    /// Tokens that say where a list goes on or which request is the same, and let nobody in.
    case harmlessToken = "harmless-token"
    case textSecret = "text-secret"
    case textSecretEnding = "text-secret-ending"
    case environment
    case environmentPart = "environment-part"
    case pairName = "pair-name"
    case pairValue = "pair-value"
    case telling
    case eventSecret = "event-secret"
    case noTargets = "no-targets"
    case inText = "in-text"
    case tokenBeginning = "token-beginning"
    case harmlessInText = "harmless-in-text"
    case commandMember = "command-member"
    case separateOption = "separate-option"
    case attachedOption = "attached-option"
    case flagLetters = "flag-letters"
    case argument
    case readsSecret = "reads-secret"
    case variableEnding = "variable-ending"
    case containerProgram = "container-program"
  }

  static let tableName = "normalize-observations/references/secrets.tsv"

  /// The names of the reviewed table, and the secrets of single events by name and service.
  private static let table: (names: [Kind: [String]], byEvent: [String: [String: Set<String>]]) = {
    var names: [Kind: [String]] = [:]
    var byEvent: [String: [String: Set<String>]] = [:]
    for row in Content.table(tableName) {
      guard let kind = row["kind"].flatMap(Kind.init), let name = row["name"] else { continue }
      names[kind, default: []].append(name)
      guard kind == .eventSecret, let event = row["event"]?.split(separator: ":"), event.count == 2 else {
        continue
      }
      byEvent[String(event[1]), default: [:]][String(event[0]), default: []].insert(name)
    }
    return (names, byEvent)
  }()

  /// The names of a kind, in the table's order.
  static func names(_ kind: Kind) -> [String] { table.names[kind] ?? [] }

  private static let whole = Set(names(.secret))
  private static let endings = names(.secretEnding)
  private static let harmlessTokens = Set(names(.harmlessToken))
  private static let wholeTexts = Set(names(.textSecret))
  private static let textEndings = names(.textSecretEnding)
  private static let environments = Set(names(.environment))
  private static let environmentParts = names(.environmentPart)
  private static let pairNames = Set(names(.pairName))
  private static let pairValues = Set(names(.pairValue))
  private static let commandMembers = Set(names(.commandMember))
  private static let telling = ByteMarks(names(.telling))

  /// Members of documents below which nothing is named as a target, as AWS spells them.
  static let hiddenContainers = Set(names(.noTargets))

  /// Text that betrays a secret inside a string, such as a document passed as text; in lower case.
  static let marks = ByteMarks(names(.inText))

  /// Whether a text's bytes hold a mark that is no part of a harmless word, as `get-login-password` is one.
  static func areMarked(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard marks.areIn(text) else { return false }
    guard harmlessTexts.areIn(text) else { return true }
    var rest = String(decoding: text, as: UTF8.self)
    for name in names(.harmlessInText) { rest = rest.replacing(name, with: " ") }
    return marks.areIn(rest)
  }

  /// How texts begin that are one token.
  static let tokens = TokenBeginnings(names(.tokenBeginning))

  private static let harmlessTexts = ByteMarks(names(.harmlessInText))

  /// What betrays that a document passed as text holds a command: the name of its member, with escaped quotes.
  static let commandMarks = ByteMarks(names(.commandMember).flatMap { ["\"\($0)\\", "22\($0)\\"] })

  /// The members that are secrets in an event besides those of any.
  static func own(eventSource: String, eventName: String) -> Set<String> {
    table.byEvent[eventName]?[eventSource] ?? []
  }

  /// Whether a document, as it stands in a record, may hold members of these names; one with escapes may hold any.
  static func mayStand(_ own: Set<String>, in document: UnsafeBufferPointer<UInt8>) -> Bool {
    document.contains(UInt8(ascii: "\\")) || own.contains { ownKeys[$0]?.areIn(document) ?? true }
  }

  /// By the name of an event's own secret, how it stands in a document.
  private static let ownKeys: [String: ByteMarks] = {
    let own = table.byEvent.values.reduce(into: Set<String>()) { $0.formUnion($1.values.joined()) }
    return Dictionary(uniqueKeysWithValues: own.map { ($0, ByteMarks(["\"\($0)\""])) })
  }()

  /// A name in lower case, without punctuation.
  static func folded(_ name: String) -> String {
    guard name.utf8.allSatisfy({ $0 < 0x80 }) else {
      return name.lowercased().filter { $0.isLetter || $0.isNumber }
    }
    let bytes = name.utf8.lazy.filter { byte in
      (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
    }
    return String(decoding: bytes.map { $0 < UInt8(ascii: "A") ? $0 : $0 | 0x20 }, as: UTF8.self)
  }

  /// What a member's name says.
  static func facts(of logged: String) -> Facts {
    let name = folded(logged)
    var facts = Facts()
    facts.isSecretName = SecretScrubber.scrubbed(logged) != logged
    facts.isSecret =
      whole.contains(name) || !harmlessTokens.contains(name) && endings.contains(where: name.hasSuffix)
    facts.isSecretText = wholeTexts.contains(name) || textEndings.contains(where: name.hasSuffix)
    facts.isHarmlessObject = name == "credentials" || name == "userdata"
    facts.isMap = environments.contains(name) || environmentParts.contains(where: name.contains)
    facts.namesSibling = pairNames.contains(name)
    facts.isSiblingValue = pairValues.contains(name)
    facts.isName = name == "name"
    facts.isUserData = name == "userdata"
    facts.isCommand = commandMembers.contains(name)
    return facts
  }

  /// Whether the name in a pair says that its value is a secret.
  static func tellsSecret(_ name: String) -> Bool {
    telling.areIn(folded(name))
  }
}
