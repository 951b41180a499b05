import Foundation

extension InputAccounting {
  /// Faults that are listed one by one; of more, each account and region keeps its first.
  private static let listedFaults = 20
  private static let listedPlaces = 500
  /// Caveats that are taken over from one earlier step.
  private static let inheritedLimit = 500
  private static let more = "more files could not be read whole"

  /// The faults as caveats.
  ///
  /// What a later step makes of them depends on their account and region, so each of these keeps at least one.
  var faultCaveats: [String] {
    let texts = faults.map(\.text)
    guard texts.count > Self.listedFaults else { return texts }
    var places: Set<String> = []
    var listed: [String] = []
    for text in texts {
      let place = CollectionGap(caveat: text)?.place
      let isNew = place.map { places.count < Self.listedPlaces && places.insert($0).inserted } ?? false
      if isNew || (place == nil && listed.count < Self.listedFaults) { listed.append(text) }
    }
    return texts.count > listed.count ? listed + ["\(texts.count - listed.count) \(Self.more)"] : listed
  }

  /// What of the logs is missing, with whose events.
  package var gaps: [CollectionGap] {
    (faults.map(\.text) + inherited).compactMap(CollectionGap.init(caveat:))
  }

  /// What every finding has to say of the input it rests on.
  package var gapCaveats: [String] {
    var parts: [String] = []
    if !faults.isEmpty { parts.append("\(faults.count.of("file")) not read whole") }
    let queries = gaps.count { !$0.isDelivery }
    if queries > 0 { parts.append("\(queries.of("caveat")) of the collection by event name") }
    let setAside = rejects + inheritedRejects
    if setAside > 0 { parts.append("\(setAside.of("record")) set aside") }
    return parts.isEmpty ? [] : ["The collection has gaps: \(parts.joined(separator: ", "))."]
  }

  /// Takes over what the steps before say is missing: what they lack is lacking here too.
  ///
  /// Read are `observations.json` beside observations and `collection.json` of lookup-collector beside its events.
  mutating func inherit(from inputs: [ObservationInput]) {
    var asked: [Set<String>?] = []
    for input in inputs {
      var events: Set<String>?
      let (documents, damaged) = Self.documents(beside: input)
      faults += damaged.filter { !faults.contains($0) }
      for document in documents {
        for caveat in inherit(document) {
          if case .onlyAsked(let names)? = CollectionGap(caveat: caveat)?.scope {
            events = (events ?? []).union(names)
          } else if !inherited.contains(caveat) {
            inherited.append(caveat)
          }
        }
      }
      asked.append(events)
    }
    // Where one input has every event, no name is missing for want of asking.
    if !asked.isEmpty, !asked.contains(nil) {
      inherited.append(CollectionGap.onlyAsked(asked.compactMap(\.self).joined()))
    }
  }

  /// Notes what `observations.json` counts and `observations.jsonl` beside it no longer holds, as after a copy that was
  /// cut short: the lines that are left look whole.
  mutating func noteLostLines(of inputs: [ObservationInput]) {
    var counted: [String: Int] = [:]
    for input in inputs {
      guard case .observations(let path) = input else { return }
      guard let file = try? LogFile(observations: path), file.name == NormalizeCommand.observationsName
      else { continue }
      let name = URL(fileURLWithPath: file.path).standardizedFileURL.path
      counted[name] = Self.documents(beside: input).whole.first?["observations"]?.int
    }
    let expected = counted.values.reduce(0, +)
    guard records < expected else { return }
    faults.append(
      FileFault(
        file: NormalizeCommand.observationsName,
        reason:
          "it holds \(records.of("line")) where observations.json counts \(expected): run normalize-observations again"
      ))
  }

  /// Takes over a document's faults and rejects; gives its other caveats.
  private mutating func inherit(_ document: JSONValue) -> [String] {
    var caveats = Array((document["caveats"]?.strings ?? []).prefix(Self.inheritedLimit))
    if document["schema"]?.string == "mdr-rainer/collection/1" {
      return caveats + [CollectionGap.onlyAsked(document["event_names"]?.strings ?? [])]
    }
    let known = Set(faults.map(\.text))
    let added = (document["file_faults"]?.elements ?? []).compactMap { fault -> FileFault? in
      guard let file = fault["file"]?.string, let reason = fault["reason"]?.string else { return nil }
      return FileFault(file: file, reason: reason)
    }
    faults += added.filter { !known.contains($0.text) }
    inheritedRejects += document["rejects"]?.int ?? 0
    let told = Set(added.map(\.text))
    // Observations without a time or with another's id are counted anew.
    caveats.removeAll {
      told.contains($0) || $0.hasSuffix(Self.more) || $0.hasSuffix(Self.withoutTime)
        || $0.hasSuffix(Self.withSharedID)
    }
    return caveats
  }

  /// What earlier steps wrote beside an input; one that can't be read may have named any gap, and is one itself.
  private static func documents(
    beside input: ObservationInput
  ) -> (whole: [JSONValue], damaged: [FileFault]) {
    let paths: [String]
    switch input {
    case .observations(let path):
      let folder =
        path.hasSuffix(".jsonl") ? URL(fileURLWithPath: path).deletingLastPathComponent().path : path
      paths = [folder + "/observations.json"]
    case .logs(let path):
      let folder = (path as NSString).lastPathComponent == "events" ? path + "/.." : path
      paths = [folder + "/collection.json", folder + "/lookup-collector/collection.json"]
    }
    let schemas = ["mdr-rainer/observations/1", "mdr-rainer/collection/1"]
    var (whole, damaged): ([JSONValue], [FileFault]) = ([], [])
    for path in paths {
      guard let data = FileManager.default.contents(atPath: path) else { continue }
      guard let value = try? JSONValue(parsing: Array(data)) else {
        damaged.append(
          FileFault(
            file: (path as NSString).lastPathComponent,
            reason: "it is no JSON, so that what it says is missing isn't known"))
        continue
      }
      if schemas.contains(value["schema"]?.string ?? "") { whole.append(value) }
    }
    return (whole, damaged)
  }
}

extension InputAccounting.FileFault {
  /// The fault as a caveat.
  var text: String { "\(file): \(reason)" }
}
