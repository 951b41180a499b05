/// Members whose names are paths, put back where the paths lead: `requestParameters.userName`, as Splunk and CloudWatch
/// Logs Insights name the fields of an event.
///
/// A part with `{}` behind it is a list in Splunk, and so are parts that count from 0 in Insights. Of several lists'
/// values those at one place belong together.
struct FlatMembers {
  /// Parts of a path and elements of a list that are followed: names are the log's to choose.
  private static let limit = 256

  private indirect enum Node {
    case value(JSONValue)
    case object([String: Node])
  }

  private var root: [String: Node] = [:]

  /// Adds a value at a path; of two at one place the first counts.
  mutating func add(_ path: [String], _ value: JSONValue) {
    var places: [[String]] = [[]]
    var values = [value]
    for part in path {
      guard part.hasSuffix("{}") else {
        for index in places.indices { places[index].append(part) }
        continue
      }
      let name = String(part.dropLast(2))
      if values.count == 1, case .array(let elements) = values[0], elements.count <= Self.limit {
        let place = places[0]
        values = elements
        places = elements.indices.map { place + [name, "\($0)"] }
      } else {
        // A list within the list: its elements can't be told apart.
        for index in places.indices { places[index] += [name, "0"] }
      }
    }
    for (place, value) in zip(places, values) { Self.set(place[...], value, in: &root) }
  }

  private static func set(_ path: ArraySlice<String>, _ value: JSONValue, in members: inout [String: Node]) {
    guard let key = path.first else { return }
    guard path.count > 1 else {
      if members[key] == nil { members[key] = .value(value) }
      return
    }
    var below: [String: Node] = [:]
    switch members[key] {
    case .object(let known): below = known
    case .value: return
    case nil: break
    }
    set(path.dropFirst(), value, in: &below)
    members[key] = .object(below)
  }

  /// What stands under a name, as an object or a list.
  func value(_ name: String) -> JSONValue? { root[name].map(Self.value) }

  private static func value(_ node: Node) -> JSONValue {
    guard case .object(let members) = node else {
      if case .value(let value) = node { return value }
      return .null
    }
    let elements = (0..<members.count).map { members["\($0)"] }
    guard !elements.contains(where: { $0 == nil }) else { return .object(members.mapValues(value)) }
    return .array(elements.compactMap { $0.map(value) })
  }
}
