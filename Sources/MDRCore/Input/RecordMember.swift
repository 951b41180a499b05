/// The members of a CloudTrail record that are read, and how.
enum RecordMember: UInt8, CaseIterable {
  /// Members whose text is taken in.
  case eventID, eventTime, eventSource, eventName, eventType, awsRegion, sourceIPAddress, userAgent
  case errorCode, errorMessage, recipientAccountId, account, sharedEventID, vpcEndpointId, timestamp
  /// Members whose text is passed without being looked at.
  case eventVersion, requestID, apiVersion, managementEvent, eventCategory, sessionCredentialFromConsole,
    other
  /// Members that are no texts.
  case readOnly, userIdentity, requestParameters, responseElements, additionalEventData, serviceEventDetails
  case resources, tlsDetails
  /// Members by which something else than an event is told.
  case foreign

  /// How a member's value is taken in.
  enum Form {
    case text, flag, identity, document, resources, other, foreign
  }

  @inline(__always)
  var form: Form {
    switch self {
    case _ where isText: .text
    case .readOnly: .flag
    case .userIdentity: .identity
    case .requestParameters, .responseElements, .additionalEventData, .serviceEventDetails: .document
    case .resources: .resources
    case .foreign: .foreign
    default: .other
    }
  }

  /// The member in a set of members.
  @inline(__always)
  var bit: UInt64 { 1 &<< UInt64(rawValue) }

  /// Members of which one has to stand beside `eventName`.
  @inline(__always)
  static var companions: UInt64 {
    userIdentity.bit | awsRegion.bit | eventTime.bit | eventID.bit | eventSource.bit | eventVersion.bit
  }

  @inline(__always)
  var isText: Bool { rawValue <= Self.timestamp.rawValue }

  /// Whether a text is taken in, or passed without being looked at.
  @inline(__always)
  var mayBeText: Bool { rawValue <= Self.other.rawValue }

  /// The member whose raw value was learnt as a key's role.
  ///
  /// Roles are only ever raw values of members, and each key asks, so that nothing checks them again.
  @inline(__always)
  init(role: UInt8) { self = unsafeBitCast(role, to: RecordMember.self) }

  /// The member's key, where it has a fixed one.
  fileprivate var key: String? {
    switch self {
    case .timestamp: "@timestamp"
    case .other, .foreign: nil
    default: "\(self)"
    }
  }

  fileprivate static let foreignKeys = ["insightDetails", "digestStartTime", "messageType", "schema"]
}

/// Finds a record's members by their keys.
struct RecordKeys {
  private let byKey: [(key: [UInt8], member: RecordMember)]

  init() {
    byKey =
      RecordMember.allCases.compactMap { member in member.key.map { (Array($0.utf8), member) } }
      + RecordMember.foreignKeys.map { (Array($0.utf8), .foreign) }
  }

  /// The member with a key, `other` if nobody reads it.
  func member(_ key: UnsafeBufferPointer<UInt8>) -> RecordMember {
    for (known, member) in byKey where known.count == key.count {
      if known.withUnsafeBufferPointer({ key.hasBytes(of: $0) }) { return member }
    }
    // An identity in pieces is put together elsewhere.
    return RecordSigns.isIdentityPath(key) ? .foreign : .other
  }
}
