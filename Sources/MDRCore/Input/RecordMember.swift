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

  /// Members whose text is taken in.
  private static var texts: UInt64 {
    eventID.bit | eventTime.bit | eventSource.bit | eventName.bit | eventType.bit | awsRegion.bit
      | sourceIPAddress.bit | userAgent.bit | errorCode.bit | errorMessage.bit | recipientAccountId.bit
      | account.bit | sharedEventID.bit | vpcEndpointId.bit | timestamp.bit
  }

  /// Members that are passed without being looked at.
  private static var passed: UInt64 {
    eventVersion.bit | requestID.bit | apiVersion.bit | managementEvent.bit | eventCategory.bit
      | sessionCredentialFromConsole.bit | other.bit
  }

  @inline(__always)
  var isText: Bool { Self.texts & bit != 0 }

  /// Whether a text is taken in, or passed without being looked at.
  @inline(__always)
  var mayBeText: Bool { (Self.texts | Self.passed) & bit != 0 }

  /// The member whose raw value was learnt as a key's role.
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
    return .other
  }
}
