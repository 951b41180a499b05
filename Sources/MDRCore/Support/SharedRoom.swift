/// Room for results that several threads put in place themselves.
///
/// Each place is filled once, by one thread, while the room is there and nobody reads it.
struct SharedRoom<Value>: @unchecked Sendable {
  private let room: UnsafeMutableBufferPointer<Value>

  init(_ room: UnsafeMutableBufferPointer<Value>) { self.room = room }

  @inline(__always)
  func put(_ value: consuming Value, at place: Int) { room.initializeElement(at: place, to: value) }
}
