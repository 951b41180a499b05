/// A mistake in a logic expression: where it is, what is wrong, and how to mend it.
package struct LogicError: Error, Equatable, CustomStringConvertible, Sendable {
  /// Counted from 1.
  package var line: Int
  /// Counted from 1.
  package var column: Int
  package var reason: String
  package var mend: String

  package init(line: Int, column: Int, reason: String, mend: String) {
    self.line = line
    self.column = column
    self.reason = reason
    self.mend = mend
  }

  package var description: String { "line \(line), column \(column): \(reason): \(mend)" }

  /// The same mistake in a file in which the expression starts further down.
  package func shifted(by lines: Int) -> LogicError {
    LogicError(line: line + lines, column: column, reason: reason, mend: mend)
  }
}
