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
    var value = value
    return value.withUTF8 { value in
      Self.text(value, behind: target + "=") { shape(of: value, to: $0).count }
    }
  }

  /// The template of an ARN or name: its variable parts as `{id}` or `{n}`.
  package func template(of name: String) -> String {
    var name = name
    return name.withUTF8 { name in Self.text(name, behind: "") { template(of: name, to: $0) } }
  }

  /// A text of a beginning and what is written behind it for a name.
  private static func text(
    _ name: UnsafeBufferPointer<UInt8>, behind start: String, _ write: (UnsafeMutablePointer<UInt8>) -> Int
  ) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: TemplateWriter.room(for: name.count)) { room in
      guard let place = room.baseAddress else { return start }
      return start + String(decoding: room[..<write(place)], as: UTF8.self)
    }
  }

  /// Writes the template of a name's bytes to a place with the room that `TemplateWriter` asks for; gives its length.
  func template(of name: UnsafeBufferPointer<UInt8>, to place: UnsafeMutablePointer<UInt8>) -> Int {
    keepsWhole(name) ? Self.copy(name, to: place) : Self.write(name, to: place)
  }

  /// What is left of a value once what varies in it is replaced.
  struct Shape {
    enum Kind: UInt8 {
      /// The value's template.
      case template
      /// The value itself, for a name in it that is kept.
      case keptName
      /// The value itself, an address or number that matters as it is.
      case plain
    }

    var kind: Kind
    /// How many bytes it takes.
    var count: Int
  }

  /// Writes the shape of a value's bytes, which alone decides its habit, to a place as `template` does.
  func shape(of value: UnsafeBufferPointer<UInt8>, to place: UnsafeMutablePointer<UInt8>) -> Shape {
    let isNumber = value.count <= 12 && value.allSatisfy(\.isDigit)
    if isNumber || Self.isAddress(value) { return Shape(kind: .plain, count: Self.copy(value, to: place)) }
    return keepsWhole(value)
      ? Shape(kind: .keptName, count: Self.copy(value, to: place))
      : Shape(kind: .template, count: Self.write(value, to: place))
  }

  /// Whether the template of any value behind a target and a slash is that of the value behind them as they are: names
  /// are parted there, and nothing that is kept goes on behind a slash.
  func parts(_ target: String) -> Bool {
    let start = target + "/"
    return keptNames.isEmpty && !keptWords.hold(UInt8(ascii: "/")) && !keptWords.areIn(start)
      && !target.utf8.contains(UInt8(ascii: ":")) && template(of: start) == start
  }

  private static func write(
    _ name: UnsafeBufferPointer<UInt8>, to place: UnsafeMutablePointer<UInt8>
  ) -> Int {
    TemplateWriter.write(UnsafeBufferPointer(rebasing: name[..<unversionedLength(name)]), to: place)
  }

  private static func copy(_ name: UnsafeBufferPointer<UInt8>, to place: UnsafeMutablePointer<UInt8>) -> Int {
    if let start = name.baseAddress { place.update(from: start, count: name.count) }
    return name.count
  }

  /// How long an ARN is without what AWS adds to the name of one thing: a secret's suffix, a function's version, a
  /// task definition's revision.
  private static func unversionedLength(_ name: UnsafeBufferPointer<UInt8>) -> Int {
    guard let service = service(ofARN: name) else { return name.count }
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
    switch service {
    case .secretsManager where starts.count == 7 && part(5).isText("secret"):
      let suffix = part(6).suffix(7)
      let isSuffix = suffix.first == UInt8(ascii: "-") && suffix.dropFirst().allSatisfy(\.isAlphanumeric)
      return part(6).count > 7 && isSuffix ? name.count - 7 : name.count
    case .lambda where starts.count == 8 && part(5).isText("function"):
      // A version is left out, an alias is a choice that somebody made.
      let isVersion = part(7).isText("$LATEST") || part(7).allSatisfy(\.isDigit)
      return isVersion ? starts[7] - 1 : name.count
    case .ecs where starts.count == 7 && part(5).starts(with: "task-definition/"):
      return part(6).allSatisfy(\.isDigit) ? starts[6] - 1 : name.count
    default: return name.count
    }
  }

  /// Services in whose ARNs something of one moment may stand behind the name.
  private enum VersioningService {
    case secretsManager, lambda, ecs
  }

  /// The service of an ARN, where it is one of these.
  private static func service(ofARN name: UnsafeBufferPointer<UInt8>) -> VersioningService? {
    guard name.starts(with: "arn:"), let colon = name[4...].firstIndex(of: UInt8(ascii: ":")) else {
      return nil
    }
    let rest = UnsafeBufferPointer(rebasing: name[(colon + 1)...])
    if rest.starts(with: "secretsmanager:") { return .secretsManager }
    if rest.starts(with: "lambda:") { return .lambda }
    return rest.starts(with: "ecs:") ? .ecs : nil
  }

  private static func isAddress(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = value.first, first.isHexDigit || first == UInt8(ascii: ":"),
      value.allSatisfy({ $0.isHexDigit || $0 == 0x2E || $0 == 0x2F || $0 == 0x3A })
    else { return false }
    return AddressBlock(value) != nil
  }

  /// Whether a name stays as it is, for a reviewed word in it or as one of those given.
  func keepsWhole(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
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
}

extension UInt8 {
  fileprivate var isDigit: Bool { self &- 0x30 < 10 }
  fileprivate var isHexDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }
  fileprivate var isAlphanumeric: Bool { isDigit || (self | 0x20) &- 0x61 < 26 }
}
