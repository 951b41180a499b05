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
    isPassing(target) ? nil : habit(of: value, target: target)
  }

  /// Whether a target is new at each call by nature.
  func isPassing(_ target: String) -> Bool { passingTargets.contains(target) }

  /// What one value of a target that is not passing shows of a habit.
  func habit(of value: String, target: String) -> String {
    let isNumber = value.utf8.count <= 12 && value.utf8.allSatisfy(\.isDigit)
    let keeps = isNumber || Self.isAddress(value)
    return "\(target)=\(keeps ? value : template(of: value))"
  }

  /// The template of an ARN or name: its variable parts as `{id}` or `{n}`.
  package func template(of name: String) -> String {
    var name = name
    let template = name.withUTF8 { bytes -> String? in
      if keepsWhole(bytes) { return nil }
      let kept = UnsafeBufferPointer(rebasing: bytes[..<Self.unversionedLength(bytes)])
      return Self.generalised(kept)
        ?? (kept.count < bytes.count ? String(decoding: kept, as: UTF8.self) : nil)
    }
    return template ?? name
  }

  /// How long an ARN is without what AWS adds to the name of one thing: a secret's suffix, a function's version, a
  /// task definition's revision.
  private static func unversionedLength(_ name: UnsafeBufferPointer<UInt8>) -> Int {
    guard name.starts(with: "arn:") else { return name.count }
    // Where each of the parts starts: arn:partition:service:region:account:resource:name:version.
    var starts = [0]
    for place in name.indices where name[place] == UInt8(ascii: ":") {
      starts.append(place + 1)
      if starts.count == 8 { break }
    }
    guard starts.count >= 6 else { return name.count }
    func part(_ number: Int) -> UnsafeBufferPointer<UInt8> {
      UnsafeBufferPointer(
        rebasing: name[starts[number]..<(number + 1 < starts.count ? starts[number + 1] - 1 : name.count)])
    }
    if starts.count == 7, part(2).isText("secretsmanager"), part(5).isText("secret") {
      let suffix = part(6).suffix(7)
      let isSuffix = suffix.first == UInt8(ascii: "-") && suffix.dropFirst().allSatisfy(\.isAlphanumeric)
      return part(6).count > 7 && isSuffix ? name.count - 7 : name.count
    }
    if starts.count == 8, part(2).isText("lambda"), part(5).isText("function") {
      // A version is left out, an alias is a choice that somebody made.
      let isVersion = part(7).isText("$LATEST") || part(7).allSatisfy(\.isDigit)
      return isVersion ? starts[7] - 1 : name.count
    }
    if starts.count == 7, part(2).isText("ecs"), part(5).starts(with: "task-definition/") {
      return part(6).allSatisfy(\.isDigit) ? starts[6] - 1 : name.count
    }
    return name.count
  }

  private static func isAddress(_ value: String) -> Bool {
    guard let first = value.utf8.first, first.isHexDigit || first == UInt8(ascii: ":"),
      value.utf8.allSatisfy({ $0.isHexDigit || [0x2E, 0x2F, 0x3A].contains($0) })
    else { return false }
    return AddressBlock(value) != nil
  }

  /// Whether a name stays as it is, for a reviewed word in it or as one of those given.
  func keepsWhole(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { keepsWhole($0) }
  }

  private func keepsWhole(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    if !keptNames.isEmpty {
      if keptNames.contains(String(decoding: name, as: UTF8.self)) { return true }
      if let last = name.split(separator: UInt8(ascii: ":")).last,
        keptNames.contains(String(decoding: last, as: UTF8.self))
      {
        return true
      }
    }
    return keptWords.areIn(name)
  }

  /// A name with its variable parts replaced, the account and region of an ARN staying; `nil` where it has none.
  private static func generalised(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    guard bytes.contains(where: \.isDigit) else { return nil }
    var start = 0
    if bytes.starts(with: "arn:") {
      // arn:partition:service:region:account:
      var colons = 0
      start =
        (bytes.firstIndex { byte in
          if byte == UInt8(ascii: ":") { colons += 1 }
          return colons == 5
        }).map { $0 + 1 } ?? 0
    }
    var writer = TemplateWriter(bytes, from: start)
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
        writer.append(token: tokenStart..<index)
        writer.append(separator: bytes[index])
        index += 1
        tokenStart = index
      }
    }
    writer.append(token: tokenStart..<bytes.count)
    return String(decoding: writer.output, as: UTF8.self)
  }
}

/// Writes tokens and separators; placeholders side by side become one, as the parts of a date or uuid are.
private struct TemplateWriter {
  private(set) var output: [UInt8] = []
  private let bytes: UnsafeBufferPointer<UInt8>
  private var placeholder: Range<Int>?
  private var isPlaceholderID = false

  /// A writer of a name's template, which begins with the bytes before `start` as they are.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
    self.bytes = bytes
    output.reserveCapacity(bytes.count + 8)
    output += bytes[..<start]
  }

  mutating func append(separator: UInt8) { output.append(separator) }

  mutating func append(token: Range<Int>) {
    var digits = 0
    var areHex = true
    var firstDigit = token.endIndex
    for index in token {
      if bytes[index].isDigit {
        if digits == 0 { firstDigit = index }
        digits += 1
      } else if !bytes[index].isHexDigit {
        areHex = false
      }
    }
    guard digits > 0 else {
      output += bytes[token]
      return
    }
    let tail = token.endIndex - firstDigit
    if digits == token.count {
      appendPlaceholder(isID: false)
    } else if areHex, token.count >= 8 {
      appendPlaceholder(isID: true)
    } else if digits >= 2, token.count >= 12, digits < tail {
      // Unique ids of principals and random suffixes: long, letters and digits mixed.
      appendPlaceholder(isID: true)
    } else if tail >= 3, digits == tail {
      output += bytes[token.startIndex..<firstDigit]
      appendPlaceholder(isID: false)
    } else {
      output += bytes[token]
    }
  }

  mutating func appendPlaceholder(isID: Bool) {
    var isID = isID
    if let placeholder, output.count == placeholder.upperBound + 1,
      output[placeholder.upperBound].joinsPlaceholders
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

extension UnsafeBufferPointer<UInt8> {
  /// Eight, four, four, four and twelve hex digits with hyphens between.
  fileprivate func hasUUID(at start: Int) -> Bool {
    guard start + 36 <= count, self[start + 8] == UInt8(ascii: "-") else { return false }
    return (0..<36).allSatisfy { offset in
      let byte = self[start + offset]
      return switch offset {
      case 8, 13, 18, 23: byte == UInt8(ascii: "-")
      default: byte.isHexDigit
      }
    }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
  fileprivate var isHexDigit: Bool { isDigit || (0x61...0x66).contains(self) || (0x41...0x46).contains(self) }
  fileprivate var isAlphanumeric: Bool {
    isDigit || (0x61...0x7A).contains(self) || (0x41...0x5A).contains(self)
  }
  fileprivate var joinsPlaceholders: Bool {
    self == UInt8(ascii: "-") || self == UInt8(ascii: "/") || self == UInt8(ascii: ".")
  }
  /// Letters, digits and everything beyond ASCII.
  fileprivate var isTokenByte: Bool {
    isDigit || (0x61...0x7A).contains(self) || (0x41...0x5A).contains(self) || self >= 0x80
  }
}
