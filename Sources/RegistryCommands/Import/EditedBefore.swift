import RegistryModel

/// What the rows before made of what they edited. Of two rows that edit one thing in two ways, neither can be told to be
/// meant; the same edit twice is one.
final class EditedBefore {
  /// What a row can edit.
  enum Thing: Hashable {
    /// All that a cell says of a property of which there can be one value.
    case cell(Key, Key)
    case statement(StatementID)
    case evidence(StatementID, Citation)
    /// A value that stands in no other's place.
    case claim(StatementID)
  }
  /// What became of it: a cell's values, or the statement in its place.
  enum Outcome: Hashable {
    case values([Value])
    case statement(StatementID)
    case gone
  }
  private var edits: [Thing: (outcome: Outcome, line: Int)] = [:]
  private var byRow: [Thing] = []

  /// Another row is read.
  func beginRow() { byRow = [] }

  /// Leaves nothing of the row.
  func dropRow() {
    for thing in byRow { edits[thing] = nil }
    byRow = []
  }

  /// On which line a thing was edited before.
  func line(of thing: Thing) -> Int? { edits[thing]?.line }

  /// Takes in an edit.
  /// - Returns: the line of a row before that edited the same thing, and whether in the same way; nil where none did.
  func note(_ thing: Thing, _ outcome: Outcome, line: Int) -> (line: Int, isSame: Bool)? {
    if let before = edits[thing] { return (before.line, before.outcome == outcome) }
    edits[thing] = (outcome, line)
    byRow.append(thing)
    return nil
  }
}
