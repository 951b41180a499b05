/// What a process keeps until it ends.
enum ProcessLife {
  private final class Kept<Value: Sendable>: Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
  }

  /// Never gives back what a value holds: the process ends next, and taking apart half a million lanes first would
  /// only cost time.
  static func keep(_ value: some Sendable) { _ = Unmanaged.passRetained(Kept(value)) }
}
