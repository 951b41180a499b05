/// The names of all threads, with their order and their bytes.
struct OrderedNames: Sendable {
  let names: LaneNames
  private let ranks: NameRanks
  private let table: StringTable

  init(_ table: StringTable, jobs: Int = 1) {
    self.table = table
    names = LaneNames(table.strings)
    ranks = NameRanks(table, bytes: names.bytes, jobs: jobs)
  }

  /// Lends the names for as long as the call takes.
  func withView<Result>(_ body: (NamesView) -> Result) -> Result {
    names.strings.withUnsafeBufferPointer { strings in
      ranks.withUnsafeBufferPointer { ranks in
        names.bytes.withView {
          body(NamesView(names: names, table: table, strings: strings, ranks: ranks, bytes: $0))
        }
      }
    }
  }
}

/// Lent names, good within `withView` alone: threads that read them count no references but those to the texts that
/// they take.
struct NamesView: @unchecked Sendable {
  /// The names themselves, for what outlives this.
  let names: LaneNames
  fileprivate let table: StringTable
  fileprivate let strings: UnsafeBufferPointer<String>
  fileprivate let ranks: UnsafeBufferPointer<UInt32>
  let bytes: NameBytes.View

  subscript(number: NameNumber) -> String {
    @inline(__always) get { strings[Int(number)] }
  }

  /// The number of a name, where it has one.
  func number(of name: String) -> NameNumber? { table.number(of: name) }

  /// Where a name stands among all, in order.
  @inline(__always)
  func rank(_ number: NameNumber) -> UInt32 { ranks[Int(number)] }
}
