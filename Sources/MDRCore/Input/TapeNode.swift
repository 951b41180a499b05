/// A value on a tape, to be read where it lies while the tape stays as it is.
package struct TapeNode {
  let tape: JSONTape
  let index: JSONTape.Index

  package init(_ tape: JSONTape, _ index: JSONTape.Index) {
    self.tape = tape
    self.index = index
  }

  /// The whole value.
  package var value: JSONValue { tape.value(index) }
}
