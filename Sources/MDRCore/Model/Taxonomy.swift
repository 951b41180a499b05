/// What became of a call.
package enum Outcome: String, BitwiseCopyable, Sendable, CaseIterable {
  case success
  /// Refused for want of permission.
  case denied
  /// Failed for any other reason.
  case failed
}

/// The kind of principal, after `userIdentity.type`.
package enum ActorType: String, Sendable, CaseIterable {
  case assumedRole = "assumed_role"
  case iamUser = "iam_user"
  case root
  case awsService = "aws_service"
  case awsAccount = "aws_account"
  case federatedUser = "federated_user"
  case webIdentityUser = "web_identity_user"
  case samlUser = "saml_user"
  case identityCenterUser = "identity_center_user"
  case role
  case anonymous
  case unknown
}

/// What an actor is to the business; the rules are in the archetype table.
package enum Archetype: String, BitwiseCopyable, Sendable, CaseIterable {
  case deploymentAutomation = "deployment_automation"
  case buildServer = "build_server"
  case awsServiceRole = "aws_service_role"
  case serviceLinkedRole = "service_linked_role"
  case servicePrincipal = "service_principal"
  case ssoAdministrator = "sso_administrator"
  case ssoUser = "sso_user"
  case supportRole = "support_role"
  case bastion
  case scheduler
  case securityTooling = "security_tooling"
  case networkController = "network_controller"
  case applicationWorkload = "application_workload"
  case iamUser = "iam_user"
  case federatedUser = "federated_user"
  case externalAccount = "external_account"
  case root
  case unknown

  /// A person is behind it, or may be.
  package var isHuman: Bool {
    switch self {
    case .ssoAdministrator, .ssoUser, .supportRole, .iamUser, .federatedUser, .root: true
    default: false
    }
  }

  /// The name for people, such as "SSO administrator".
  package var title: String {
    switch self {
    case .ssoAdministrator: "SSO administrator"
    case .ssoUser: "SSO user"
    case .awsServiceRole: "AWS service role"
    case .serviceLinkedRole: "Service-linked role"
    case .iamUser: "IAM user"
    // Backup, patching and host management are of it too.
    case .scheduler: "Scheduled operations"
    default: rawValue.words.capitalisedFirst
    }
  }
}

/// What kind of place a call came from.
package enum SourceKind: String, Sendable, CaseIterable, BitwiseCopyable {
  case awsService = "aws_service"
  /// A service's name in `sourceIPAddress` that no other field confirms.
  case claimedService = "claimed_service"
  /// The console's and services' own `AWS Internal`.
  case awsInternal = "aws_internal"
  case vpcEndpoint = "vpc_endpoint"
  case owned
  case corporate
  case awsPublic = "aws_public"
  case publicNetwork = "public"
  case privateNetwork = "private"
  case unknown

  /// Outside every network the customer or AWS vouches for.
  package var isUnmanaged: Bool { self == .publicNetwork || self == .awsPublic }
}

/// The business risk that an event carries, with the ids the posts use.
package enum BusinessRisk: String, BitwiseCopyable, Sendable, CaseIterable {
  case credentialOrPrivilege = "credential_or_privilege_risk"
  case defenseEvasion = "defense_evasion"
  case dataExposure = "data_exposure"
  case dataAccessStorage = "data_access_storage"
  case dataLossOrOutage = "data_loss_or_outage"
  case internetExposure = "internet_exposure"
  case networkVisibility = "network_visibility_or_exposure_context"
  case unauthorizedInfrastructure = "unauthorized_infrastructure"
  case observability = "observability_or_operational_change"
  case operationalChange = "operational_change_risk"
}

/// The business family of an operation, with the ids and names of both posts' tables.
package enum BusinessFamily: String, BitwiseCopyable, Sendable, CaseIterable {
  case deployment = "ci_cd_deployment"
  case applicationService = "application_service_communication"
  case humanAccess = "human_sso_console_access"
  case identityAndPrivilege = "identity_and_privilege_management"
  case storageDataKMS = "storage_data_kms"
  case networkAndPerimeter = "network_and_perimeter"
  case securityVisibility = "security_visibility"
  case database = "database_operations"
  case operationsMaintenance = "operations_maintenance"
  case computeAndNetwork = "compute_and_network_control_plane"
  case identityAndSession = "identity_and_session"
  case governanceAndMonitoring = "governance_and_monitoring"
  case systemsManagement = "systems_management"
  case encryptionAndKMS = "encryption_and_kms"
  case loggingAndObservability = "logging_and_observability"
  case dataLakeETL = "data_lake_etl"
  case other = "other_control_plane"

  /// The name for people, as the posts print it.
  package var title: String {
    switch self {
    case .deployment: "CI/CD and deployment automation"
    case .applicationService: "Application and service communication"
    case .humanAccess: "Human, SSO, and console access"
    case .identityAndPrivilege: "Identity and privilege management"
    case .storageDataKMS: "Storage, data, and KMS"
    case .networkAndPerimeter: "Network and perimeter changes"
    case .securityVisibility: "Security visibility"
    case .database: "Database operations"
    case .operationsMaintenance: "Operations and maintenance"
    case .computeAndNetwork: "Compute and network control plane"
    case .identityAndSession: "Identity and session"
    case .governanceAndMonitoring: "Governance and monitoring"
    case .systemsManagement: "Systems management"
    case .encryptionAndKMS: "Encryption and KMS"
    case .loggingAndObservability: "Logging and observability"
    case .dataLakeETL: "Data lake / ETL"
    case .other: "Other control plane"
    }
  }
}

/// A class of outcome that stays alertable however often it was seen.
package enum OverrideClass: String, Sendable, CaseIterable {
  case identity
  case logging
  case destructive
  case publicExposure = "public_exposure"
  case root
  case kms
  case auditIntegrity = "audit_integrity"
  case responseAutomation = "response_automation"
  case sharing
  case execution
}

/// One override that an event is, and why.
package struct OverrideMatch: Equatable, Sendable {
  package var overrideClass: OverrideClass
  /// The rule in the override table.
  package var id: String
  /// How bad the outcome is by itself, before the baseline speaks.
  package var severity: Severity
  package var reason: String

  /// How the reason begins where the call was denied or failed.
  static let attempt = "Attempt, "

  /// Whether the outcome did not come about.
  package var isAttempt: Bool { reason.hasPrefix(Self.attempt) }

  package init(_ overrideClass: OverrideClass, id: String, severity: Severity, reason: String) {
    self.overrideClass = overrideClass
    self.id = id
    self.severity = severity
    self.reason = reason
  }
}

/// How urgent a finding is.
package enum Severity: String, Sendable, CaseIterable, Comparable {
  case informational
  case low
  case medium
  case high
  case critical

  var rank: Int {
    switch self {
    case .informational: 0
    case .low: 1
    case .medium: 2
    case .high: 3
    case .critical: 4
    }
  }

  package static func < (one: Severity, other: Severity) -> Bool { one.rank < other.rank }

  /// The name for people.
  package var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

/// Normality × residual risk: the four answers of the posts.
package enum Position: String, Sendable, CaseIterable {
  case normalLowRisk = "normal_low_risk"
  case normalHighResidualRisk = "normal_high_residual_risk"
  case abnormalHighRisk = "abnormal_high_risk"
  case unknownNeedsEvidence = "unknown_needs_evidence"

  /// The posts' own words.
  package var title: String {
    switch self {
    case .normalLowRisk: "normal and low risk"
    case .normalHighResidualRisk: "normal but high residual risk"
    case .abnormalHighRisk: "abnormal and high risk"
    case .unknownNeedsEvidence: "unknown and needs evidence"
    }
  }
}
