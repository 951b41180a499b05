/// One reviewed rule of the override table: which outcome stays alertable, why, and what closes it.
package struct OverrideEntry: Equatable, Sendable {
  package var id: String
  package var overrideClass: OverrideClass
  /// Service and event name, such as `iam:CreateAccessKey`; `*` for every event.
  package var events: [String]
  package var when: Expression
  /// Whether it stays silent where its answer hangs on a list that nobody gave.
  package var isSilentWhenUnknown: Bool
  /// How bad the outcome is by itself, before the baseline speaks.
  package var severity: Severity
  /// How bad it is where deployment automation did it, from reviewed code; `nil` for no difference.
  package var severityByDeployment: Severity?
  /// The least that the outcome weighs where it came about, however many reasons lessen it; `nil` where the table itself
  /// calls it medium.
  package var leastSeverity: Severity? { severity >= .high ? .medium : nil }
  package var risk: BusinessRisk
  /// One sentence that a reader can challenge.
  package var reason: String
  /// Ids of ATT&CK techniques, v19.
  package var attack: [String]
  /// What has to be on the table before a finding of this class can be closed.
  package var evidence: [String]

  init(_ json: JSONValue, class overrideClass: OverrideClass, file: String) throws(OverrideTableError) {
    guard let id = json["id"]?.string else {
      throw OverrideTableError(file: file, entry: "", reason: "an entry has no id", mend: "give it one")
    }
    func fail(_ reason: String, _ mend: String) -> OverrideTableError {
      OverrideTableError(file: file, entry: id, reason: reason, mend: mend)
    }
    self.id = id
    self.overrideClass = overrideClass
    events = json["events"]?.strings ?? []
    guard !events.isEmpty else { throw fail("no events", "list them as service:Name") }
    if let event = events.first(where: { $0 != "*" && !$0.isServiceAndName }) {
      throw fail("\(event) is no event", "write it as service:Name, such as iam:CreateAccessKey")
    }
    isSilentWhenUnknown = json["when_unknown"]?.string == "silent"
    let logic = json["when"]?.string ?? json["when"]?.strings.joined(separator: "\n") ?? ""
    do {
      when = logic.isEmpty ? .always : try LogicParser.parse(logic)
    } catch {
      throw fail("when, \(error.reason)", "\(error.mend) (line \(error.line), column \(error.column))")
    }
    guard let severity = json["severity"]?.string.flatMap(Severity.init), severity >= .medium else {
      throw fail("its severity is not one of medium, high, critical", "give it one of these")
    }
    self.severity = severity
    if let lesser = json["severity_by_deployment"]?.string {
      guard let lesser = Severity(rawValue: lesser), lesser >= .medium, lesser < severity else {
        throw fail(
          "severity_by_deployment is not between medium and its severity", "give a lesser one, or none")
      }
      severityByDeployment = lesser
    }
    guard let risk = json["risk"]?.string.flatMap(BusinessRisk.init) else {
      throw fail("its risk is unknown", "use an id of the business risks")
    }
    self.risk = risk
    reason = json["reason"]?.string ?? ""
    attack = json["attack"]?.strings ?? []
    evidence = json["evidence"]?.strings ?? []
    guard reason.hasSuffix("."), !evidence.isEmpty else {
      throw fail("reason or evidence is missing", "say in a sentence why it matters, and what closes it")
    }
  }
}

extension String {
  /// Whether it is two parts with a colon between, as overrides name events.
  fileprivate var isServiceAndName: Bool {
    utf8.split(separator: UInt8(ascii: ":")).count == 2
  }
}

/// A mistake in the override table.
package struct OverrideTableError: Error, Equatable, CustomStringConvertible, Sendable {
  package var file: String
  package var entry: String
  package var reason: String
  package var mend: String

  package var description: String {
    "\(file)\(entry.isEmpty ? "" : ", \(entry)"): \(reason): \(mend)"
  }
}
