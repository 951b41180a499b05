/// A file of logs: where it lies, and the name that artifacts give it.
package struct LogFile: Hashable, Comparable, Sendable {
  /// The path to open.
  package let path: String
  /// The path from the input's root on: the same wherever the input lies.
  package let name: String
  /// Why it is not opened; `nil` for a file to read.
  let fault: InputFault?

  package init(path: String, name: String) { self.init(path: path, name: name, fault: nil) }

  init(path: String, name: String, fault: InputFault?) {
    self.path = path
    self.name = name
    self.fault = fault
  }

  package static func < (one: LogFile, other: LogFile) -> Bool {
    (one.name, one.path) < (other.name, other.path)
  }
}
