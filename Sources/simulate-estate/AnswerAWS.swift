import Foundation
import MDRCore

/// Answers the AWS CLI's calls that lookup-collector makes, from a folder of delivered logs.
struct AnswerAWS {
  static let logs = Option<String?>.optional(
    "--logs", "DIR", help: "folder of S3-delivered logs to answer from")

  static let command = Command(
    "answer-aws", "prints what the AWS CLI would, from a folder of logs; the call follows behind --",
    operands: "-- cloudtrail lookup-events ...", options: [logs.declaration]
  ) { arguments, _ in
    let call = try AWSCall(arguments.operands)
    let answer = try AnswerAWS(folder: arguments.required(logs)).answer(call)
    return CommandOutcome(summary: [answer.asciiText], json: answer)
  }

  let folder: String

  /// The answer to a call, or the error that the CLI would print.
  func answer(_ call: AWSCall) throws -> JSONValue {
    switch call.operation {
    case "sts get-caller-identity":
      let account = try caller()
      return [
        "UserId": "AIDAEXAMPLE", "Account": .string(account),
        "Arn": .string("arn:aws:iam::\(account):user/collector"),
      ]
    case "sts assume-role":
      return try assumedRole(call)
    case "cloudtrail lookup-events":
      return try LookupAnswer(folder: folder, account: caller(), call: call).page
    default:
      throw CommandError.usage(
        "\(call.operation) has no answer here", mend: "ask cloudtrail lookup-events or sts")
    }
  }

  /// The token of an assumed role names its account, which is all that the stand-in needs to know.
  private static let tokenPrefix = "answer-aws-account-"

  private func assumedRole(_ call: AWSCall) throws -> JSONValue {
    let parts = (call.options["--role-arn"] ?? "").split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 6, try accounts().contains(String(parts[4])) else {
      throw AWSCall.refusal("AccessDenied", operation: "AssumeRole")
    }
    return [
      "Credentials": [
        "AccessKeyId": "ASIAEXAMPLE", "SecretAccessKey": "example",
        "SessionToken": .string(Self.tokenPrefix + parts[4]), "Expiration": "2099-01-01T00:00:00+00:00",
      ]
    ]
  }

  private func caller() throws -> String {
    let token = ProcessInfo.processInfo.environment["AWS_SESSION_TOKEN"] ?? ""
    if token.hasPrefix(Self.tokenPrefix) { return String(token.dropFirst(Self.tokenPrefix.count)) }
    guard let first = try accounts().first else {
      throw CommandError(
        .noUsableInput, "\(folder) holds no deliveries of an account", mend: "name a folder of AWSLogs")
    }
    return first
  }

  /// The accounts that have deliveries, sorted.
  private func accounts() throws -> [String] { try DeliveryFolders(below: folder).paths.keys.sorted() }
}

/// Where each account's deliveries lie: folders of the form `<account>/CloudTrail`, found without reading them.
struct DeliveryFolders {
  /// The `CloudTrail` folder of each account.
  private(set) var paths: [String: String] = [:]

  init(below folder: String) throws(CommandError) {
    guard FileManager.default.fileExists(atPath: folder) else {
      throw CommandError(
        .noSuchInput, "\(folder) does not exist", mend: "name a folder of AWSLogs with --logs")
    }
    // Bucket, prefix, AWSLogs and organisation can stand above the account.
    search(folder, depth: 5)
  }

  private mutating func search(_ folder: String, depth: Int) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      let path = folder + "/" + name
      if name.count == 12, name.allSatisfy(\.isNumber),
        FileManager.default.fileExists(atPath: path + "/CloudTrail")
      {
        paths[name] = path + "/CloudTrail"
      } else if depth > 0 {
        search(path, depth: depth - 1)
      }
    }
  }
}

/// A call as the AWS CLI takes it: service, operation, options with a value each.
struct AWSCall {
  let operation: String
  private(set) var options: [String: String] = [:]

  init(_ words: [String]) throws(CommandError) {
    guard words.count >= 2 else { throw .usage("no call", mend: "write the AWS CLI's arguments behind --") }
    operation = words.prefix(2).joined(separator: " ")
    var rest = words.dropFirst(2)
    while let name = rest.popFirst() {
      if name == "--no-paginate" { continue }
      guard name.hasPrefix("--"), let value = rest.popFirst() else {
        throw .usage("\(name) has no value", mend: "write the call as for the AWS CLI")
      }
      options[name] = value
    }
  }

  /// An error in the words of the AWS CLI.
  static func refusal(_ code: String, operation: String) -> CommandError {
    CommandError(
      .unavailable, "An error occurred (\(code)) when calling the \(operation) operation",
      mend: "the logs have no such thing")
  }
}

extension JSONValue {
  /// The value on one line in ASCII, as the AWS CLI prints it to a pipe.
  var asciiText: String {
    var text = ""
    for unit in compactText.utf16 {
      if unit < 0x7F, let scalar = Unicode.Scalar(unit) {
        text.unicodeScalars.append(scalar)
      } else {
        let digits = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return text
  }
}
