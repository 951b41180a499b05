import Foundation

/// The folder of a case: one folder for each step that was run, with what it wrote.
struct CaseFolder: Sendable {
  /// The steps whose artifacts a report is made from.
  enum Step: String, CaseIterable, Sendable {
    case lookupCollector = "lookup-collector"
    case normalizeObservations = "normalize-observations"
    case businessBaseline = "business-baseline"
    case detectionSpecs = "detection-specs"
    case businessTriage = "business-triage"
    case rawEvidencePack = "raw-evidence-pack"

    /// The file that holds the step's totals and caveats.
    var headerName: String {
      switch self {
      case .lookupCollector: "collection.json"
      case .normalizeObservations: "observations.json"
      case .businessBaseline: "lanes.json"
      case .detectionSpecs: "matches.json"
      case .businessTriage: "findings.json"
      case .rawEvidencePack: "manifest.json"
      }
    }

    /// The header's path from the case on, as claims name it.
    var source: String { "\(rawValue)/\(headerName)" }
  }

  static let findingsSource = "business-triage/findings.jsonl"

  /// SHA-256 of each artifact, by its path from the case on.
  let inputs: [String: String]
  let headers: [Step: JSONValue]
  /// Nothing where triage was not run.
  let findings: [Finding]?
  /// What people recorded of findings; nothing where nobody did.
  private(set) var closures: Closures?
  /// What could not be read.
  private(set) var faults: [String] = []

  /// Reads a case; steps that were not run are missing from it.
  init(_ path: String) throws(CommandError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      throw CommandError(.noSuchInput, "\(path) is no folder", mend: "name the folder of a case with --case")
    }
    inputs = try Self.hashes(of: path)
    var headers: [Step: JSONValue] = [:]
    for step in Step.allCases where inputs[step.source] != nil {
      let data = FileManager.default.contents(atPath: path + "/" + step.source) ?? Data()
      if let header = try? JSONValue(parsing: Array(data)), case .object = header {
        headers[step] = header
      } else {
        faults.append("\(step.source) is no JSON: the report lacks what it holds")
      }
    }
    self.headers = headers
    if inputs[Self.findingsSource] != nil {
      let file = try FindingsFile(path: path + "/" + Self.findingsSource)
      findings = file.findings
      faults += file.caveats
      if inputs["business-triage/" + Closures.fileName] != nil {
        do { closures = try Closures(in: path + "/" + Step.businessTriage.rawValue) } catch {
          faults.append("\(error.problem): the report lacks what people recorded of findings")
        }
      }
    } else {
      findings = nil
    }
    guard !headers.isEmpty || findings != nil else {
      throw CommandError(
        .noUsableInput, "\(path) holds no artifact of any step",
        mend: "name the folder that holds normalize-observations, business-triage and the others")
    }
  }

  /// The files that a step left in its own folder; what lies deeper is covered by that step's own lists.
  private static func hashes(of path: String) throws(CommandError) -> [String: String] {
    var hashes: [String: String] = [:]
    let manager = FileManager.default
    for step in Step.allCases {
      let folder = path + "/" + step.rawValue
      guard manager.fileExists(atPath: folder) else { continue }
      guard let names = try? manager.contentsOfDirectory(atPath: folder) else {
        throw CommandError(.inputOutput, "\(folder) can't be listed", mend: "check its permissions")
      }
      for name in names where !name.hasPrefix(".") && !name.hasSuffix(".partial") {
        let file = folder + "/" + name
        let type = (try? manager.attributesOfItem(atPath: file))?[.type] as? FileAttributeType
        guard type == .typeRegular else { continue }
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: file), options: .alwaysMapped) else {
          throw CommandError(.inputOutput, "\(file) can't be read", mend: "check its permissions")
        }
        hashes["\(step.rawValue)/\(name)"] = data.withUnsafeBytes { SHA256Digest.hex($0) }
      }
    }
    return hashes
  }
}
