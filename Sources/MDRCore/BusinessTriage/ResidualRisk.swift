/// Says what stays dangerous in an operation, whether or not it is normal here.
struct ResidualRisk {
  let operation: Operation

  private var observation: Observation { operation.lead.observation }

  /// The sentences, the gravest first.
  var sentences: [String] {
    var sentences: [String] = []
    if let risk = risks[observation.businessRisk], operation.lead.risk > .routineRead {
      sentences.append(risk)
    }
    let identity = observation.identity
    if identity.type == .root { sentences.append("Root can't be bounded by any policy of the account.") }
    if identity.usesStaticKey {
      sentences.append("The call was made with a long-lived access key: whoever holds a copy can repeat it.")
    }
    if observation.origin.kind.isUnmanaged, identity.archetype.isHuman || identity.archetype == .unknown {
      sentences.append("It came from a network that nobody in the inventory manages.")
    }
    let mintsKeys = operation.events.keys.contains("CreateAccessKey")
    if mintsKeys, identity.archetype == .bastion || identity.archetype == .buildServer {
      sentences.append(
        "High design risk: a \(identity.archetype.title.lowercased()) role can mint long-lived AWS keys. If it is compromised, the attacker can create CI/CD credentials."
      )
    }
    if identity.archetype.isHuman, !observation.isReadOnly, operation.lead.risk >= .sensitiveChange {
      sentences.append("Change-management risk: made by hand instead of through infrastructure as code.")
    }
    if observation.origin.kind == .claimedService {
      sentences.append(
        "The address is a service's name that no other field confirms: a service may have acted with somebody's credentials."
      )
    }
    let refused = (operation.outcomes[.denied] ?? 0) + (operation.outcomes[.failed] ?? 0)
    if refused == operation.count {
      sentences.append("Every call was refused or failed: what was tried did not take effect.")
    }
    return sentences
  }

  private var risks: [BusinessRisk: String] {
    [
      .credentialOrPrivilege: "Credentials or privileges may outlive the session that made them.",
      .defenseEvasion: "What happens from here on may be recorded or detected less.",
      .dataExposure: "Data may be readable by others than its owner meant.",
      .dataAccessStorage: "Data or its keys can be reached through this.",
      .dataLossOrOutage: "Data or service may be lost; what was deleted may not come back.",
      .internetExposure: "Systems may be reachable from where they were not.",
      .networkVisibility: "The network's shape becomes known to the caller; nothing was changed.",
      .unauthorizedInfrastructure: "Resources may run, and cost, for others than the business.",
      .observability: "Telemetry changes; no data or access is at stake by itself.",
      .operationalChange: "Work may be disturbed; no access or data is at stake by itself.",
    ]
  }
}
