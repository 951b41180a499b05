/// Numbers for accounts and regions, and for the places that they make; one for each thread.
struct LinePlaces {
  /// The places in the order of their numbers.
  private(set) var places: [LineBatch.Place] = []
  private var names: [String] = []
  private var numbers: [String: Int] = [:]
  private var placeNumbers: [UInt64: Int] = [:]
  private var last = (key: UInt64.max, number: 0)

  /// The number of an account's or region's name.
  mutating func name(_ name: String) -> Int {
    if let known = numbers[name] { return known }
    numbers[name] = names.count
    names.append(name)
    return names.count - 1
  }

  /// The name with a number.
  func text(_ number: Int) -> String { names[number] }

  /// The number of a place whose names have numbers.
  @inline(__always)
  mutating func number(account: Int, region: Int) -> Int {
    let key = UInt64(account) << 32 | UInt64(region)
    if key == last.key { return last.number }
    last = (key, placeNumbers[key] ?? add(key, account, region))
    return last.number
  }

  private mutating func add(_ key: UInt64, _ account: Int, _ region: Int) -> Int {
    placeNumbers[key] = places.count
    places.append(LineBatch.Place(account: names[account], region: names[region]))
    return places.count - 1
  }
}
