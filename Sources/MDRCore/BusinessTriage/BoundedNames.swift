/// Distinct names, of which only the alphabetically first are kept.
///
/// An attacker chooses how many names there are, so their number is bounded; and which ones are told must not depend
/// on the order in which records come.
struct BoundedNames: Sendable {
  static let limit = 50

  private var kept: Set<String> = []
  private var wasTrimmed = false

  /// Whether there are more names than are told.
  var isCut: Bool { wasTrimmed || kept.count > Self.limit }

  /// The names told, in order.
  func sorted() -> [String] { Array(kept.sorted().prefix(Self.limit)) }

  mutating func insert(_ name: String) {
    guard !name.isEmpty else { return }
    kept.insert(name)
    trim()
  }

  mutating func formUnion(_ other: BoundedNames) {
    kept.formUnion(other.kept)
    wasTrimmed = wasTrimmed || other.wasTrimmed
    trim()
  }

  /// Sorting only at twice the limit keeps the cost of each name small.
  private mutating func trim() {
    guard kept.count > 2 * Self.limit else { return }
    kept = Set(sorted())
    wasTrimmed = true
  }
}
