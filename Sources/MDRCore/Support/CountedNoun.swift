extension Int {
  /// The number with its noun, such as "1 lane" or "3 lanes"; `plural` where that is more than an s.
  func of(_ noun: String, _ plural: String? = nil) -> String {
    "\(self) \(self == 1 ? noun : plural ?? noun + "s")"
  }
}

extension [String] {
  /// The words as a list in a sentence: `account, actor and source`.
  var joinedInWords: String {
    guard count > 1, let last else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " and " + last
  }
}
