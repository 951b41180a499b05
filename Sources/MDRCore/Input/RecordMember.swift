/// The members of a CloudTrail record that are read, and how.
enum RecordMember: UInt8, CaseIterable {
  case eventID, eventTime, eventSource, eventName, eventType, awsRegion, sourceIPAddress, userAgent
  case errorCode, errorMessage, readOnly, userIdentity, requestParameters, responseElements
  case additionalEventData, serviceEventDetails, resources, recipientAccountId, account, sharedEventID
  case vpcEndpointId, timestamp
  /// Members that are passed.
  case eventVersion, requestID, apiVersion, managementEvent, eventCategory, tlsDetails
  case sessionCredentialFromConsole, other
  /// Members by which something else than an event is told.
  case foreign
  /// What stands before the first member.
  case start

  /// How a member's value is taken in.
  enum Form {
    case text, flag, identity, document, resources, other, foreign
  }

  @inline(__always)
  var form: Form {
    switch self {
    case .eventID, .eventTime, .eventSource, .eventName, .eventType, .awsRegion, .sourceIPAddress, .userAgent,
      .errorCode, .errorMessage, .recipientAccountId, .account, .sharedEventID, .vpcEndpointId, .timestamp:
      .text
    case .readOnly: .flag
    case .userIdentity: .identity
    case .requestParameters, .responseElements, .additionalEventData, .serviceEventDetails: .document
    case .resources: .resources
    case .foreign: .foreign
    default: .other
    }
  }

  /// Members of which one has to stand beside `eventName`.
  @inline(__always)
  var isCompanion: Bool {
    switch self {
    case .userIdentity, .awsRegion, .eventTime, .eventID, .eventSource, .eventVersion: true
    default: false
    }
  }

  /// The member's key, where it has a fixed one.
  fileprivate var key: String? {
    switch self {
    case .timestamp: "@timestamp"
    case .other, .foreign, .start: nil
    default: "\(self)"
    }
  }

  fileprivate static let foreignKeys = ["insightDetails", "digestStartTime", "messageType", "schema"]
}

/// Finds a record's members by their keys, first of all the one that followed last time.
///
/// Records repeat the order of their members, so that one comparison usually reads key, quotes and colon.
struct RecordKeys {
  private struct Text {
    /// The key with its quotes and colon, padded with zeros.
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var masks: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var count = 0
  }

  private var texts: [Text]
  private var successors: [RecordMember]
  private let byKey: [(key: [UInt8], member: RecordMember)]

  init() {
    texts = RecordMember.allCases.map { member in
      member.key.map { Self.text("\"\($0)\":") } ?? Text()
    }
    successors = RecordMember.allCases.map { _ in .other }
    byKey =
      RecordMember.allCases.compactMap { member in member.key.map { (Array($0.utf8), member) } }
      + RecordMember.foreignKeys.map { (Array($0.utf8), .foreign) }
  }

  private static func text(_ key: String) -> Text {
    var bytes = Array(key.utf8)
    let count = bytes.count
    var mask = [UInt8](repeating: 0xFF, count: count)
    bytes += [UInt8](repeating: 0, count: 32 - count)
    mask += [UInt8](repeating: 0, count: 32 - count)
    func words(_ bytes: [UInt8]) -> (UInt64, UInt64, UInt64, UInt64) {
      bytes.withUnsafeBytes { $0.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64).self) }
    }
    return Text(words: words(bytes), masks: words(mask), count: count)
  }

  @inline(__always)
  func prediction(after previous: RecordMember) -> RecordMember { successors[Int(previous.rawValue)] }

  /// The length of the predicted key with quotes and colon, if it stands at a place.
  @inline(__always)
  func predicted(after previous: RecordMember, _ bytes: UnsafePointer<UInt8>) -> Int? {
    let next = successors[Int(previous.rawValue)]
    let text = texts[Int(next.rawValue)]
    guard text.count > 0 else { return nil }
    let raw = UnsafeRawPointer(bytes)
    var difference = (raw.loadUnaligned(as: UInt64.self) ^ text.words.0) & text.masks.0
    difference |= (raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self) ^ text.words.1) & text.masks.1
    difference |= (raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self) ^ text.words.2) & text.masks.2
    difference |= (raw.loadUnaligned(fromByteOffset: 24, as: UInt64.self) ^ text.words.3) & text.masks.3
    return difference == 0 ? text.count : nil
  }

  /// The member with a key, `other` if nobody reads it.
  func member(_ bytes: UnsafePointer<UInt8>, count: Int) -> RecordMember {
    let slice = UnsafeBufferPointer(start: bytes, count: count)
    for (key, member) in byKey where key.count == count {
      if key.withUnsafeBufferPointer({ slice.hasBytes(of: $0) }) { return member }
    }
    return .other
  }

  mutating func learn(_ member: RecordMember, after previous: RecordMember) {
    successors[Int(previous.rawValue)] = member
  }
}

/// Numbers, from 1 on, for the names of members that are looked for in documents.
struct MemberNames: Sendable {
  private var slots: [UInt16]
  private let names: [[UInt8]]
  /// By number, whether nothing below a member of that name is looked at.
  private let hidden: [Bool]

  /// Numbers for some names, and for others below which nothing is looked at.
  init(_ names: some Sequence<String>, hiding hidden: Set<String> = []) {
    let sorted = Set(names).union(hidden).sorted()
    self.names = sorted.map { Array($0.utf8) }
    self.hidden = [false] + sorted.map(hidden.contains)
    slots = [UInt16](repeating: 0, count: 2_048)
    for (index, name) in self.names.enumerated() {
      var place = (name + [UInt8](repeating: 0, count: 16)).withUnsafeBufferPointer {
        $0.baseAddress.map { Self.place($0, count: name.count) } ?? 0
      }
      while slots[place] != 0 { place = (place + 1) & 2_047 }
      slots[place] = UInt16(index + 1)
    }
  }

  /// The number of a name, 0 for one that isn't there.
  func number(of name: String) -> Int { (names.firstIndex(of: Array(name.utf8)) ?? -1) + 1 }

  /// The name with a number.
  func name(_ number: Int) -> String { String(decoding: names[number - 1], as: UTF8.self) }

  /// Whether nothing below a member with this number is looked at.
  @inline(__always)
  func hides(_ number: Int) -> Bool { hidden[number] }

  /// How many names there are.
  var count: Int { names.count }

  /// The number of a name, 0 for one that nobody looks for; eight readable bytes have to follow.
  @inline(__always)
  func number(_ bytes: UnsafePointer<UInt8>, count: Int) -> Int {
    var place = Self.place(bytes, count: count)
    while true {
      let number = Int(slots[place])
      guard number != 0 else { return 0 }
      let matches = names[number - 1].withUnsafeBufferPointer {
        UnsafeBufferPointer(start: bytes, count: count).hasBytes(of: $0)
      }
      if matches { return number }
      place = (place + 1) & 2_047
    }
  }

  @inline(__always)
  private static func place(_ bytes: UnsafePointer<UInt8>, count: Int) -> Int {
    let word = UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self).littleEndian
    let known = count >= 8 ? word : word & ((1 << UInt64(count * 8)) - 1)
    let hash = (known ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: hash >> 53)
  }
}
