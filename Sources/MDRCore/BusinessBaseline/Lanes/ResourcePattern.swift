/// Templates for resource names, so that a lane says "instances" and not the name of each one.
package struct ResourcePattern: Sendable {
  private let keptWords: ByteMarks
  private let keptNames: Set<String>
  private let passingTargets: Set<String>

  /// Keeps whole the names that carry a reviewed word, and those given, such as crown jewels.
  package init(keeping names: some Sequence<String> = []) {
    keptWords = ByteMarks(
      Content.table("business-baseline/references/kept-names.tsv").compactMap { $0["word"] })
    keptNames = Set(names)
    passingTargets = Set(
      Content.table("business-baseline/references/passing-targets.tsv").compactMap { $0["target"] })
  }

  /// What an observation's targets show of a habit, such as `user=pipeline`, without repeats.
  ///
  /// Addresses, ports and account ids are what matters in them; other values are generalised like names.
  func targets(of observation: Observation) -> Set<String> {
    var texts: Set<String> = []
    for (target, values) in observation.targets {
      for value in values {
        if let text = text(of: value, target: target) { texts.insert(text) }
      }
    }
    return texts
  }

  /// What one value of a target shows of a habit; `nil` for targets that are new at each call by nature.
  func text(of value: String, target: String) -> String? {
    guard !passingTargets.contains(target) else { return nil }
    let isNumber = value.utf8.count <= 12 && value.utf8.allSatisfy(\.isDigit)
    let keeps = isNumber || Self.isAddress(value)
    return "\(target)=\(keeps ? value : template(of: value))"
  }

  /// The template of an ARN or name: its variable parts as `{id}` or `{n}`.
  package func template(of name: String) -> String {
    keepsWhole(name) ? name : Self.generalised(Self.unversioned(name))
  }

  /// An ARN without what AWS adds to the name of one thing: a secret's suffix, a function's version, a task
  /// definition's revision.
  private static func unversioned(_ name: String) -> String {
    guard name.utf8.starts(with: "arn:".utf8) else { return name }
    let service = name.utf8.dropFirst(4).drop { $0 != UInt8(ascii: ":") }
    guard [":secretsmanager:", ":lambda:", ":ecs:"].contains(where: { service.starts(with: $0.utf8) }) else {
      return name
    }
    let parts = name.split(separator: ":", maxSplits: 7, omittingEmptySubsequences: false)
    guard parts.count >= 6 else { return name }
    switch (parts[2], parts[5]) {
    case ("secretsmanager", "secret") where parts.count == 7:
      let suffix = parts[6].utf8.suffix(7)
      guard parts[6].utf8.count > 7, suffix.first == UInt8(ascii: "-"),
        suffix.dropFirst().allSatisfy(\.isAlphanumeric)
      else { return name }
      return String(name.dropLast(7))
    case ("lambda", "function") where parts.count == 8:
      // A version is left out, an alias is a choice that somebody made.
      guard parts[7] == "$LATEST" || parts[7].utf8.allSatisfy(\.isDigit) else { return name }
      return parts[..<7].joined(separator: ":")
    case ("ecs", let resource) where resource.hasPrefix("task-definition/") && parts.count == 7:
      guard parts[6].utf8.allSatisfy(\.isDigit) else { return name }
      return parts[..<6].joined(separator: ":")
    default: return name
    }
  }

  private static func isAddress(_ value: String) -> Bool {
    guard let first = value.utf8.first, first.isHexDigit || first == UInt8(ascii: ":"),
      value.utf8.allSatisfy({ $0.isHexDigit || [0x2E, 0x2F, 0x3A].contains($0) })
    else { return false }
    return AddressBlock(value) != nil
  }

  /// Whether a name stays as it is, for a reviewed word in it or as one of those given.
  func keepsWhole(_ name: String) -> Bool {
    if !keptNames.isEmpty {
      if keptNames.contains(name) { return true }
      if let last = name.split(separator: ":").last, keptNames.contains(String(last)) { return true }
    }
    return keptWords.areIn(name)
  }

  /// Replaces the variable parts; the account and region of an ARN stay.
  static func generalised(_ name: String) -> String {
    let bytes = Array(name.utf8)
    guard bytes.contains(where: \.isDigit) else { return name }
    var start = 0
    if bytes.starts(with: "arn:".utf8) {
      // arn:partition:service:region:account:
      var colons = 0
      start =
        (bytes.firstIndex { byte in
          if byte == UInt8(ascii: ":") { colons += 1 }
          return colons == 5
        }).map { $0 + 1 } ?? 0
    }
    var writer = TemplateWriter(head: bytes[..<start])
    var index = start
    var tokenStart = start
    while index < bytes.count {
      if index == tokenStart, bytes.hasUUID(at: index) {
        writer.appendPlaceholder(isID: true)
        index += 36
        tokenStart = index
      } else if bytes[index].isTokenByte {
        index += 1
      } else {
        writer.append(token: bytes[tokenStart..<index])
        writer.append(separator: bytes[index])
        index += 1
        tokenStart = index
      }
    }
    writer.append(token: bytes[tokenStart...])
    return String(decoding: writer.output, as: UTF8.self)
  }
}

/// Writes tokens and separators; placeholders side by side become one, as the parts of a date or uuid are.
private struct TemplateWriter {
  var output: [UInt8]
  private var placeholder: Range<Int>?
  private var isPlaceholderID = false

  init(head: ArraySlice<UInt8>) { output = Array(head) }

  mutating func append(separator: UInt8) { output.append(separator) }

  mutating func append(token: ArraySlice<UInt8>) {
    var digits = 0
    var areHex = true
    var firstDigit = token.endIndex
    for index in token.indices {
      if token[index].isDigit {
        if digits == 0 { firstDigit = index }
        digits += 1
      } else if !token[index].isHexDigit {
        areHex = false
      }
    }
    guard digits > 0 else {
      output += token
      return
    }
    let tail = token.count - firstDigit + token.startIndex
    if digits == token.count {
      appendPlaceholder(isID: false)
    } else if areHex, token.count >= 8 {
      appendPlaceholder(isID: true)
    } else if digits >= 2, token.count >= 12, digits < tail {
      // Unique ids of principals and random suffixes: long, letters and digits mixed.
      appendPlaceholder(isID: true)
    } else if tail >= 3, digits == tail {
      output += token.dropLast(tail)
      appendPlaceholder(isID: false)
    } else {
      output += token
    }
  }

  mutating func appendPlaceholder(isID: Bool) {
    var isID = isID
    if let placeholder, output.count == placeholder.upperBound + 1,
      [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ".")].contains(output[placeholder.upperBound])
    {
      output.removeSubrange(placeholder.lowerBound...)
      isID = isID || isPlaceholderID
    }
    let start = output.count
    output += isID ? "{id}".utf8 : "{n}".utf8
    placeholder = start..<output.count
    isPlaceholderID = isID
  }
}

extension [UInt8] {
  /// Eight, four, four, four and twelve hex digits with hyphens between.
  fileprivate func hasUUID(at start: Int) -> Bool {
    guard start + 36 <= count, self[start + 8] == UInt8(ascii: "-") else { return false }
    return (0..<36).allSatisfy { offset in
      let byte = self[start + offset]
      return [8, 13, 18, 23].contains(offset) ? byte == UInt8(ascii: "-") : byte.isHexDigit
    }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
  fileprivate var isHexDigit: Bool { isDigit || (0x61...0x66).contains(self) || (0x41...0x46).contains(self) }
  fileprivate var isAlphanumeric: Bool {
    isDigit || (0x61...0x7A).contains(self) || (0x41...0x5A).contains(self)
  }
  /// Letters, digits and everything beyond ASCII.
  fileprivate var isTokenByte: Bool {
    isDigit || (0x61...0x7A).contains(self) || (0x41...0x5A).contains(self) || self >= 0x80
  }
}
