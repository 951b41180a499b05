/// The resources of one account that an inventory names, by kind.
package struct ResourceFootprint: Equatable, Sendable {
  /// By kind; each resource by region and name, so that two lists that name it count it once.
  private(set) var names: [String: Set<String>] = [:]
  /// By kind and region, where only a count is known.
  private(set) var counts: [String: [String: Int]] = [:]

  mutating func add(_ kind: String, name: String, region: String?) {
    names[kind, default: []].insert((region ?? "") + "/" + name)
  }

  mutating func add(_ kind: String, count: Int, region: String?) {
    let known = counts[kind]?[region ?? ""] ?? 0
    counts[kind, default: [:]][region ?? ""] = max(known, count)
  }

  /// Resources by kind: those named, or the count where it is higher.
  package var totals: [String: Int] {
    var totals = names.mapValues(\.count)
    for (kind, regions) in counts {
      totals[kind] = max(totals[kind] ?? 0, regions.values.reduce(0, +))
    }
    return totals.filter { $0.value > 0 }
  }
}

extension Inventory {
  /// Takes in lists of resources: of one service, of tags, of AWS Config or of Resource Explorer.
  mutating func addResources(_ document: JSONValue, at place: InventoryPlace, kinds: ResourceKinds) -> Bool {
    var isKnown = false
    for kind in kinds.kinds where !kind.document.isEmpty {
      guard case .array(let list) = document[kind.document] else { continue }
      isKnown = true
      for item in list {
        guard let text = item.string ?? item[kind.identifier]?.string else { continue }
        addResource(text, kind: kind.name, at: place, kinds: kinds)
      }
    }
    let mappings = document["ResourceTagMappingList"]?.elements.map { $0["ResourceARN"]?.string }
    let found = document["Resources"]?.elements.map { $0["Arn"]?.string }
    if let arns = mappings ?? found {
      isKnown = true
      for arn in arns.compactMap({ $0 }) { addResource(arn, kind: nil, at: place, kinds: kinds) }
    }
    if case .array(let list) = document["resourceCounts"] {
      isKnown = true
      for item in list {
        guard let type = item["resourceType"]?.string, let count = item["count"]?.int,
          let account = place.account, let kind = kinds.kinds.first(where: { $0.configType == type })
        else { continue }
        footprints[account, default: ResourceFootprint()].add(kind.name, count: count, region: place.region)
      }
    }
    return isKnown
  }

  /// Adds a resource by its ARN, or by its name where the list says what it is.
  private mutating func addResource(
    _ text: String, kind: String?, at place: InventoryPlace, kinds: ResourceKinds
  ) {
    let parts = ResourceKinds.parts(of: text)
    let place = place.place(ofARN: parts)
    guard let account = place.account else { return }
    if let found = kinds.kind(ofARN: parts) {
      // A bucket has no region in its ARN, nor in the list of buckets.
      let region = parts[3].isEmpty ? nil : place.region
      footprints[account, default: ResourceFootprint()].add(found.kind.name, name: found.name, region: region)
    } else if let kind, parts.isEmpty {
      footprints[account, default: ResourceFootprint()].add(
        kind, name: text, region: kind == "S3 bucket" ? nil : place.region)
    }
  }
}
