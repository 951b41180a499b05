import Foundation

/// A stand-in for the AWS CLI that pages, throttles and denies, and writes down how it was called.
struct FakeAWS {
  let folder: URL

  var program: String { folder.appendingPathComponent("fake aws").path }

  /// Each call's arguments and the credentials that its environment carried.
  var calls: [String] {
    get throws {
      let url = folder.appendingPathComponent("calls.log")
      return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map(String.init)
    }
  }

  init(in folder: URL) throws {
    self.folder = folder
    try Data(Self.script.utf8).write(to: URL(fileURLWithPath: folder.path + "/fake aws"))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
  }

  /// Two pages and a third for CreateAccessKey, one throttled call for StopLogging, nothing for other names.
  ///
  /// eu-west-1 denies, ap-east-1 is not enabled. Of the roles one can be assumed; two run out behind the first page, of
  /// which the first is throttled before and the second can't be assumed again.
  private static let script = #"""
    #!/bin/bash
    here=$(dirname "$0")
    printf '%s | %s %s %s\n' "$*" "${AWS_ACCESS_KEY_ID:--}" "${AWS_SESSION_TOKEN:--}" "${AWS_MAX_ATTEMPTS:--}" \
      >>"$here/calls.log"
    fail() { printf '\nAn error occurred (%s) when calling the operation: %s\n' "$1" "secret detail" >&2; exit 254; }
    case "$*" in
      *--profile\ signed-out*) echo 'Unable to locate credentials. You can configure credentials.' >&2; exit 253 ;;
      *get-caller-identity*) echo '{ "UserId": "x", "Account": "000000000001" }'; exit 0 ;;
      *assume-role*000000000002*)
        echo '{"Credentials": {"AccessKeyId": "ASIAEXAMPLE", "SecretAccessKey": "hidden-secret", "SessionToken": "hidden-token"}}'
        exit 0 ;;
      *assume-role*00000000000[56]*)
        call=$*; account=${call#*iam::}; account=${account%%:*}; printf x >>"$here/$account"
        case $account$(cat "$here/$account") in
          000000000005x) fail Throttling ;;
          000000000006xx) fail AccessDenied ;;
        esac
        printf '{"Credentials": {"AccessKeyId": "ASIAEXAMPLE", "SecretAccessKey": "hidden-secret", "SessionToken": "hidden-%s"}}' \
          "$account$(cat "$here/$account")"
        exit 0 ;;
      *assume-role*) fail AccessDenied ;;
      *--region\ eu-west-1*) fail AccessDeniedException ;;
      *--region\ ap-east-1*) fail UnrecognizedClientException ;;
    esac
    case "$AWS_SESSION_TOKEN $*" in
      hidden-000000000005xx\ *--next-token* | hidden-000000000006x\ *--next-token*) fail ExpiredTokenException ;;
    esac
    entry() {
      printf '{\n    "EventId": "e-%s",\n   "Username": "a \\" b  c", "CloudTrailEvent": "{\\"n\\": 1.50}" }' "$1"
    }
    case "$*" in
      *=CreateAccessKey*--next-token\ page-3*) printf '{"Events": [%s]}' "$(entry 4)" ;;
      *=CreateAccessKey*--next-token\ page-2*) printf '{"Events": [%s], "NextToken": "page-3"}' "$(entry 3)" ;;
      *=CreateAccessKey*) printf '{"Events": [%s, %s], "NextToken": "page-2"}' "$(entry 1)" "$(entry 2)" ;;
      *=StopLogging*)
        if [ ! -e "$here/throttled" ]; then : >"$here/throttled"; fail ThrottlingException; fi
        printf '{"Events": []}' ;;
      *=Broken*) printf 'not json' ;;
      *) printf '{"Events": []}' ;;
    esac
    """#
}
