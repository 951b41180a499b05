import MDRCore

/// The estate's inventory, in the shapes that the AWS CLI prints, and what only the customer can say.
struct Inventory {
  let estate: Estate

  /// The files below `inventory/`, with their contents.
  var files: [(path: String, content: JSONValue)] {
    [("inventory/organizations-list-accounts.json", accounts), ("inventory/customer.json", customer)]
      + estate.accounts.map {
        ("inventory/ec2-describe-addresses-\($0.id)-\($0.region).json", addresses(of: $0))
      } + estate.accounts.flatMap(answers)
  }

  /// The organisation's trail, which each of its accounts lists.
  private var trail: JSONValue? {
    estate.account(named: estate.profile.managementAccount).map { home in
      let name = named("${slug}-org-trail")
      return [
        "HomeRegion": .string(home.region), "IsMultiRegionTrail": true, "IsOrganizationTrail": true,
        "LogFileValidationEnabled": true, "Name": .string(name),
        "S3BucketName": .string(named("${slug}-org-cloudtrail-logs")),
        "TrailARN": .string("arn:aws:cloudtrail:\(home.region):\(home.id):trail/\(name)"),
      ]
    }
  }

  /// What the account holds and what watches it, by what it is for.
  private func answers(of account: Account) -> [(path: String, content: JSONValue)] {
    func answer(_ call: String, _ content: JSONValue) -> (path: String, content: JSONValue) {
      ("inventory/\(call)-\(account.id)-\(account.region).json", content)
    }
    func arn(_ service: String, _ name: String) -> JSONValue {
      .string("arn:aws:\(service):\(account.region):\(account.id):\(name)")
    }
    var answers = [
      answer(
        "configservice-describe-configuration-recorder-status",
        ["ConfigurationRecordersStatus": [["recording": true]]]),
      answer(
        "guardduty-list-detectors",
        ["DetectorIds": account.openedDaysAgo == nil ? [.string(id(account, "det", "d"))] : []]),
    ]
    if let trail { answers.append(answer("cloudtrail-describe-trails", ["trailList": [trail]])) }
    if account.traits.contains("compute") {
      let instances = (0..<2).map { number -> JSONValue in
        [
          "InstanceId": .string(id(account, "i", "fleet-\(number)")),
          "Placement": ["AvailabilityZone": .string(account.region + "a")],
        ]
      }
      answers.append(
        answer(
          "ec2-describe-instances",
          ["Reservations": [["Instances": .array(instances), "OwnerId": .string(account.id)]]]))
    }
    if account.traits.contains("serverless") {
      answers.append(
        answer(
          "lambda-list-functions", ["Functions": [["FunctionArn": arn("lambda", "function:orders-api")]]]))
    }
    if account.traits.contains("eks") {
      answers.append(answer("eks-list-clusters", ["clusters": [.string(named("${slug}-eks"))]]))
    }
    if account.traits.contains("refresh") {
      answers.append(
        answer(
          "rds-describe-db-instances", ["DBInstances": [["DBInstanceArn": arn("rds", "db:staging-orders")]]]))
    }
    if account.traits.contains("data") {
      answers.append(
        answer(
          "redshift-describe-clusters",
          ["Clusters": [["ClusterIdentifier": .string(named("${slug}-warehouse"))]]]))
    }
    if account.traits.contains("content") {
      answers.append(
        answer("s3api-list-buckets", ["Buckets": [["Name": .string(named("${slug}-content-originals"))]]]))
    }
    return answers
  }

  private var accounts: JSONValue {
    let management = estate.account(named: estate.profile.managementAccount)?.id ?? ""
    return .object([
      "Accounts": .array(
        estate.accounts.map { account in
          let opened = account.openedDaysAgo.map { EstateCalendar.cutOff - $0 } ?? EstateCalendar.cutOff - 900
          return .object([
            "Arn": .string(
              "arn:aws:organizations::\(management):account/\(estate.organization)/\(account.id)"),
            "Email": .string("aws+\(account.name)@example.com"),
            "Id": .string(account.id),
            "JoinedMethod": "CREATED",
            "JoinedTimestamp": .string("\(Timestamp.startOfDay(opened).date)T08:00:00.000000+00:00"),
            "Name": .string(account.name),
            "Status": "ACTIVE",
          ])
        })
    ])
  }

  private func addresses(of account: Account) -> JSONValue {
    let gateways = (0..<3).map { slot in
      address(of: account, slot: slot, named: "nat-\(slot)", member: ("NetworkInterfaceId", "eni"))
    }
    return .object([
      "Addresses": .array(
        gateways + [address(of: account, slot: 3, named: "operations-host", member: ("InstanceId", "i"))])
    ])
  }

  private func address(
    of account: Account, slot: Int, named name: String, member: (key: String, prefix: String)
  ) -> JSONValue {
    .object([
      "AllocationId": .string(id(account, "eipalloc", name)),
      "AssociationId": .string(id(account, "eipassoc", name)),
      "Domain": "vpc",
      member.key: .string(id(account, member.prefix, name)),
      "NetworkBorderGroup": .string(account.region),
      "PublicIp": .string(estate.ownedAddress(of: account, slot: slot)),
      "Tags": [["Key": "Name", "Value": .string(name)]],
    ])
  }

  private func id(_ account: Account, _ prefix: String, _ name: String) -> String {
    var stable = SeededGenerator(seed: estate.seed, "lasting", account.id, prefix, name)
    return String(decoding: Scene.identifier(prefix, &stable), as: UTF8.self)
  }

  private var customer: JSONValue {
    .object([
      "account_purposes": .object(
        Dictionary(
          estate.accounts.map { ($0.id, .string($0.purpose)) }, uniquingKeysWith: { first, _ in first })),
      "approved_rotation_roles": JSONValue(estate.profile.rotationRoles.map(named)),
      "corporate_networks": .array(
        estate.profile.networks.map { ["cidrs": JSONValue($0.cidrs), "name": .string($0.name)] }),
      "crown_jewels": JSONValue(estate.profile.crownJewels.map(named)),
      "partner_accounts": JSONValue(estate.profile.partners.map(estate.outsider)),
    ])
  }

  private func named(_ text: String) -> String {
    text.replacing("${slug}", with: estate.slug).replacing("${org}", with: estate.organization)
  }
}
