/// One API call of an operation, with templates for what differs each time.
struct Call: Sendable {
  let service: String
  let name: String
  let request: Template?
  let response: Template?
  var caller: Principal?
  /// The service that makes the call with the caller's credentials.
  var via: String?
  var resources: Template?
  var additional: Template?
  var serviceDetails: Template?
  var kind = Kind.api
  var region: String?
  var error: Failure?
  /// Seconds since the call before.
  var gap = 1...8

  enum Kind: String, Sendable {
    case api = "AwsApiCall"
    case service = "AwsServiceEvent"
    case signIn = "AwsConsoleSignIn"
  }

  /// A refused or failed call.
  struct Failure: Sendable {
    let code: String
    let message: Template
  }

  init(_ service: String, _ name: String, _ request: Template? = nil, response: Template? = nil) {
    self.service = service
    self.name = name
    self.request = request
    self.response = response
  }

  var isReadOnly: Bool {
    if kind != .api { return false }
    let reading = [
      "Describe", "Get", "List", "Lookup", "AssumeRole", "Decrypt", "GenerateDataKey", "Head", "Search",
      "Select", "BatchGet",
    ]
    return reading.contains { name.hasPrefix($0) }
  }

  func by(_ caller: Principal) -> Call { with { $0.caller = caller } }
  func via(_ service: String) -> Call { with { $0.via = service } }
  func on(_ resources: Template) -> Call { with { $0.resources = resources } }
  func after(_ gap: ClosedRange<Int>) -> Call { with { $0.gap = gap } }
  func `in`(_ region: String) -> Call { with { $0.region = region } }
  func failing(_ code: String, _ message: Template) -> Call {
    with { $0.error = Failure(code: code, message: message) }
  }
  func with(_ change: (inout Call) -> Void) -> Call {
    var copy = self
    change(&copy)
    return copy
  }
}
