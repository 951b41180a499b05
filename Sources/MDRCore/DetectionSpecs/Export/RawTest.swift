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
  /// These three in any case, unlike `hasPart`, `hasPrefix` and `hasSuffix`.
  case contains(String)
  case startsWith(String)
  case endsWith(String)
  /// `*` is any text, `?` one character, whatever the case.
  case like(String)
  case compares(NumberComparison, Double)
  /// These three in this very spelling.
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
