/// Members whose names are paths, put back where the paths lead: `requestParameters.userName`, as Splunk and CloudWatch
/// Logs Insights name the fields of an event.
///
/// A part with `{}` behind it is a list in Splunk, and so are parts that count from 0 in Insights. Of several lists'
/// values those at one place belong together.
final class FlatMembers {
  /// Parts of a path and elements of a list that are followed: names are the log's to choose.
  private static let limit = 256

  private enum Node {
    case value(JSONValue)
    case object(Branch)
  }

  /// What stands below a path; shared, so that one more member doesn't copy those before it.
  private final class Branch {
    var members: [String: Node] = [:]
  }

  private let root = Branch()

  /// Adds a value at a path; of two at one place the first counts.
  func add(_ path: [String], _ value: JSONValue) {
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
    for (place, value) in zip(places, values) { set(place, value) }
  }

  private func set(_ path: [String], _ value: JSONValue) {
    guard let last = path.last else { return }
    var branch = root
    for key in path.dropLast() {
      switch branch.members[key] {
      case .object(let known): branch = known
      case .value: return
      case nil:
        let new = Branch()
        branch.members[key] = .object(new)
        branch = new
      }
    }
    if branch.members[last] == nil { branch.members[last] = .value(value) }
  }

  /// What stands under a name, as an object or a list.
  func value(_ name: String) -> JSONValue? { root.members[name].map(Self.value) }

  private static func value(_ node: Node) -> JSONValue {
    let members: [String: Node]
    switch node {
    case .value(let value): return value
    case .object(let branch): members = branch.members
    }
    let elements = (0..<members.count).map { members["\($0)"] }
    guard !elements.contains(where: { $0 == nil }) else { return .object(members.mapValues(value)) }
    return .array(elements.compactMap { $0.map(value) })
  }
}
