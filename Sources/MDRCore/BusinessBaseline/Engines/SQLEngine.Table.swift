extension SQLEngine {
  /// Reads what `--table` names, as the statement takes it.
  ///
  /// Athena's is a table's name, on its own or behind its database and catalog, each a word or in double quotes:
  /// anything else could smuggle SQL into the statement. The other engines' is a path, which stands in the statement
  /// as a text.
  func table(named name: String) throws(CommandError) -> String {
    guard self == .athena else {
      guard !name.isEmpty, !name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
      else {
        throw .usage(
          "--table is no path", mend: "give a path, which may be a glob, without control characters")
      }
      return name
    }
    guard let parts = Self.identifiers(in: name), (1...3).contains(parts.count) else {
      throw .usage(
        "--table \(name.terminalLine) is no table's name",
        mend:
          "write table, database.table or catalog.database.table, and put what is no plain word in double quotes"
      )
    }
    return parts.joined(separator: ".")
  }

  /// The parts of a qualified name, in quotes where they were written so or need them; `nil` where it is none.
  private static func identifiers(in name: String) -> [String]? {
    var parts: [String] = []
    var rest = name[...]
    while true {
      let isQuoted = rest.first == "\""
      if isQuoted { rest = rest.dropFirst() }
      let part = rest.prefix { isQuoted ? $0 != "\"" : $0 != "." && $0 != "\"" }
      rest = rest[part.endIndex...]
      if isQuoted {
        guard rest.first == "\"" else { return nil }
        rest = rest.dropFirst()
      }
      guard !part.isEmpty, part.utf8.count <= 255, isQuoted ? isPrintable(part) : isWord(part) else {
        return nil
      }
      parts.append(isQuoted || !isPlain(part) ? "\"\(part)\"" : String(part))
      if rest.isEmpty { return parts }
      guard rest.first == "." else { return nil }
      rest = rest.dropFirst()
    }
  }

  /// Letters, digits, underscores and hyphens.
  private static func isWord(_ part: Substring) -> Bool {
    part.utf8.allSatisfy { byte in
      (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: "-")
    }
  }

  private static func isPrintable(_ part: Substring) -> Bool {
    part.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
  }

  /// Whether a part needs no quotes: a word that begins with a letter and has no hyphen.
  private static func isPlain(_ part: Substring) -> Bool {
    guard let first = part.utf8.first, (first | 0x20) &- 0x61 < 26 else { return false }
    return isWord(part) && !part.utf8.contains(UInt8(ascii: "-"))
  }
}
