/// An event id in sixteen bytes.
typealias EventDigest = EventIndex.Key

extension EventIndex.Key {
  /// The digest of an id: CloudTrail's own UUID as it is, any other text by its SHA-256.
  init(_ eventID: String) {
    var eventID = eventID
    self = eventID.withUTF8(EventIndex.key)
  }
}
