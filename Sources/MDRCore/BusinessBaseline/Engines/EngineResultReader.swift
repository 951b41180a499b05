import Foundation

/// Reads an engine's result: JSON lines, CSV or tab-separated text with a header, in one file or a folder of parts.
struct EngineResultReader {
  let path: String

  /// Calls back with each row's cells by column, and where it stands; cells without a value are left out.
  func forEachRow(_ body: ([String: String], _ place: String) throws -> Void) throws {
    for file in try files() {
      guard let data = try? Data(contentsOf: URL(fileURLWithPath: file), options: .alwaysMapped) else {
        throw CommandError(
          .noSuchInput, "\(file) can't be read", mend: "check the path given to --engine-result")
      }
      let name = (file as NSString).lastPathComponent
      let isLines = data.first == UInt8(ascii: "{")
      if isLines {
        try lines(of: data, named: name, body)
      } else {
        try table(data, named: name, body)
      }
    }
  }

  private func files() throws(CommandError) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw CommandError(
        .noSuchInput, "\(path) does not exist", mend: "check the path given to --engine-result")
    }
    guard isFolder.boolValue else { return [path] }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw CommandError(
        .noSuchInput, "\(path) can't be read", mend: "check the path given to --engine-result")
    }
    return names.filter { !$0.hasPrefix(".") && !$0.hasPrefix("_") }.sorted().map { path + "/" + $0 }
  }

  private func lines(
    of data: Data, named name: String, _ body: ([String: String], String) throws -> Void
  ) throws {
    var number = 0
    var start = data.startIndex
    while start < data.endIndex {
      let end = data[start...].firstIndex(of: 0x0A) ?? data.endIndex
      number += 1
      let line = data[start..<end]
      start = end < data.endIndex ? end + 1 : end
      guard !line.isEmpty else { continue }
      let place = "\(name), line \(number)"
      guard let value = try? JSONValue(parsing: Array(line)), case .object(let members) = value else {
        throw CommandError(.noUsableInput, "\(place), is no JSON object", mend: "run the query again")
      }
      try body(members.compactMapValues(\.cell), place)
    }
  }

  private func table(
    _ data: Data, named name: String, _ body: ([String: String], String) throws -> Void
  ) throws {
    let headerEnd = data.firstIndex(of: 0x0A) ?? data.endIndex
    let isTabbed = data[..<headerEnd].contains(0x09)
    var columns: [String]?
    var number = 0
    try data.withUnsafeBytes { bytes in
      var rows = DelimitedRows(bytes, separator: isTabbed ? 0x09 : UInt8(ascii: ","), isTabbed: isTabbed)
      while let row = rows.next() {
        number += 1
        guard let columns else {
          columns = row
          guard row.contains("n"), row.contains("event_name") else {
            throw CommandError(
              .noUsableInput, "\(name) has no header with the query's columns",
              mend: "export the result with its column names")
          }
          continue
        }
        // What was cut within the last cell of a row has all its cells.
        guard !rows.endsWithinQuotes else {
          throw CommandError(
            .noUsableInput, "\(name) ends within a quoted cell", mend: "export the result again, whole")
        }
        guard row.count == columns.count else {
          throw CommandError(
            .noUsableInput,
            "\(name), row \(number), has \(row.count.of("cell")) for \(columns.count.of("column"))",
            mend: "export the result again, whole")
        }
        try body(
          Dictionary(zip(columns, row).filter { !$1.isEmpty && $1 != "\\N" }, uniquingKeysWith: { $1 }),
          "\(name), row \(number)")
      }
    }
  }
}

/// Rows of quoted CSV, or of tab-separated text with backslash escapes.
private struct DelimitedRows {
  private let bytes: UnsafeRawBufferPointer
  private let separator: UInt8
  private let isTabbed: Bool
  private var position = 0
  /// Whether the quote that opened the last cell was never closed.
  private(set) var endsWithinQuotes = false

  init(_ bytes: UnsafeRawBufferPointer, separator: UInt8, isTabbed: Bool) {
    self.bytes = bytes
    self.separator = separator
    self.isTabbed = isTabbed
  }

  mutating func next() -> [String]? {
    guard position < bytes.count else { return nil }
    var cells: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if isQuoted {
        if byte != UInt8(ascii: "\"") {
          cell.append(byte)
        } else if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
          cell.append(byte)
          position += 1
        } else {
          isQuoted = false
        }
      } else if byte == UInt8(ascii: "\""), cell.isEmpty, !isTabbed {
        isQuoted = true
      } else if byte == separator || byte == 0x0A {
        cells.append(String(decoding: cell, as: UTF8.self))
        cell.removeAll(keepingCapacity: true)
        if byte == 0x0A { return cells }
      } else if byte == 0x0D, position < bytes.count, bytes[position] == 0x0A {
        continue
      } else if byte == UInt8(ascii: "\\"), isTabbed, position < bytes.count {
        cell += Self.unescaped(bytes[position])
        position += 1
      } else {
        cell.append(byte)
      }
    }
    endsWithinQuotes = isQuoted
    return cells + [String(decoding: cell, as: UTF8.self)]
  }

  private static func unescaped(_ byte: UInt8) -> [UInt8] {
    switch byte {
    case UInt8(ascii: "t"): [0x09]
    case UInt8(ascii: "n"): [0x0A]
    case UInt8(ascii: "r"): [0x0D]
    case UInt8(ascii: "N"): Array("\\N".utf8)
    default: [byte]
    }
  }
}

extension JSONValue {
  /// A scalar as the text of a cell.
  fileprivate var cell: String? {
    switch self {
    case .string(let text): text.isEmpty ? nil : text
    case .number(let number): String(number)
    case .bool(let flag): flag ? "true" : "false"
    default: nil
    }
  }
}
