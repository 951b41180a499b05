/// Why an expression can't be carried over to a target.
struct ExportLimit: Error, Equatable, Sendable {
  var reason: String
  init(_ reason: String) { self.reason = reason }
}

/// What several languages lack, said alike by each of them.
extension ExportLimit {
  static let followsCredentials = ExportLimit("it follows credentials from one session to the next")
  static let followsPerson = ExportLimit("it follows a person from one role to the next")
  static let readsPortsTogether = ExportLimit("it reads protocol and port range of a rule together")
  static let needsDocumentArray = ExportLimit("any needs an array of a document")
  static let isConstant = ExportLimit("it holds for every event or for none")
  static let mixesTests = ExportLimit("one value has to pass one of several kinds of tests")

  static func countsElements(of path: FactPath) -> ExportLimit {
    ExportLimit("it counts the elements of \(path)")
  }

  static func readsStatements(in path: RawPath) -> ExportLimit {
    ExportLimit("it reads whole statements of the policy in \(path.shown)")
  }

  static func addsUpBlocks(of path: RawPath) -> ExportLimit {
    ExportLimit("it adds up the address blocks of \(path.shown)")
  }

  static func takesWordsApart(of path: RawPath) -> ExportLimit {
    ExportLimit("it takes the words of \(path.shown) apart")
  }

  static func lacksElement(_ path: RawPath) -> ExportLimit {
    ExportLimit("\(path.shown) has no element to start from")
  }

  static func entersNestedArray(_ path: RawPath) -> ExportLimit {
    ExportLimit("it enters \(path.shown), an array inside the elements of another")
  }

  static func entersSecondArray(_ path: RawPath) -> ExportLimit {
    ExportLimit("it enters \(path.shown) beside the elements of another array")
  }

  static func liesTooDeep(_ path: RawPath) -> ExportLimit {
    ExportLimit("\(path.shown) lies below the first level of its document")
  }
}
