import Foundation

/// What a baseline keeps so that it can be brought up to date without its logs: the facts of each day.
struct BaselineState: Equatable, Sendable {
  /// The version of `state.json` and the day files.
  static let schemaVersion = 1
  static let folderName = "state"
  static let fileName = "state.json"

  /// By day, oldest first.
  var days: [DayFile]
  /// The days that the baseline spans at most; `nil` when nothing ages out.
  var windowDays: Int?
  /// A digest of the inventory's files, or `nil` when the baseline was built without one.
  var inventory: String?
  /// What was amiss with the inputs so far.
  var caveats: [String]

  /// Reads the state of a baseline's folder, or `nil` when it keeps none.
  static func load(_ baseline: String) throws(CommandError) -> BaselineState? {
    let path = baseline + "/" + folderName + "/" + fileName
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    guard let json = try? JSONValue(parsing: Array(data)), let state = BaselineState(json: json) else {
      throw CommandError(
        .noUsableInput, "\(path) is no state of version \(schemaVersion)",
        mend: "build the baseline again with business-baseline build")
    }
    return state
  }

  /// Writes `state.json` into a state folder.
  func write(to folder: ArtifactFolder) throws(CommandError) {
    try folder.write(Self.fileName, json.prettyText)
  }

  private var json: JSONValue {
    var value: JSONValue = [
      "schema_version": .number(Self.schemaVersion),
      "days": .array(
        days.map { file in
          [
            "day": .string(Timestamp.startOfDay(file.day).date), "observations": .number(file.observations),
            "sha256": .string(file.sha256),
          ]
        }),
      "caveats": JSONValue(caveats),
    ]
    if let windowDays { value["window_days"] = .number(windowDays) }
    if let inventory { value["inventory_sha256"] = .string(inventory) }
    return value
  }

  private init?(json: JSONValue) {
    guard json["schema_version"]?.int == Self.schemaVersion else { return nil }
    var days: [DayFile] = []
    for entry in json["days"]?.elements ?? [] {
      guard let day = entry["day"]?.time?.day, let count = entry["observations"]?.int,
        let sha256 = entry["sha256"]?.string
      else { return nil }
      days.append(DayFile(day: day, observations: count, sha256: sha256))
    }
    self.init(
      days: days, windowDays: json["window_days"]?.int, inventory: json["inventory_sha256"]?.string,
      caveats: json["caveats"]?.strings ?? [])
  }

  init(days: [DayFile], windowDays: Int? = nil, inventory: String? = nil, caveats: [String] = []) {
    self.days = days
    self.windowDays = windowDays
    self.inventory = inventory
    self.caveats = caveats
  }
}
