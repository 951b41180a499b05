/// Which members of AWS's requests and responses hold secrets, by the names that its APIs give them.
///
/// Names are compared in lower case without punctuation, so that `AuthParameters.SECRET_HASH` and `secretHash` are one.
enum SecretMembers {
  /// How a member's name bears on its value.
  struct Facts {
    /// The value is a secret, whatever its kind.
    var isSecret = false
    /// The value is a secret where it is text or a number; an object of that name holds more than secrets.
    var isSecretText = false
    /// Any text below may be a secret.
    var isMap = false
    /// An object of that name keeps what is no secret in it.
    var isHarmlessObject = false
    /// The member names what stands in its sibling `value`.
    var namesSibling = false
    /// The member's text is the value of such a name.
    var isSiblingValue = false
    var isName = false
    var isUserData = false
  }

  private static let whole: Set = [
    "secretstring", "secretbinary", "plaintext", "ciphertextblob", "userdata", "tokenvalue", "keymaterial",
    "encryptedkeymaterial", "privatekeyplaintext", "privatekeybase64", "samlassertion", "assertion",
    "passworddata", "apikeyvalue", "presharedkey", "authkey", "cak", "authorization", "cookie", "setcookie",
    "xapikey", "xamzcredential", "xamzsignature", "signature", "uploadpolicysignature", "credentials",
    // Seeds and codes of second factors, of activations and of transfers.
    "base32stringseed", "qrcodepng", "secretcode", "secrethash", "tokencode", "authenticationcode1",
    "authenticationcode2", "mfacode", "usercode", "devicecode", "activationcode", "confirmationcode",
    "authcode",
    "secrettoauthenticateinitiator", "secrettoauthenticatetarget", "platformcredential", "tokenkey",
    // Addresses that let in whoever has them.
    "authorizedurl", "embedurl", "streamingurl", "presignedurl", "signinurl", "loginurl",
    // A configuration with the tunnels' keys in it.
    "customergatewayconfiguration", "xamzserversideencryptioncustomerkey",
    "xamzcopysourceserversideencryptioncustomerkey",
  ]
  private static let endings = [
    "password", "passwords", "passwd", "passphrase", "secretaccesskey", "secretkey", "privatekey",
    "clientsecret", "sharedsecret", "connectionstring",
  ]
  /// Tokens that say where a list goes on or which request is the same, and let nobody in.
  private static let harmlessTokens: Set = [
    "nexttoken", "clienttoken", "clientrequesttoken", "continuationtoken", "nextcontinuationtoken",
    "paginationtoken", "idempotencytoken", "clientidempotencytoken", "changetoken", "locktoken",
    "requesttoken",
    "creationtoken", "startingtoken", "nextpagetoken", "pagetoken", "previoustoken", "nextforwardtoken",
    "nextbackwardtoken", "sequencetoken", "uploadsequencetoken", "nextsequencetoken", "expectedsequencetoken",
    "resumetoken", "clientrequestidtoken", "nextlocktoken", "applicationlocktoken",
  ]
  private static let maps: Set = [
    "environment", "variables", "env", "secrets", "logins", "environmentvariablesoverride",
  ]
  private static let siblingNames: Set = [
    "name", "key", "parameterkey", "parametername", "optionname", "attributename", "headername", "field",
  ]
  private static let siblingValues: Set = [
    "value", "values", "parametervalue", "parametervalues", "stringvalue", "defaultvalue", "valuefrom",
  ]
  /// What a name of a pair holds that says its value is a secret.
  private static let telling = [
    "password", "passwd", "pwd", "secret", "token", "apikey", "privatekey", "credential", "passphrase",
    "accesskey", "connectionstring", "authorization",
  ]

  /// Members that are secrets in one event only, as CloudTrail spells them.
  private static let byEvent: [String: [String: Set<String>]] = [
    "PutParameter": ["ssm.amazonaws.com": ["value"]],
    "CreateApiKey": ["apigateway.amazonaws.com": ["value"], "appsync.amazonaws.com": ["id"]],
    "UpdateApiKey": ["apigateway.amazonaws.com": ["value"], "appsync.amazonaws.com": ["id"]],
    "ImportApiKeys": ["apigateway.amazonaws.com": ["body"]],
    "CreateKey": ["geo.amazonaws.com": ["key"]],
    "InitiateAuth": ["cognito-idp.amazonaws.com": ["session"]],
    "AdminInitiateAuth": ["cognito-idp.amazonaws.com": ["session"]],
    "RespondToAuthChallenge": ["cognito-idp.amazonaws.com": ["session"]],
    "AdminRespondToAuthChallenge": ["cognito-idp.amazonaws.com": ["session"]],
  ]

  /// Members of documents below which nothing is named as a target, as AWS spells them.
  static let hiddenContainers: Set = [
    "environment", "Environment", "environmentVariables", "EnvironmentVariables", "variables", "Variables",
    "env",
    "secrets", "logins", "runtimeEnvironmentVariables", "runtimeEnvironmentSecrets",
    "environmentVariablesOverride", "password", "Password", "privateKey", "secretString", "apiKey",
    "authParameters", "challengeResponses", "connectionProperties", "providerDetails",
  ]

  /// The members that are secrets in an event besides those of any.
  static func own(eventSource: String, eventName: String) -> Set<String> {
    byEvent[eventName]?[eventSource] ?? []
  }

  /// A name in lower case, without punctuation.
  static func folded(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  /// What a member's name says.
  static func facts(of name: String) -> Facts {
    let name = folded(name)
    var facts = Facts()
    facts.isSecret =
      whole.contains(name) || endings.contains(where: name.hasSuffix)
      || name.hasSuffix("token") && !harmlessTokens.contains(name)
    facts.isSecretText =
      name.hasSuffix("credentials") || name.hasSuffix("secret") || name == "accesskey" || name == "apikey"
    facts.isHarmlessObject = name == "credentials" || name == "userdata"
    facts.isMap = maps.contains(name) || name.contains("environmentvariables")
    facts.namesSibling = siblingNames.contains(name)
    facts.isSiblingValue = siblingValues.contains(name)
    facts.isName = name == "name"
    facts.isUserData = name == "userdata"
    return facts
  }

  /// Whether the name in a pair says that its value is a secret.
  static func tellsSecret(_ name: String) -> Bool {
    let name = folded(name)
    return telling.contains(where: name.contains)
  }
}
