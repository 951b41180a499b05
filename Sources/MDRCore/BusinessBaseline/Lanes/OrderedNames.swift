/// The names of all threads, with their order and their bytes.
struct OrderedNames: Sendable {
  private let table: StringTable
  private let bytes: NameBytes
  private let ranks: NameRanks

  init(_ table: StringTable, jobs: Int = 1) {
    self.table = table
    bytes = NameBytes(table)
    ranks = NameRanks(table, bytes: bytes, jobs: jobs)
  }

  /// Lends the names for as long as the call takes.
  func withView<Result>(_ body: (NamesView) -> Result) -> Result {
    table.strings.withUnsafeBufferPointer { strings in
      ranks.withUnsafeBufferPointer { ranks in
        bytes.withView { body(NamesView(strings: strings, ranks: ranks, bytes: $0)) }
      }
    }
  }
}

/// Lent names, good within `withView` alone: threads that read them count no references but those to the texts that
/// they take.
struct NamesView: @unchecked Sendable {
  fileprivate let strings: UnsafeBufferPointer<String>
  fileprivate let ranks: UnsafeBufferPointer<UInt32>
  let bytes: NameBytes.View

  subscript(number: NameNumber) -> String {
    @inline(__always) get { strings[Int(number)] }
  }

  /// Where a name stands among all, in order.
  @inline(__always)
  func rank(_ number: NameNumber) -> UInt32 { ranks[Int(number)] }
}
