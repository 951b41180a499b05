#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The two streams of a command: results on stdout, diagnostics and progress on stderr.
package struct Console: Sendable {
  let tool: String

  init(tool: String) { self.tool = tool }

  /// Prints the result lines on stdout, with control characters made visible.
  ///
  /// It is no failure when the reader has seen enough and closes the pipe; it is one when the text can't be written
  /// whole.
  package func result(_ lines: [String]) throws(CommandError) {
    let text = lines.map(\.terminalSafe).joined(separator: "\n") + "\n"
    guard let reason = DescriptorWriting.writeAll(Array(text.utf8), to: STDOUT_FILENO),
      reason != String(cString: strerror(EPIPE))
    else { return }
    throw CommandError(
      .inputOutput, "the results can't be written (\(reason))",
      mend: "free some space, or send them somewhere else")
  }

  /// Prints a diagnostic on stderr, on one line whatever names it holds.
  package func note(_ line: String) {
    write("\(tool): \(line.terminalLine)\n", to: STDERR_FILENO)
  }

  /// Prints the error that ended the command.
  package func error(_ line: String) { note("error: \(line)") }

  /// Shows a line of progress that the next one replaces; silent unless stderr is a terminal.
  package func progress(_ line: String) {
    guard isatty(STDERR_FILENO) != 0 else { return }
    write("\r\u{1B}[K\(line.terminalSafe)", to: STDERR_FILENO)
  }

  /// Clears the line of progress.
  package func endProgress() {
    guard isatty(STDERR_FILENO) != 0 else { return }
    write("\r\u{1B}[K", to: STDERR_FILENO)
  }

  /// A failure is ignored: when the stream itself is broken, there is nobody left to tell.
  private func write(_ text: String, to descriptor: Int32) {
    _ = DescriptorWriting.writeAll(Array(text.utf8), to: descriptor)
  }
}

extension String {
  /// The text on one line, so that no name from a log can begin a line of its own.
  package var terminalLine: String {
    terminalSafe.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\u{a}")
  }

  /// The text with control and bidirectional characters spelled out, fit for a terminal.
  package var terminalSafe: String {
    guard unicodeScalars.contains(where: \.isUnsafeOnTerminal) else { return self }
    var safe = ""
    for scalar in unicodeScalars {
      if scalar.isUnsafeOnTerminal {
        safe += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }
}

extension Unicode.Scalar {
  var isUnsafeOnTerminal: Bool {
    switch value {
    case 0x0A: false
    case 0..<0x20, 0x7F: true
    default: isHidden
    }
  }
}
