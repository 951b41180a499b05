import Foundation

/// The inputs of the normalisation's cases: every shape and oddity that is known.
enum NormalizeCases {
  /// The input files of each case, by its name; sorted.
  static func inputs() throws -> [(name: String, files: [String])] {
    let cases = Checkout.root.appendingPathComponent("Tests/Cases/normalize")
    return try FileManager.default.contentsOfDirectory(atPath: cases.path).sorted().map { name in
      (name, try inputs(of: name))
    }
  }

  /// The input files of one case, sorted.
  static func inputs(of name: String) throws -> [String] {
    let folder = Checkout.root.appendingPathComponent("Tests/Cases/normalize/" + name).path
    return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("input") }
      .sorted().map { folder + "/" + $0 }
  }
}

/// Where the real and labelled logs lie, beside the checkout.
enum RealLogs {
  static let folder = Checkout.root.deletingLastPathComponent().appendingPathComponent("shared/data").path
}
