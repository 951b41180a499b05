/// The members of a record that normalisation reads, found in one pass.
struct RecordFields {
  var eventID: JSONTape.Index?
  var eventTime: JSONTape.Index?
  var timestamp: JSONTape.Index?
  var eventSource: JSONTape.Index?
  var eventName: JSONTape.Index?
  var eventType: JSONTape.Index?
  var awsRegion: JSONTape.Index?
  var sourceIPAddress: JSONTape.Index?
  var userAgent: JSONTape.Index?
  var errorCode: JSONTape.Index?
  var errorMessage: JSONTape.Index?
  var readOnly: JSONTape.Index?
  var userIdentity: JSONTape.Index?
  var requestParameters: JSONTape.Index?
  var responseElements: JSONTape.Index?
  var additionalEventData: JSONTape.Index?
  var serviceEventDetails: JSONTape.Index?
  var resources: JSONTape.Index?
  var recipientAccountId: JSONTape.Index?
  var account: JSONTape.Index?
  var sharedEventID: JSONTape.Index?
  var vpcEndpointId: JSONTape.Index?
  var tlsDetails: JSONTape.Index?

  init(_ tape: JSONTape, _ root: JSONTape.Index) {
    tape.forEachChild(root) { child in
      guard tape.kind(child) != .null else { return }
      func isKey(_ key: StaticString) -> Bool { tape.isKey(child, key) }
      // Lengths tell most keys apart before any byte is compared; an escaped key is longer than it reads.
      switch tape.nodes[child].keyHasEscapes ? tape.key(child).utf8.count : tape.keySlice(child).count {
      case 7:
        if isKey("eventID") { eventID = child }
        if isKey("account") { account = child }
      case 8:
        if isKey("readOnly") { readOnly = child }
      case 9:
        if isKey("eventTime") { eventTime = child }
        if isKey("eventName") { eventName = child }
        if isKey("eventType") { eventType = child }
        if isKey("awsRegion") { awsRegion = child }
        if isKey("userAgent") { userAgent = child }
        if isKey("errorCode") { errorCode = child }
        if isKey("resources") { resources = child }
      case 10:
        if isKey("@timestamp") { timestamp = child }
        if isKey("tlsDetails") { tlsDetails = child }
      case 11:
        if isKey("eventSource") { eventSource = child }
      case 12:
        if isKey("errorMessage") { errorMessage = child }
        if isKey("userIdentity") { userIdentity = child }
      case 13:
        if isKey("sharedEventID") { sharedEventID = child }
        if isKey("vpcEndpointId") { vpcEndpointId = child }
      case 15:
        if isKey("sourceIPAddress") { sourceIPAddress = child }
      case 16:
        if isKey("responseElements") { responseElements = child }
      case 17:
        if isKey("requestParameters") { requestParameters = child }
      case 18:
        if isKey("recipientAccountId") { recipientAccountId = child }
      case 19:
        if isKey("additionalEventData") { additionalEventData = child }
        if isKey("serviceEventDetails") { serviceEventDetails = child }
      default: break
      }
    }
  }

  /// When the event happened: `eventTime`, or the shipper's `@timestamp` where that was renamed.
  ///
  /// A time that an exporter has respelled is read too, and the note says how.
  func time(_ tape: JSONTape) -> (time: Timestamp, note: String?)? {
    for node in [eventTime, timestamp] {
      guard let node, [.string, .number].contains(tape.kind(node)) else { continue }
      if tape.kind(node) == .string, let time = Timestamp(utf8: tape.slice(node)) { return (time, nil) }
      guard tape.slice(node).count < 64, let exported = ExportedTime(tape.value(node)) else { continue }
      return (
        exported.timestamp,
        exported.note ?? "event_time: \(tape.scalarText(node) ?? "") to \(exported.timestamp.iso8601)"
      )
    }
    return nil
  }
}

extension ActorResolver.Principal {
  /// Reads `userIdentity`.
  init(_ tape: JSONTape, _ identity: JSONTape.Index) {
    self.init()
    guard tape.kind(identity) == .object else { return }
    var (context, onBehalfOf): (JSONTape.Index?, JSONTape.Index?)
    // Of repeated members the last counts, as everywhere; an escaped key is longer than it reads.
    tape.forEachChild(identity) { child in
      func isKey(_ key: StaticString) -> Bool { tape.isKey(child, key) }
      switch tape.keyHasEscapes(child) ? tape.key(child).utf8.count : tape.keySlice(child).count {
      case 3:
        if isKey("arn") { arn = tape.scalarText(child) }
      case 4:
        if isKey("type") { type = tape.scalarText(child) }
      case 8:
        if isKey("userName") { userName = tape.scalarText(child) }
      case 9:
        if isKey("accountId") { accountID = tape.scalarText(child) }
        if isKey("invokedBy") { invokedBy = tape.scalarText(child) }
      case 10:
        if isKey("onBehalfOf") { onBehalfOf = child }
      case 11:
        if isKey("principalId") { principalID = tape.scalarText(child) }
        if isKey("accessKeyId") { accessKeyID = tape.scalarText(child) }
      case 14:
        if isKey("sessionContext") { context = child }
      case 16:
        if isKey("identityProvider") { identityProvider = tape.scalarText(child) }
      default: break
      }
    }
    if let onBehalfOf { userID = tape.scalarText(tape.member(onBehalfOf, "userId")) }
    guard let context else { return }
    sourceIdentity = tape.scalarText(tape.member(context, "sourceIdentity"))
    if let issuer = tape.member(context, "sessionIssuer") {
      issuerARN = tape.scalarText(tape.member(issuer, "arn"))
      issuerName = tape.scalarText(tape.member(issuer, "userName"))
      issuerAccountID = tape.scalarText(tape.member(issuer, "accountId"))
    }
    if let attributes = tape.member(context, "attributes") {
      sessionStart = tape.scalarText(tape.member(attributes, "creationDate"))
      isMFA = tape.scalarText(tape.member(attributes, "mfaAuthenticated")).map { $0 == "true" }
    }
  }
}
