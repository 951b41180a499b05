import Foundation

extension Baseline {
  /// The head of the baseline, which is written last and names what belongs to it.
  package static let headerName = "lanes.json"
  /// The lanes, one on each line.
  package static let lanesName = "lanes.jsonl"

  /// The actors of each account, one on each line.
  package static let actorsName = "actors.jsonl"

  /// The recurring sequences, one on each line.
  package static let sequencesName = "sequences.jsonl"

  /// The page for people.
  package static let documentName = "baseline.md"

  /// Writes the machine files and the page for people.
  ///
  /// All files are written in full before the first takes its place, and the head carries the digest of the
  /// lanes, so that a head and lanes of two runs are never read as one.
  func write(
    to folder: ArtifactFolder, operatingModel: OperatingModel, jobs: Int = 1
  ) throws(CommandError) {
    let sequenceLines = Self.lines(sequences.map(\.json))
    let laneStream = try folder.stream(Self.lanesName)
    let actorStream = try folder.stream(Self.actorsName)
    var streams = [laneStream, actorStream, try folder.stream(Self.sequencesName, holding: sequenceLines)]
    var digest = SHA256Stream()
    let pieces = lanePieces
    let actors = operatingModel.sum.actors
    let parts =
      stride(from: 0, to: actors.count, by: Self.actorsAtOnce).map { start in
        Part.actors(start..<min(start + Self.actorsAtOnce, actors.count))
      } + pieces.map(Part.lanes)
    // The page takes as long as the lanes and goes into a file of its own.
    let people = ConcurrentResult(jobs: jobs) {
      (page: operatingModel.document.bytes(jobs: jobs), head: header(operatingModel.sum))
    }
    // Appending takes as long as making the lines, so workers run ahead rather than wait for it.
    try OrderedWorkers<Part, [UInt8]>(jobs: jobs, ahead: 4).run(parts, context: {}) { part, _, emit in
      switch part {
      case .actors(let range): _ = emit(Self.lines(actors[range]))
      case .lanes(let range): _ = emit(laneLines(range))
      }
    } consume: { number, bytes throws(CommandError) in
      switch parts[number] {
      case .actors: try actorStream.append(bytes)
      case .lanes:
        digest.append(bytes)
        try laneStream.append(bytes)
      }
    }
    streams.append(try folder.stream(Self.documentName, holding: people.value.page))
    var head = people.value.head
    head["lanes_sha256"] = .string(digest.hex)
    head["sequences_sha256"] = .string(sequenceLines.withUnsafeBytes { SHA256Digest.hex($0) })
    streams.append(try folder.stream(Self.headerName, holding: Array(head.prettyText.utf8)))
    for stream in streams { try stream.finish() }
    for stream in streams { try stream.commit() }
  }

  /// What one thread makes of the files.
  private enum Part {
    case actors(Range<Int>)
    case lanes(Range<Int>)
  }

  /// Actors whose lines are made at once.
  private static let actorsAtOnce = 512

  /// Room for an ordinary line in bytes, on the generous side: growing the buffer costs more than some unused room.
  private static let usualLineLength = 1_200

  /// The lines of `lanes.jsonl` for some lanes.
  func laneLines(_ range: Range<Int>) -> [UInt8] {
    var output = JSONOutput(reserving: range.count * Self.usualLineLength)
    lanes[range].forEachChunk { chunk, positions in
      let names = chunk.nameBytes
      lanes[positions].forEachRecord { _, lane, chunk in
        LaneLine(lane, in: chunk, names).append(to: &output)
        output.append(raw: "\n")
      }
    }
    return output.finished()
  }

  private static func lines(_ actors: ArraySlice<ActorModel>) -> [UInt8] {
    var output = JSONOutput(reserving: actors.count * 600)
    for actor in actors {
      actor.append(to: &output)
      output.append(raw: "\n")
    }
    return output.finished()
  }

  private static func lines(_ values: [JSONValue]) -> [UInt8] {
    var output = JSONOutput()
    for value in values {
      output.append(value)
      output.append(raw: "\n")
    }
    return output.finished()
  }

  /// Lanes that are read into one chunk: enough to share most of their names.
  private static let lanesOfChunk = 4_096

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
    var builder = LaneChunk.Builder()
    for (index, line) in lines.split(separator: 0x0A).enumerated() {
      guard let lane = (try? JSONValue(parsing: Array(line))).flatMap(LaneFacts.init(json:)) else {
        throw CommandError(
          .noUsableInput, "\(folder)/\(lanesName), line \(index + 1), is no lane", mend: mend)
      }
      builder.add(lane)
      if builder.count == Self.lanesOfChunk {
        lanes += LaneChunk(builder).lanes
        builder = LaneChunk.Builder()
      }
    }
    lanes += LaneChunk(builder).lanes
    guard var baseline = Baseline(header: header, lanes: lanes) else {
      throw CommandError(.noUsableInput, "\(folder)/\(headerName) lacks what a baseline needs", mend: mend)
    }
    baseline.sequences = try sequences(in: folder, header: header, mend: mend)
    return baseline
  }

  private static func sequences(
    in folder: String, header: JSONValue, mend: String
  ) throws(CommandError) -> [EventSequence] {
    let lines = try bytes(of: folder + "/" + sequencesName)
    guard header["sequences_sha256"]?.string == lines.withUnsafeBytes({ SHA256Digest.hex($0) }) else {
      throw CommandError(
        .noUsableInput, "\(folder)/\(sequencesName) is not what \(headerName) was written for", mend: mend)
    }
    var sequences: [EventSequence] = []
    for (index, line) in lines.split(separator: 0x0A).enumerated() {
      guard let sequence = (try? JSONValue(parsing: Array(line))).flatMap(EventSequence.init(json:)) else {
        throw CommandError(
          .noUsableInput, "\(folder)/\(sequencesName), line \(index + 1), is no sequence", mend: mend)
      }
      sequences.append(sequence)
    }
    return sequences
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

extension ArtifactFolder {
  /// Starts a file and appends all of its bytes; the caller finishes and commits it.
  fileprivate func stream(_ name: String, holding bytes: [UInt8]) throws(CommandError) -> ArtifactStream {
    let stream = try stream(name)
    try stream.append(bytes)
    return stream
  }
}
