/// A path into one of the event's documents, or on from an element of one, prepared for tapes.
final class DocumentPath: Sendable {
  private enum Step: Sendable {
    case key(MemberKey)
    case each
  }

  let path: FactPath
  private let steps: [Step]

  /// Prepares a path; `nil` for one that leads into no document.
  init?(_ path: FactPath) {
    switch path.root {
    case .request, .response, .additional, .element: break
    case .field, .target: return nil
    }
    self.path = path
    steps = path.steps.map { step in
      switch step {
      case .key(let name): .key(MemberKey(name))
      case .each: .each
      }
    }
  }

  /// Whether one of the values at the path passes, asked one after the other until one does.
  ///
  /// The values are those of `EventFacts.values(at:element:)`. Where `passes` asks no more of them than `test`, only what
  /// that says is noted.
  func contains(
    _ evaluator: LogicEvaluator, _ element: TapeNode?, noting test: PreparedTest? = nil,
    where passes: (TapeNode) -> Bool
  ) -> Bool {
    // The facts are large: each is asked for where it lies, since those of a class would be copied to be handed on.
    evaluator.context.facts.reads?.note(path, through: test)
    let root: TapeNode?
    switch path.root {
    case .request: root = evaluator.context.facts.request.root
    case .response: root = evaluator.context.facts.response.root
    case .additional: root = evaluator.context.facts.additional.root
    default: root = element
    }
    guard let root else { return false }
    return contains(root.tape, root.index, from: 0, passes)
  }

  private func contains(
    _ tape: JSONTape, _ start: JSONTape.Index, from first: Int, _ passes: (TapeNode) -> Bool
  ) -> Bool {
    var index = start
    for number in first..<steps.count {
      switch steps[number] {
      case .key(let key):
        guard let member = tape.member(index, key) else { return false }
        index = member
      case .each:
        guard tape.kind(index) == .array else { continue }
        let end = tape.after(index)
        var child = tape.firstChild(index)
        while child < end {
          if contains(tape, child, from: number + 1, passes) { return true }
          child = tape.after(child)
        }
        return false
      }
    }
    return tape.kind(index) != .null && passes(TapeNode(tape, index))
  }

  /// All values at the path.
  func values(_ evaluator: LogicEvaluator, _ element: TapeNode?) -> [JSONValue] {
    var values: [JSONValue] = []
    _ = contains(evaluator, element) { node in
      values.append(node.value)
      return false
    }
    return values
  }
}
