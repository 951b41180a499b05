/// The names of all threads, with their order and their bytes.
struct OrderedNames: Sendable {
  private let table: StringTable
  let bytes: NameBytes
  let ranks: NameRanks

  init(_ table: StringTable, jobs: Int = 1) {
    self.table = table
    bytes = NameBytes(table)
    ranks = NameRanks(table, bytes: bytes, jobs: jobs)
  }

  subscript(number: NameNumber) -> String {
    @inline(__always) get { table[number] }
  }
}
