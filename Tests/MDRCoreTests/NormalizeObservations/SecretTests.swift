import Testing

@testable import MDRCore

/// Secrets never leave the log, however they are wrapped; what only looks like one stays.
@Suite struct SecretTests {
  private static func details(_ members: String) throws -> String {
    let observed = try CanonicalisationTests.observation(members)
    var output = JSONOutput()
    observed.append(to: &output)
    _ = try JSONValue(parsing: output.text)
    return output.text
  }

  @Test(arguments: [
    #"{"password":"PLANTED"}"#, #"{"masterUserPassword":"PLANTED"}"#,
    #"{"loginProfile":{"password":"PLANTED"}}"#,
    #"{"credentials":{"accessKeyId":"A","secretAccessKey":"PLANTED","sessionToken":"PLANTED"}}"#,
    #"{"userData":"PLANTED"}"#, #"{"userData":{"value":"PLANTED"}}"#, #"{"secretString":"PLANTED"}"#,
    #"{"PASSWORD":"PLANTED"}"#, #"{"pass_word":"x","db-password":"PLANTED"}"#,
    #"{"p\u0061ssword":"PLANTED"}"#,
    #"{"list":[{"secretAccessKey":"PLANTED"}]}"#, #"{"password":{"value":"PLANTED"}}"#,
    #"{"password":["PLANTED"]}"#,
    #"{"password":12345678}"#, #"{"environment":{"variables":{"ANY":"PLANTED"}}}"#,
    #"{"environment":[{"name":"KEY","value":"PLANTED"}]}"#,
    // JSON as text, once and twice.
    #"{"body":"{\"password\":\"PLANTED\"}"}"#, #"{"body":"{\"Password\" : \"PLANTED\"}"}"#,
    #"{"body":"{\"inner\":\"{\\\"secretAccessKey\\\":\\\"PLANTED\\\"}\"}"}"#,
    #"{"body":"{\"userData\":\"PLANTED\"}"}"#, #"{"body":"{\u0022password\u0022:\u0022PLANTED\u0022}"}"#,
    // URL-encoded documents and forms.
    #"{"body":"%7B%22password%22%3A%22PLANTED%22%7D"}"#,
    #"{"body":"%7b%22secretAccessKey%22%3a%22PLANTED%22%7d"}"#,
    #"{"query":"user=a&password=PLANTED"}"#, #"{"query":"user%3Da%26password%3DPLANTED"}"#,
    #"{"url":"https://x.example/?X-Amz-Security-Token=PLANTED"}"#,
    #"{"url":"https://x.example/?X-Amz-Signature=PLANTED"}"#,
    #"{"url":"https://x.example/?access_token=PLANTED"}"#,
    #"{"url":"postgres://user:PLANTED@db.example/orders"}"#,
    // Headers.
    #"{"headers":{"Authorization":"Bearer PLANTED"}}"#, #"{"headers":{"x-amz-security-token":"PLANTED"}}"#,
    #"{"header":"Authorization: Basic PLANTED"}"#, #"{"header":"authorization: bearer PLANTED"}"#,
    #"{"headers":{"Cookie":"PLANTED"}}"#, #"{"headers":{"X-Api-Key":"PLANTED"}}"#,
    // Scripts and keys.
    #"{"commands":["export AWS_SECRET_ACCESS_KEY=PLANTED"]}"#, #"{"commands":["mysql --password=PLANTED"]}"#,
    #"{"key":"-----BEGIN RSA PRIVATE KEY-----\nPLANTED"}"#,
  ])
  func `a secret is removed`(document: String) throws {
    for member in ["requestParameters", "responseElements", "additionalEventData", "serviceEventDetails"] {
      let line = try Self.details("\"\(member)\":\(document)")
      #expect(!line.contains("PLANTED"), "\(member)")
      #expect(!line.contains("12345678"), "\(member)")
      #expect(line.contains(SecretScrubber.replacement), "\(member)")
    }
  }

  @Test(arguments: [
    #"{"passwordResetRequired":true}"#, #"{"allowUsersToChangePassword":false}"#,
    #"{"minimumPasswordLength":8}"#,
    #"{"secretId":"orders"}"#, #"{"credentials":{"accessKeyId":"ASIAKEPT","expiration":"Jan 1"}}"#,
    #"{"accessKeyId":"AKIAKEPT"}"#, #"{"description":"rotates the password of the orders database"}"#,
    #"{"name":"password-policy"}"#, #"{"url":"https://x.example/a?b=c"}"#,
    #"{"email":"https://a.example:8080/x@y"}"#,
    #"{"policyDocument":"{\"Action\":\"iam:UpdateLoginProfile\"}"}"#,
  ])
  func `what is no secret stays`(document: String) throws {
    let line = try Self.details("\"requestParameters\":\(document)")
    #expect(!line.contains(SecretScrubber.replacement))
    #expect(line.contains(document))
  }
}
