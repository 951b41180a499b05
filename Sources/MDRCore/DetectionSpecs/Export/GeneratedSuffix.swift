/// CloudFormation's suffixes as patterns: what `ActorNaming` tells of a role path's last token.
enum GeneratedSuffix {
  /// A path with a token that may be a suffix, behind a stack's name and a logical id.
  static let place = "^[^-]*-[^-]*-((?s:.*)-)?[0-9A-Za-z]{12,13}$"

  /// On the token, the first that fits decides whether it stays; where none does, it is generated.
  static let rules: [(pattern: String, stays: Bool)] = [
    ("^[^A-Z]*$", true), ("^[0-9A-Z]*[0-9][0-9A-Z]*$", false),
    ("^[A-Z]*[B-DF-HJ-NP-TV-XZ]{5}[A-Z]*$", false), ("^[A-Z]*$", true),
    ("(" + ActorNaming.wordsOfNames.joined(separator: "|") + ")", true),
    ("([aeiouy][a-z]{3}|[a-z][aeiouy][a-z]{2}|[a-z]{2}[aeiouy][a-z]|[a-z]{3}[aeiouy])", true),
  ]
}
