import RegistryModel
import RegistryStore

/// What an import would change: the first changes in words, and how many there are of each kind.
struct ImportPreview {
  /// So many changes are shown unless a clause says otherwise.
  static let usual = 20

  let limit: Int
  private(set) var changes: [EditedChange] = []
  private var counts: [String: Int] = [:]
  private var total = 0

  init(limit: Int) { self.limit = limit }

  /// Whether changes are still put into words. What the same source says on many rows tells nothing new, and might be
  /// all that there is.
  var isOpen: Bool { changes.count < limit && total < limit * 50 }

  /// Takes a change in.
  /// - Parameters:
  ///   - describe: the statement in words.
  ///   - known: the sources that said it before; nothing for a statement that is new.
  mutating func note(_ edit: Edit, known: Set<Key>?, line: Int, _ describe: (Statement) -> String) {
    total += 1
    let words: String
    var id: StatementID?
    switch edit {
    case .claim(let statement, let citation), .deny(let statement, let citation):
      counts[statement.property.text, default: 0] += 1
      guard isOpen else { return }
      let source = citation?.source
      if let known {
        guard let source, !known.contains(source) else { return }
        words = describe(statement) + ", also by \(source)"
      } else {
        words = describe(statement)
      }
      id = statement.id
    case .alias(let key, let name, let source, _):
      counts["alias", default: 0] += 1
      guard isOpen else { return }
      words = "alias \(key.written) \"\(name)\"" + (source.map { " in \($0)" } ?? "")
    default: return
    }
    var sign = "+"
    if case .deny = edit { sign = "+ deny" }
    changes.append(EditedChange(sign: sign, words: words, line: line, id: id))
  }

  /// What the changes that are shown are of.
  var notes: [String] {
    guard total > 0 else { return [] }
    let kinds = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let list = kinds.prefix(12).map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    var notes = ["by property: \(list)" + (kinds.count > 12 ? ", and \(kinds.count - 12) more" : "")]
    if changes.count < total {
      notes.append(
        "shown are the first \(changes.count) that say something new, of \(total); limit N shows more")
    }
    return notes
  }
}
