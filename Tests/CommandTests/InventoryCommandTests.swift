import Foundation
import Testing

@testable import MDRCore

@Suite struct `lookup-collector inventory` {
  /// A stand-in for the AWS CLI: one account with a few resources; Security Hub is not enabled, Macie denies, eu-west-1
  /// has nothing, and one call is throttled once.
  private static let script = #"""
    #!/bin/bash
    here=$(dirname "$0")
    printf '%s | %s\n' "$*" "${AWS_SESSION_TOKEN:--}" >>"$here/calls.log"
    fail() { printf '\nAn error occurred (%s) when calling the operation: %s\n' "$1" "secret detail" >&2; exit 254; }
    case "$*" in
      *get-caller-identity*) echo '{"Account": "000000000001"}' ;;
      *assume-role*000000000002*)
        echo '{"Credentials": {"AccessKeyId": "ASIAEXAMPLE", "SecretAccessKey": "hidden-secret", "SessionToken": "hidden-token"}}' ;;
      *assume-role*) fail AccessDenied ;;
      *list-delegated-administrators*) echo '{"DelegatedAdministrators": [{"Id": "000000000002"}, {"Id": "--debug"}]}' ;;
      *list-delegated-services*000000000002*) echo '{"DelegatedServices": [{"ServicePrincipal": "guardduty.amazonaws.com"}]}' ;;
      organizations*) echo '{"Accounts": [{"Id": "000000000001", "Name": "payments-prod", "Status": "ACTIVE"}]}' ;;
      *get-bucket-versioning*) ;;
      *get-object-lock-configuration*) fail ObjectLockConfigurationNotFoundError ;;
      *get-bucket-lifecycle-configuration*)
        echo '{"Rules": [{"ID": "short", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 30}}]}' ;;
      s3api*) echo '{"Buckets": [{"Name": "ledger"}, {"Name": "logs"}]}' ;;
      *describe-hub*) fail InvalidAccessException ;;
      *get-macie-session*) fail AccessDeniedException ;;
      resource-explorer-2*) fail ResourceNotFoundException ;;
      *--region\ eu-west-1*) case "$*" in *describe-trails*) echo '{"trailList": []}' ;; *) echo '{}' ;; esac ;;
      *describe-addresses*) echo '{"Addresses": [{"PublicIp": "198.51.100.7", "AllocationId": "eipalloc-1"}]}' ;;
      *describe-instances*)
        echo '{"Reservations": [{"OwnerId": "000000000001", "Instances": [{"InstanceId": "i-1", "Placement": {"AvailabilityZone": "us-east-1a"}}]}]}' ;;
      *lambda*)
        if [ ! -e "$here/throttled" ]; then : >"$here/throttled"; fail TooManyRequestsException; fi
        echo '{"Functions": [{"FunctionArn": "arn:aws:lambda:us-east-1:000000000001:function:resize"}]}' ;;
      *"eks list-clusters"*) echo '{"clusters": ["apps"]}' ;;
      *get-resources*)
        echo '{"ResourceTagMappingList": [{"ResourceARN": "arn:aws:lambda:us-east-1:000000000001:function:resize"}, {"ResourceARN": "arn:aws:rds:us-east-1:000000000001:db:orders"}]}' ;;
      *get-discovered-resource-counts*) echo '{"resourceCounts": [{"resourceType": "AWS::EC2::Instance", "count": 4}]}' ;;
      *describe-trails*)
        echo '{"trailList": [{"Name": "org", "HomeRegion": "us-east-1", "S3BucketName": "logs", "IsMultiRegionTrail": true, "TrailARN": "arn:aws:cloudtrail:us-east-1:000000000001:trail/org"}]}' ;;
      *get-trail-status*trail/org*) echo '{"IsLogging": true}' ;;
      *describe-configuration-recorders*) echo '{"ConfigurationRecorders": [{"name": "default"}]}' ;;
      *describe-configuration-recorder-status*) echo '{"ConfigurationRecordersStatus": [{"name": "default", "recording": false}]}' ;;
      *list-detectors*) echo '{"DetectorIds": ["abc"]}' ;;
      *list-analyzers*) ;;
      *) echo '{}' ;;
    esac
    """#

  private func collect(_ directory: URL, _ more: [String] = []) throws -> Executable.Outcome {
    let program = directory.appendingPathComponent("fake aws")
    try Data(Self.script.utf8).write(to: program)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    return try Executable("lookup-collector").run(
      [
        "inventory", "--regions", "us-east-1,eu-west-1", "--aws", program.path, "--calls-per-second", "50",
        "--output", directory.appendingPathComponent("out").path,
      ] + more)
  }

  private func text(_ directory: URL, _ name: String) throws -> String {
    try String(contentsOf: directory.appendingPathComponent(name), encoding: .utf8)
  }

  @Test func `gathers answers as they are, writes each call down, and names what is missing`() throws {
    try withTemporaryDirectory { directory in
      let outcome = try collect(directory)
      #expect(outcome.exitCode == 2, "\(outcome.stderr)")
      #expect(outcome.stderr.contains("macie2 get-macie-session: denied (AccessDeniedException)"))
      #expect(!outcome.stderr.contains("securityhub"), "not being enabled is an answer")
      #expect(
        try text(directory, "out/answers/000000000001/us-east-1/eks-list-clusters.json")
          == "{\"clusters\": [\"apps\"]}\n")
      let summary = try JSONValue(parsing: text(directory, "out/inventory.json"))
      let calls = summary["calls"]?.elements ?? []
      #expect(
        calls.count { $0["status"] == "not_enabled" } == 5,
        "Security Hub and Resource Explorer, twice, and Object Lock")
      #expect(calls.count { $0["operation"] == "get-trail-status" } == 1)
      let ledger = try text(directory, "out/ledger.jsonl").split(separator: "\n")
      let made = try text(directory, "calls.log").split(separator: "\n")
      #expect(ledger.count == made.count)
      #expect(ledger.contains { $0.contains("TooManyRequestsException") })
      #expect(!ledger.contains { $0.contains("secret") || $0.contains("hidden") })
      #expect(try text(directory, "out/inventory.md").contains("`securityhub:DescribeHub`"))
      #expect(try text(directory, "out/SHA256SUMS").contains("inventory.json"))
    }
  }

  @Test func `asks nothing that could change anything`() throws {
    try withTemporaryDirectory { directory in
      _ = try collect(directory)
      let reading = ["describe-", "get-", "list-", "search", "assume-role"]
      for call in try text(directory, "calls.log").split(separator: "\n") {
        let operation = call.split(separator: " ").dropFirst().first ?? ""
        #expect(reading.contains { operation.hasPrefix($0) }, "\(call)")
      }
    }
  }

  @Test func `asks about the buckets that trails deliver to, and about those who run services for others`()
    throws
  {
    try withTemporaryDirectory { directory in
      _ = try collect(directory)
      let made = try text(directory, "calls.log").split(separator: "\n").map { $0.prefix { $0 != "|" } }
      #expect(made.filter { $0.contains("--bucket") }.allSatisfy { $0.contains("--bucket logs ") })
      #expect(made.count { $0.contains("--bucket logs ") } == 3)
      // What can't be an account's id never becomes an argument.
      #expect(
        made.filter { $0.contains("--account-id") }.allSatisfy { $0.contains("--account-id 000000000002 ") })
      let inventory = try Inventory.load(from: directory.appendingPathComponent("out").path)
      let bucket = try #require(inventory.logBuckets["logs"])
      #expect(bucket.lock == .off)
      #expect(bucket.versions == LogBucket.Versions(areKept: false, needSecondFactor: false))
      #expect(bucket.expirations == [LogBucket.Expiration(prefix: "", days: 30)])
      #expect(inventory.administration.delegated == ["000000000002": ["guardduty.amazonaws.com"]])
    }
  }

  @Test func `goes through the accounts with their roles, and on where one is refused`() throws {
    try withTemporaryDirectory { directory in
      let rows = ["2", "3"].map { "00000000000\($0),arn:aws:iam::00000000000\($0):role/collector" }
      try Data(rows.joined(separator: "\n").utf8).write(to: directory.appendingPathComponent("accounts.csv"))
      let outcome = try collect(
        directory, ["--accounts", directory.appendingPathComponent("accounts.csv").path])
      #expect(outcome.exitCode == 2)
      #expect(outcome.stderr.contains("sts assume-role: denied (AccessDenied) in 000000000003 us-east-1"))
      let calls = try text(directory, "calls.log").split(separator: "\n")
      let clusters = calls.filter { $0.contains("eks list-clusters") }
      #expect(!clusters.isEmpty && clusters.allSatisfy { $0.hasSuffix("hidden-token") })
      let organizations = calls.filter { $0.contains("organizations") }
      #expect(!organizations.isEmpty && organizations.allSatisfy { $0.hasSuffix("| -") })
      #expect(
        FileManager.default.fileExists(
          atPath: directory.path + "/out/answers/000000000002/us-east-1/eks-list-clusters.json"))
    }
  }

  @Test func `stops at the call limit and says so`() throws {
    try withTemporaryDirectory { directory in
      let outcome = try collect(directory, ["--max-calls", "5"])
      #expect(outcome.exitCode == 2)
      #expect(outcome.stderr.contains("capped"))
      #expect(try text(directory, "calls.log").split(separator: "\n").count == 6, "five and the identity")
      #expect(try collect(directory).exitCode == 73, "an earlier inventory is not overwritten")
    }
  }

  @Test func `the folder is an inventory for the baseline`() throws {
    try withTemporaryDirectory { directory in
      _ = try collect(directory)
      let inventory = try Inventory.load(from: directory.appendingPathComponent("out").path)
      #expect(inventory.name(of: "000000000001") == "payments-prod")
      #expect(inventory.owner(of: "198.51.100.7")?.accountID == "000000000001")
      #expect(
        inventory.footprints["000000000001"]?.totals == [
          "EC2 instance": 4, "EKS cluster": 1, "Lambda function": 1, "RDS database": 1, "S3 bucket": 2,
        ])
      let security = try #require(inventory.security["000000000001"])
      #expect(security.state(of: .cloudTrail, in: "us-east-1") == .on)
      #expect(security.state(of: .cloudTrail, in: "eu-west-1") == .exists)
      #expect(security.state(of: .config, in: "us-east-1") == .stopped)
      #expect(security.state(of: .guardDuty, in: "us-east-1") == .on)
      #expect(security.state(of: .guardDuty, in: "eu-west-1") == nil)
      #expect(security.state(of: .securityHub, in: "us-east-1") == .off)
      #expect(security.state(of: .macie, in: "us-east-1") == nil)
      #expect(inventory.caveats == ["the inventory was collected with 1 caveat: see its inventory.md"])
    }
  }
}
