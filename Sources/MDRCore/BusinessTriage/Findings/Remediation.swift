/// Recommends containment and mending, in the order snapshot, isolate, revoke, rotate, rebuild; nothing is executed.
struct Remediation {
  let operation: Operation
  let dataClasses: DataClasses
  let table: ContainmentTable

  private var observation: Observation { operation.lead.observation }

  /// The steps; those of containment only where the operation may be hostile.
  var steps: [String] {
    var steps: [String] = []
    switch operation.lead.decision.position {
    case .abnormalHighRisk: steps = containment
    case .unknownNeedsEvidence where operation.lead.decision.severity >= .medium:
      steps = ["If nobody can explain it, contain it:"] + containment
    default: break
    }
    return steps + improvements
  }

  private var containment: [String] {
    let identity = observation.identity
    var steps = [
      OperationScope(operation: operation, dataClasses: dataClasses).sentence,
      "Snapshot first: keep the raw records (raw-evidence-pack) and the state of what was touched, before any change.",
    ]
    if operation.targets["instance"] != nil || identity.sessionClass == "ec2-instance" {
      steps.append(
        "Isolate: replace the instance's security groups with an isolation group; don't terminate it.")
    }
    if identity.sessionClass == "kubernetes"
      || !operation.calls.services.isDisjoint(with: Self.clusterServices)
    {
      steps.append(
        "Isolate: cordon the node that the pod runs on, and drain it once the pod's memory and disk are kept; a drained pod takes its state along."
      )
    }
    if let action = guardrailAction {
      steps.append(
        "Isolate: a service control policy that denies \(code: action) in account \(code: operation.key.account) holds until this is explained; it binds neither the management account nor service-linked roles."
      )
    }
    steps += table.steps(of: operation, phase: "isolate")
    steps += [revocation] + table.steps(of: operation, phase: "rotate") + [rotation]
    steps +=
      table.steps(of: operation, phase: "rebuild") + [
        "Rebuild: restore what was changed or deleted from reviewed code or a tested backup."
      ]
    if observation.outcome == .success, dataClasses.mayBePersonal(operation.fullEvents) {
      steps.append(
        "Tell: where data about people was within reach, the GDPR gives 72 hours from the moment that its loss or disclosure is known; ask the data protection officer now, say only what the records show, and qualify the rest."
      )
    }
    return steps
  }

  /// How the principal's own access ends.
  private var revocation: String {
    let identity = observation.identity
    return switch identity.type {
    case .iamUser:
      "Revoke: set the access key\(signingKeys) to Inactive (don't delete it: it is evidence) and deny the user's sessions."
    case .root: "Revoke: sign root out, check its MFA devices and access keys."
    case .awsService:
      "Revoke: if the service was not enabled on purpose, disable its integration and its role's trust."
    // Nobody can edit the roles that IAM Identity Center makes.
    case .assumedRole where observation.actor.hasPrefix("sso:") && identity.person != nil:
      "Revoke: disable \(code: identity.person ?? "") in the identity provider and end their sessions in IAM Identity Center; what is open of the role lasts until it expires, unless the permission set or a service control policy denies it."
    default: "Revoke: deny the role sessions issued before now; check the trust policy that let them in."
    }
  }

  /// The keys that signed, as they follow a word.
  private var signingKeys: String {
    let keys = operation.signingKeys.sorted().filter { $0.hasPrefix("AKIA") }
    return keys.isEmpty ? "" : " " + keys.prefix(3).map { "\(code: $0)" }.joined(separator: ", ")
  }

  /// What the principal may have taken with it.
  private var rotation: String {
    // The temporary key of a session can't be revoked by itself: `revocation` ends the session.
    let keys = operation.targets["access_key_id"]?.sorted().filter { !$0.hasPrefix("ASIA") } ?? []
    guard !keys.isEmpty else {
      if observation.identity.type == .awsService {
        return "Rotate: every secret that the role or resource behind this service could read."
      }
      return "Rotate: every secret this principal could read, and credentials derived from them."
    }
    let shown = keys.prefix(3).map { "\(code: $0)" }.joined(separator: ", ")
    return "Rotate: revoke the key \(shown) unless it is accounted for, and review its later use."
  }

  private static let clusterServices: Set = ["eks.amazonaws.com", "eks-auth.amazonaws.com"]

  /// The action that a guardrail would deny: of a critical outcome that a principal of the customer's own brought about.
  private var guardrailAction: String? {
    guard operation.lead.risk == .override, ![.awsService, .root].contains(observation.identity.type),
      let service = observation.eventSource.split(separator: ".").first
    else { return nil }
    return "\(service):\(observation.eventName)"
  }

  private var improvements: [String] {
    var steps: [String] = []
    let archetype = observation.identity.archetype
    if operation.calls.events.keys.contains("CreateAccessKey"), !archetype.isHuman {
      steps.append(
        "Move the pipeline to federation, and remove key-minting permissions from \(code: observation.actor)."
      )
    }
    if archetype == .iamUser { steps.append("Replace the long-lived key with single sign-on or a role.") }
    if archetype == .ssoAdministrator, operation.lead.risk >= .sensitiveChange {
      steps.append("Express the change as infrastructure as code, so that it is reviewed before it runs.")
    }
    if operation.lead.decision.position == .normalHighResidualRisk {
      steps.append("Record the lane as approved, with owner, ticket and expiry, or remove the need for it.")
    }
    return steps
  }
}
