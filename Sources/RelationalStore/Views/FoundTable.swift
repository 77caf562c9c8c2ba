internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// The contradictions as a table: the rule that finds them is no SQL, and stands once, so what it finds is written down
/// before a query that names them is read.
enum FoundTable {
  static let name = "temp.contradiction_found"

  static let creation = """
    CREATE TEMP TABLE IF NOT EXISTS contradiction_found(subject TEXT, property TEXT, cell TEXT, kind TEXT, one TEXT,
      one_stance TEXT, other TEXT, other_stance TEXT, origin TEXT, rivals INTEGER, excludes INTEGER, alone INTEGER,
      counts INTEGER)
    """

  /// A row of it.
  struct Row: Hashable {
    var texts: [String?]
    var flags: [Bool]
    var values: [SQL] { texts.map { SQL($0) } + flags.map { SQL($0) } }
  }

  static func rows(_ cell: ComparedCell, _ schema: Schema) -> [Row] {
    let counted = cell.counted
    let address: String
    if schema.properties[cell.property]?.cardinality == .many, let value = cell.sayings.first?.statement.value
    {
      address = value.canonicalText
    } else {
      address = cell.address.map { "\($0.property) \($0.value.canonicalText)" }.joined(separator: ", ")
    }
    return cell.contradictions.map { pair in
      Row(
        texts: [
          cell.subject.text, cell.property.text, address.isEmpty ? nil : address, pair.kind.rawValue,
          pair.one.record.id.digest, pair.one.stance.rawValue, pair.other.record.id.digest,
          pair.other.stance.rawValue, pair.sharedOrigin,
        ], flags: [pair.isOfRivals, pair.kind.excludes, pair.isOfOneSource, pair == counted])
    }
  }
}
