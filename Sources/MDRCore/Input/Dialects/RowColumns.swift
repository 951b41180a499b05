/// The columns that tables of CloudTrail have, whatever their capitals and punctuation.
enum RowColumns {
  /// A member of a record and the columns that may hold it, the best first.
  struct Column {
    var path: [String]
    var names: [String]
    var isDocument = false
  }

  static let all: [Column] =
    [
      "eventVersion", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent", "errorCode",
      "errorMessage", "apiVersion", "readOnly", "recipientAccountId", "sharedEventID", "vpcEndpointId",
      "vpcEndpointAccountId", "managementEvent", "eventCategory",
    ].map { Column(path: [$0], names: [$0.lowercased()]) }
    + [
      Column(path: ["eventID"], names: ["eventid", "awseventid"]),
      Column(path: ["eventType"], names: ["eventtypename", "eventtype"]),
      Column(path: ["requestID"], names: ["requestid", "awsrequestid"]),
      Column(path: ["tlsDetails", "clientProvidedHostHeader"], names: ["clientprovidedhostheader"]),
      Column(path: ["tlsDetails", "tlsVersion"], names: ["tlsversion"]),
      Column(path: ["tlsDetails", "cipherSuite"], names: ["ciphersuite"]),
    ]
    + [
      "requestParameters", "responseElements", "additionalEventData", "serviceEventDetails", "resources",
      "tlsDetails", "userIdentity",
    ].map { Column(path: [$0], names: [$0.lowercased()], isDocument: true) }
    + ["type", "principalId", "arn", "accountId", "invokedBy", "accessKeyId", "userName"].map {
      Column(path: ["userIdentity", $0], names: ["useridentity" + $0.lowercased()])
    }
    + [
      Column(path: ["userIdentity", "accessKeyId"], names: ["awsaccesskey"]),
      Column(path: ["userIdentity", "userName"], names: ["username"]),
      Column(path: ["userIdentity", "onBehalfOf", "userId"], names: ["useridentityuserid"]),
      Column(path: ["userIdentity", "onBehalfOf", "identityStoreArn"], names: ["useridentitystorearn"]),
      session(["attributes", "mfaAuthenticated"], ["sessionmfaauthenticated"]),
      session(["attributes", "creationDate"], ["sessioncreationdate"]),
      session(["sourceIdentity"], ["sourceidentity"]),
    ]
    + ["type", "principalId", "arn", "accountId", "userName"].map {
      session(["sessionIssuer", $0], ["sessionissuer" + $0.lowercased()])
    }

  /// Columns with the event's time, the best first.
  static let times = ["eventtime", "timegenerated", "timestamp"]

  private static func session(_ path: [String], _ names: [String]) -> Column {
    let long = "useridentitysessioncontext" + path.joined().lowercased()
    return Column(path: ["userIdentity", "sessionContext"] + path, names: names + [long])
  }

  private static let companions: Set = [
    "eventid", "awseventid", "eventsource", "awsregion", "eventtime", "timegenerated", "useridentity",
    "useridentityarn", "useridentitytype", "sourceipaddress",
  ]

  private static let documentNames = Set(all.filter(\.isDocument).flatMap(\.names))

  /// Whether what a path begins with is a document of a record.
  static func isDocument(_ name: String) -> Bool { documentNames.contains(plain(name)) }

  /// Whether columns of these names hold CloudTrail's events.
  static func areColumns(_ names: some Sequence<String>) -> Bool {
    var hasName = false
    var known = 0
    for name in names.map(plain) {
      if name == "eventname" { hasName = true }
      if companions.contains(name) { known += 1 }
    }
    return hasName && known >= 2
  }

  /// Whether an object's members are such columns.
  static func areColumns(of tape: JSONTape, _ node: JSONTape.Index) -> Bool {
    var names: [String] = []
    tape.forEachChild(node) { if tape.keySlice($0).count < 80 { names.append(tape.key($0)) } }
    return areColumns(names)
  }

  /// A column's name in lower-case letters and digits, without Azure's `[UTC]`.
  static func plain(_ name: String) -> String {
    let name = name.hasSuffix(" [UTC]") ? String(name.dropLast(6)) : name
    return name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }
}

/// A row of a table as a record.
struct RowMapping {
  private let cells: [String: JSONValue]

  init(_ members: [String: JSONValue]) {
    var cells: [String: JSONValue] = [:]
    let flat = FlatMembers()
    for name in members.keys.sorted() {
      let plain = RowColumns.plain(name)
      let value = members[name].map { Self.values($0, ofList: name.contains("{}")) }
      if cells[plain] == nil || cells[plain] == .string("") { cells[plain] = value.map(Self.single) }
      let path = MappedRecord.path(name)
      if path.count > 1, let value, RowColumns.isDocument(path[0]) {
        flat.add(
          [RowColumns.plain(path[0]) + (path[0].hasSuffix("{}") ? "{}" : "")] + path.dropFirst(), value)
      }
    }
    for column in RowColumns.all where column.isDocument {
      for name in column.names where cells[name] == nil { cells[name] = flat.value(name) }
    }
    self.cells = cells
  }

  /// The values of a cell in which Splunk's CSV has several, one to a line: those of a list, or one that was extracted
  /// twice.
  private static func values(_ cell: JSONValue, ofList isList: Bool) -> JSONValue {
    guard case .string(let text) = cell, text.utf8.contains(0x0A) else { return cell }
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    if !isList, let first = lines.first, lines.allSatisfy({ $0 == first }) { return .string(String(first)) }
    return isList ? .array(lines.map { .string(String($0)) }) : cell
  }

  /// The one value of a list that repeats it, as Splunk does where a field was extracted twice.
  private static func single(_ value: JSONValue) -> JSONValue {
    guard let first = value.elements.first, value.elements.allSatisfy({ $0 == first }), first.string != nil
    else {
      return value
    }
    return first
  }

  var isSentinel: Bool { cells["awseventid"] != nil || cells["timegenerated"] != nil }

  func mapped(shape: String) -> RecordDialect.Mapped {
    var output = MappedRecord(shape: shape)
    for name in RowColumns.times { output.setTime(cells[name]) }
    // Whole documents first: single columns then fill what they lack.
    for column in RowColumns.all.sorted(by: { $0.isDocument && !$1.isDocument }) {
      for name in column.names {
        guard column.isDocument else {
          output.set(column.path, cells[name])
          continue
        }
        let document = MappedRecord.document(cells[name])
        switch name {
        case "useridentity", "tlsdetails": output.set(column.path, MappedRecord.recased(document))
        case "resources": output.set(column.path, Self.resources(document))
        default: output.set(column.path, document)
        }
      }
    }
    return output.mapped
  }

  /// Resources with the capitals of CloudTrail's `ARN`.
  private static func resources(_ value: JSONValue?) -> JSONValue? {
    guard case .array(let elements)? = MappedRecord.recased(value) else { return nil }
    return .array(
      elements.map { element in
        var element = element
        if element["ARN"] == nil, let arn = element["arn"] { element["ARN"] = arn }
        return element
      })
  }
}
