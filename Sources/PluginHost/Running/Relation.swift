import CEntentePlugin

/// A relation that analyses may read: a view of `sql`, with the types of its columns.
public struct Relation: Hashable, Sendable {
  /// A column, and what its cells are where they are not empty.
  public struct Column: Hashable, Sendable {
    /// What a cell is.
    public enum Kind: String, Hashable, Sendable { case text, key, integer, decimal, date, boolean }
    /// Its name.
    public let name: String
    /// What its cells are.
    public let kind: Kind
  }

  /// What a plugin opens it by.
  public let name: String
  /// Its columns; later versions append.
  public let columns: [Column]

  /// The columns are written as `name` or `name:kind`, texts where no kind is said.
  private init(_ name: String, _ columns: String) {
    self.name = name
    self.columns = columns.split(separator: " ").map { column in
      let parts = column.split(separator: ":")
      let kind = parts.count > 1 ? Column.Kind(rawValue: String(parts[1])) : nil
      return Column(name: String(parts[0]), kind: kind ?? .text)
    }
  }

  /// Every relation of the contract; `entente_plugin.h` says the same to plugin authors, and the views are the same.
  public static let all: [Relation] = [
    Relation("memberships", membership),
    Relation("memberships_including_groups", membership + " through"),
    Relation(
      "initiatives",
      "key:key type:key name status announced:date launched:date signed:date started:date ended:date lead"),
    Relation(
      "commitments",
      "key:key under giver receiver rung low:decimal high:decimal currency bound reading forecast:boolean due:date"
        + " start_earliest:date start_latest:date end_earliest:date end_latest:date rung_statement amount_statement"
        + " due_statement"),
    Relation(
      "figures",
      "subject:key property:key mineral stage product year scope basis market low:decimal high:decimal unit bound"
        + " forecast:boolean chosen:boolean source_count:integer statement"),
    Relation("events", "key:key type:key name date:date place"),
    Relation(
      "offices",
      "key:key name of holder:key start_earliest:date end_latest:date certainty start_latest:date end_earliest:date statement"
    ),
    Relation("entities", "key:key type:key name"),
    Relation("names", "entity:key name kind"),
    Relation(
      "statements",
      "id subject:key property:key value low:decimal high:decimal unit qualifiers validity claimed:boolean"
        + " denied:boolean chosen:boolean recorded_tx:integer certainty evidence object:key number:decimal bound approximate:boolean reading"
        + " forecast:boolean date_earliest:date date_latest:date start_earliest:date start_latest:date end_earliest:date"
        + " end_latest:date last_seen:date sources:integer origins:integer rank"),
    Relation(
      "qualifiers",
      "statement property:key value object:key low:decimal high:decimal unit bound date_earliest:date date_latest:date"
    ),
    Relation("citations", "statement source:key via locator quote said inferred stance"),
    Relation(
      "sources",
      "key:key title publisher published:date url reliability language published_earliest:date published_latest:date"
        + " retrieved:date note corrects facts:integer"),
    Relation("transactions", "id:integer at author reason tool reverts:integer"),
    Relation("types", "key:key parent:key plural about"),
    Relation("properties", "key:key parent:key domain range targets unit cardinality per about"),
  ]

  private static let membership =
    "initiative:key member:key property:key role start_earliest:date start_latest:date end_earliest:date"
    + " end_latest:date statement certainty"

  /// The relation of a name.
  static func named(_ name: String) -> Relation? { all.first { $0.name == name } }

  /// The column of a name.
  func column(_ name: String) -> Column? { columns.first { $0.name == name } }
}
