/// Microsoft Sentinel's KQL over the table AWSCloudTrail.
struct KQLTarget: ExportTarget {
  let name = "kql"
  let title = "Microsoft Sentinel (KQL)"
  let fileExtension = "kql"
  let hasLanes = true
  var assumptions: [String] {
    [
      "AWSCloudTrail: Sentinel's table. RequestParameters, ResponseElements and AdditionalEventData are JSON text.",
      "A column that is empty is a member that isn't there: the table doesn't tell the two apart.",
      "The table has no column for userIdentity.sessionContext.sourceIdentity, which counts as not there.",
      "The rule's schedule chooses the time; the query doesn't.",
    ] + DocumentedShape.assumptions + SharedLimits.all
  }

  func text(of detection: Detection, _ lowering: ExportLowering) throws(ExportLimit) -> String {
    var lowering = lowering
    lowering.trustsShape = true
    let query =
      switch detection.correlation {
      case .threshold(let threshold)?: try KQLQuery(threshold, try lowering.single(detection), lowering)
      case .sequence(let chain)?: try KQLQuery(chain, try lowering.steps(of: chain, detection), lowering)
      case .change(let change)?: try KQLQuery(change, try lowering.single(detection), lowering)
      case nil: try KQLQuery(try lowering.matching(detection))
      }
    let head = header(detection, hasLanes: lowering.hasLanes) + query.notes
    return (head.map { "// \($0)" } + query.lines).joined(separator: "\n") + "\n"
  }
}
