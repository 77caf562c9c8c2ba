/// A relation that analyses may read, with its columns in order.
public struct Relation: Hashable, Sendable {
  /// What a plugin opens it by.
  public let name: String
  /// Its columns; later versions append.
  public let columns: [String]

  private init(_ name: String, _ columns: [String]) {
    self.name = name
    self.columns = columns
  }

  /// Every relation of the contract; `entente_plugin.h` says the same to plugin authors.
  public static let all: [Relation] = [
    Relation(
      "memberships",
      [
        "initiative", "member", "property", "role", "start_earliest", "start_latest", "end_earliest",
        "end_latest", "certainty",
      ]),
    Relation(
      "memberships_including_groups",
      [
        "initiative", "member", "property", "role", "through", "start_earliest", "start_latest",
        "end_earliest",
        "end_latest", "certainty",
      ]),
    Relation("initiatives", ["key", "type", "name", "status", "started"]),
    Relation("entities", ["key", "type", "name"]),
    Relation(
      "figures",
      [
        "subject", "property", "mineral", "stage", "year", "scope", "basis", "low", "high", "unit", "bound",
        "source_count",
      ]),
    Relation("commitments", ["key", "giver", "receiver", "rung", "low", "high", "currency", "reading"]),
    Relation("properties", ["key", "under"]),
  ]

  /// The relation of a name.
  static func named(_ name: String) -> Relation? { all.first { $0.name == name } }
}
