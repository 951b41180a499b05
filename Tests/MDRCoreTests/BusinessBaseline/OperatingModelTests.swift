import Testing

@testable import MDRCore

@Suite struct OperatingModelTests {
  static func page(_ observations: [Observation], _ inventory: Inventory = Inventory()) throws -> String {
    OperatingModel(try Sample.baseline(observations), inventory: inventory).document.rendered
  }

  static let work = (0..<84).map { day in
    Sample.observation(
      Sample.time(day: day), event: "lambda.amazonaws.com:UpdateFunctionCode", source: "owned:build",
      kind: .owned)
  }

  @Test func `the page answers what runs in an account, from the inventory and from behaviour`() throws {
    let inventory = try InventoryFootprintTests.inventory([
      #"{"DBInstances":[{"DBInstanceArn":"arn:aws:rds:us-east-1:111111111111:db:orders"}]}"#
    ])
    let page = try Self.page(Self.work, inventory)
    #expect(page.contains("| serverless |  | 84 |"))
    #expect(page.contains("| database | 1 × RDS database | 0 |"))
    #expect(
      page.contains("| serverless, database |"), "the table of accounts has the workloads for a purpose")
  }

  @Test func `the page says whose addresses calls come from`() throws {
    var inventory = try InventoryFootprintTests.inventory([
      #"{"Addresses":[{"PublicIp":"198.51.100.7","AllocationId":"eipalloc-1","InstanceId":"i-1","Tags":[{"Key":"Name","Value":"build"}]}]}"#
    ])
    inventory.partnerAccounts = []
    let outside = (0..<84).map {
      Sample.observation(
        Sample.time(day: $0, hour: 3), actor: "user:ci", source: "ip:192.0.2.0/24", kind: .publicNetwork)
    }
    let page = try Self.page(Self.work + outside, inventory)
    #expect(page.contains("`owned:build` is the elastic ip `i-1` in account `111111111111`."))
    #expect(page.contains("32.6% of the observations come from unmanaged networks, by `user:ci`."))
    #expect(try Self.page(Self.work).contains("No observation comes from an unmanaged network."))
  }

  @Test func `the page names regions in use where a security service is off`() throws {
    let inventory = try InventoryFootprintTests.inventory([
      #"{"DetectorIds":[]}"#, #"{"IsLogging":true}"#,
    ])
    let page = try Self.page(Self.work, inventory)
    #expect(
      page.contains(
        "GuardDuty is off or stopped in `us-east-1` of account `111111111111`, where calls are made."))
    #expect(page.contains("CloudTrail: on in `us-east-1`."))
    #expect(page.contains("Macie: not in the inventory."))
    #expect(try !Self.page(Self.work).contains("What watches"))
  }

  @Test func `the page lists actors with their families, and beats that have stopped`() throws {
    let stopped = (0..<40).map {
      Sample.observation(Sample.time(day: $0, hour: 2), actor: "role:nightly", source: "svc:scheduler")
    }
    let page = try Self.page(Self.work + stopped)
    #expect(
      page.contains(
        "| `role:build-server` | Build server | CI/CD and deployment automation 100.0% | 1 of 1 | 84 | 100.0% |"
      ))
    #expect(page.contains("Regular, and overdue at the end"))
    #expect(page.contains("| `role:nightly` | `CreateRole` | nightly at 02:00 UTC; 40 runs | 2026-02-09 |"))
  }

  @Test func `change windows are printed and excuse nothing`() throws {
    let inventory = try InventoryFootprintTests.inventory([
      #"{"change_windows":[{"name":"night","days":["thu"],"from":"22:00","to":"04:00"}]}"#
    ])
    let page = try Self.page(Self.work, inventory)
    #expect(page.contains("night: Thu, 22:00 to 04:00 UTC"))
    #expect(page.contains("It excuses nothing."))
  }
}
