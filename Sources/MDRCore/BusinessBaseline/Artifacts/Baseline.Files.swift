import Foundation

extension Baseline {
  /// The head of the baseline, which is written last and names what belongs to it.
  package static let headerName = "lanes.json"
  /// The lanes, one on each line.
  package static let lanesName = "lanes.jsonl"

  /// The actors of each account, one on each line.
  package static let actorsName = "actors.jsonl"

  /// The page for people.
  package static let documentName = "baseline.md"

  /// Writes the machine files and the page for people.
  ///
  /// All files are written in full before the first takes its place, and the head carries the digest of the
  /// lanes, so that a head and lanes of two runs are never read as one.
  package func write(to folder: ArtifactFolder, operatingModel: Document) throws(CommandError) {
    let lines = laneLines
    var head = header
    head["lanes_sha256"] = .string(lines.withUnsafeBytes { SHA256Digest.hex($0) })
    let files = [
      (Self.documentName, Array(operatingModel.rendered.utf8)), (Self.actorsName, actorLines),
      (Self.lanesName, lines),
      (Self.headerName, Array(head.prettyText.utf8)),
    ]
    var streams: [ArtifactStream] = []
    for (name, bytes) in files {
      let stream = try folder.stream(name)
      try stream.append(bytes)
      streams.append(stream)
    }
    for stream in streams { try stream.commit() }
  }

  /// The bytes of `lanes.jsonl`.
  var laneLines: [UInt8] {
    var output = JSONOutput(reserving: lanes.count * 900)
    for lane in lanes {
      output.append(lane.json)
      output.append(raw: "\n")
    }
    return output.bytes
  }

  /// The bytes of `actors.jsonl`.
  private var actorLines: [UInt8] {
    var output = JSONOutput()
    for actor in actors {
      output.append(actor.json)
      output.append(raw: "\n")
    }
    return output.bytes
  }

  /// Reads a baseline back from the folder that it was written to.
  package static func load(_ folder: String) throws(CommandError) -> Baseline {
    let mend = "build the baseline again with business-baseline build"
    let head = try bytes(of: folder + "/" + headerName)
    let lines = try bytes(of: folder + "/" + lanesName)
    guard let header = try? JSONValue(parsing: head) else {
      throw CommandError(.noUsableInput, "\(folder)/\(headerName) is no JSON", mend: mend)
    }
    guard header["schema_version"]?.int == schemaVersion else {
      throw CommandError(
        .noUsableInput, "\(folder)/\(headerName) has another schema than \(schemaVersion)", mend: mend)
    }
    guard header["lanes_sha256"]?.string == lines.withUnsafeBytes({ SHA256Digest.hex($0) }) else {
      throw CommandError(
        .noUsableInput, "\(folder)/\(lanesName) is not what \(headerName) was written for", mend: mend)
    }
    var lanes: [Lane] = []
    for (index, line) in lines.split(separator: 0x0A).enumerated() {
      guard let lane = (try? JSONValue(parsing: Array(line))).flatMap(Lane.init(json:)) else {
        throw CommandError(
          .noUsableInput, "\(folder)/\(lanesName), line \(index + 1), is no lane", mend: mend)
      }
      lanes.append(lane)
    }
    guard let baseline = Baseline(header: header, lanes: lanes) else {
      throw CommandError(.noUsableInput, "\(folder)/\(headerName) lacks what a baseline needs", mend: mend)
    }
    return baseline
  }

  private static func bytes(of path: String) throws(CommandError) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandError(
        .noSuchInput, "\(path) can't be read",
        mend: "name the folder that business-baseline build wrote")
    }
    return Array(data)
  }
}
