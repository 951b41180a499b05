/// An event's id and what it stands for: a record with both is the same event, delivered again.
///
/// CloudTrail gives an id to one call. Where logs have it for several, or for one that is critical only in some of them,
/// each counts: otherwise whoever can write into the logs, or an export that leaves parameters out, hides a critical
/// outcome behind something harmless.
struct EventKey: Hashable, Sendable {
  var id: EventDigest
  var call: CallMark
}

extension EventKey {
  init(_ observation: Observation) {
    id = EventDigest(observation.eventID)
    call = CallMark(observation)
  }
}

/// Which call an event is and of which classes its critical outcomes are, in four bytes.
///
/// Of a call no more than its source and name, which every export of an event has. The digest is of this process only,
/// so that no name can be chosen that passes for another.
struct CallMark: Hashable, Sendable {
  private(set) var value: UInt32

  init(eventSource: UnsafeBufferPointer<UInt8>, eventName: UnsafeBufferPointer<UInt8>) {
    var hasher = Hasher()
    hasher.combine(eventSource.count)
    hasher.combine(bytes: UnsafeRawBufferPointer(eventSource))
    hasher.combine(bytes: UnsafeRawBufferPointer(eventName))
    value = UInt32(truncatingIfNeeded: hasher.finalize())
  }

  init(eventSource: String, eventName: String) {
    var (eventSource, eventName) = (eventSource, eventName)
    self = eventSource.withUTF8 { source in
      eventName.withUTF8 { CallMark(eventSource: source, eventName: $0) }
    }
  }

  init(_ observation: Observation) {
    self.init(eventSource: observation.eventSource, eventName: observation.eventName)
    add(OverrideClasses(observation.overrides.lazy.map(\.overrideClass)))
  }

  /// Adds the classes of the call's critical outcomes.
  @inline(__always)
  mutating func add(_ classes: OverrideClasses) { value ^= UInt32(classes.bits) }

  func adding(_ classes: OverrideClasses) -> CallMark {
    var mark = self
    mark.add(classes)
    return mark
  }
}
