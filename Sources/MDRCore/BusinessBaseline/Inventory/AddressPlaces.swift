/// Where public addresses are and who runs their networks, by a table that the customer got from a provider of such
/// data.
///
/// A place is a hint: tables age, and whoever rents an address chooses where. It is told beside a finding and decides nothing.
package struct AddressPlaces: Equatable, Sendable {
  /// A country by its two letters, a network's operator, or both.
  package struct Place: Hashable, Sendable {
    package var country: String?
    /// Such as `AS64500 Example`.
    package var network: String?
  }

  /// Addresses from the first to the last, as 128 bits in which IPv4 is `::ffff:0:0/96`.
  private struct Range: Equatable, Sendable {
    var first: (high: UInt64, low: UInt64)
    var last: (high: UInt64, low: UInt64)
    var place: UInt32

    static func == (one: Range, other: Range) -> Bool {
      one.first == other.first && one.last == other.last && one.place == other.place
    }
  }

  private var places: [Place] = []
  private var numbers: [Place: UInt32] = [:]
  /// Of countries and of networks, which come in tables of their own; each by its first address.
  private var byCountry: [Range] = []
  private var byNetwork: [Range] = []

  package var isEmpty: Bool { byCountry.isEmpty && byNetwork.isEmpty }

  /// Where an address is; `nil` where no table has it.
  package func place(of address: String) -> Place? {
    guard let block = AddressBlock(address) else { return nil }
    let point = (block.high, block.low)
    let place = Place(
      country: find(point, in: byCountry)?.country, network: find(point, in: byNetwork)?.network)
    return place.country == nil && place.network == nil ? nil : place
  }

  private func find(_ point: (UInt64, UInt64), in ranges: [Range]) -> Place? {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if point < ranges[middle].first { high = middle } else { low = middle + 1 }
    }
    guard low > 0, point <= ranges[low - 1].last else { return nil }
    return places[Int(ranges[low - 1].place)]
  }

  private mutating func add(_ place: Place, from first: (UInt64, UInt64), to last: (UInt64, UInt64)) {
    let number = numbers[place] ?? UInt32(places.count)
    if number == places.count {
      places.append(place)
      numbers[place] = number
    }
    let range = Range(first: first, last: last, place: number)
    if place.country != nil { byCountry.append(range) }
    if place.network != nil { byNetwork.append(range) }
  }

  /// Takes in a table; `false` where none of its columns is known.
  ///
  /// Rows that can't be read are passed over.
  /// A table has a header that names a block (`network`) or a first and a last address, and a country code, a network's
  /// number and name, or both; or it has no header and begins with a first address, a last address and a country code.
  mutating func add(table text: String) -> Bool {
    var columns: Columns?
    for line in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
    where line.first != UInt8(ascii: "#") {
      let cells = Self.cells(line)
      guard let known = columns else {
        guard let found = Columns(cells) else { return false }
        columns = found
        if found.isHeadless { add(cells, found) }
        continue
      }
      add(cells, known)
    }
    guard columns != nil else { return false }
    byCountry.sort { $0.first < $1.first }
    byNetwork.sort { $0.first < $1.first }
    return true
  }

  private mutating func add(_ cells: [String], _ columns: Columns) {
    func cell(_ column: Int?) -> String? {
      column.flatMap { $0 < cells.count && !cells[$0].isEmpty ? cells[$0] : nil }
    }
    let number = cell(columns.number).map { Int($0) == nil ? $0 : "AS\($0)" }
    let network = [number, cell(columns.name)].compactMap(\.self).joined(separator: " ")
    let country = cell(columns.country)?.uppercased()
    let place = Place(
      country: country.flatMap { $0.isCountry ? $0 : nil }, network: network.isEmpty ? nil : network)
    guard place.country != nil || place.network != nil, let first = cell(columns.first).flatMap(Self.block),
      let last = columns.last == nil ? first : cell(columns.last).flatMap(Self.block)
    else { return }
    add(place, from: (first.high, first.low), to: last.lastAddress)
  }

  /// A block, an address, or an IPv4 address as a whole number.
  private static func block(_ text: String) -> AddressBlock? {
    if let number = UInt32(text) {
      return AddressBlock("\(number >> 24).\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)")
    }
    return AddressBlock(text)
  }

  /// The cells of a line, without the quotes around them.
  private static func cells(_ line: Substring.UTF8View.SubSequence) -> [String] {
    var cells: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    for byte in line {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted, UInt8(ascii: "\t") where !isQuoted:
        cells.append(String(decoding: cell, as: UTF8.self))
        cell.removeAll(keepingCapacity: true)
      default: cell.append(byte)
      }
    }
    return cells + [String(decoding: cell, as: UTF8.self)]
  }

  /// Which cell is what.
  private struct Columns {
    var first: Int
    var last: Int?
    var country: Int?
    var number: Int?
    var name: Int?
    var isHeadless = false

    init?(_ cells: [String]) {
      let names = cells.map { $0.lowercased() }
      func index(_ known: String...) -> Int? { names.firstIndex(where: known.contains) }
      if cells.count >= 3, AddressPlaces.block(cells[0]) != nil, AddressPlaces.block(cells[1]) != nil,
        cells[2].isCountry
      {
        (first, last, country, isHeadless) = (0, 1, 2, true)
        return
      }
      country = index("country_code", "country_iso_code", "country")
      number = index("asn", "autonomous_system_number", "as_number")
      name = index("as_name", "autonomous_system_organization", "as_organization")
      guard country != nil || number != nil || name != nil else { return nil }
      if let network = index("network", "cidr", "prefix") {
        first = network
      } else if let from = index("start_ip", "ip_start", "ip_from", "range_start"),
        let to = index("end_ip", "ip_end", "ip_to", "range_end")
      {
        (first, last) = (from, to)
      } else {
        return nil
      }
    }
  }
}

extension String {
  /// Two letters.
  fileprivate var isCountry: Bool {
    utf8.count == 2 && utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
  }
}

extension AddressBlock {
  /// The last address of the block.
  var lastAddress: (UInt64, UInt64) {
    func filled(_ bits: UInt64, _ count: Int) -> UInt64 {
      count >= 64 ? bits : bits | .max >> UInt64(max(0, count))
    }
    return (filled(high, length), filled(low, length - 64))
  }
}
