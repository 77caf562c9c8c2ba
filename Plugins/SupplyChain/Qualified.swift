import PluginKit

/// A figure with what it is a figure of, whatever qualifies it.
struct Qualified {
  let id: String
  let subject: String
  let figure: Figure
  let isChosen: Bool
  /// By property: the value in words, and the key of one that is an entity.
  private var qualifiers: [String: (text: String, key: String)] = [:]

  /// The value of a qualifier in words; empty where there is none.
  func text(_ property: String) -> String { qualifiers[property]?.text ?? "" }
  /// The key of a qualifier that is an entity; empty where there is none.
  func key(_ property: String) -> String { qualifiers[property]?.key ?? "" }

  private init?(_ row: Row) {
    guard row["claimed"].isYes, let figure = Figure(row), !figure.isForecast else { return nil }
    id = row["id"].label
    subject = row["subject"].label
    self.figure = figure
    isChosen = row["chosen"].isYes
  }

  /// The figures of a property and those that narrow it, rivals among them; of some subjects, or of all.
  static func read(_ property: String, of subjects: [String]? = nil, _ call: Call) throws -> [Qualified] {
    let properties = try call.propertyAndNarrower(of: property)
    var filters: [String: [Datum]] = ["property": properties.map(Datum.key)]
    if let subjects { filters["subject"] = subjects.map(Datum.key) }
    var found: [String: Qualified] = [:]
    for row in try call.rows(
      of: "statements", columns: ["id", "subject", "chosen", "claimed"] + Figure.columns, where: filters)
    {
      if let figure = Qualified(row) { found[figure.id] = figure }
    }
    guard !found.isEmpty else { return [] }
    for row in try call.rows(of: "qualifiers", columns: ["statement", "property", "value", "object"]) {
      found[row[0].label]?.qualifiers[row[1].label] = (row[2].label, row[3].label)
    }
    return found.values.sorted { ($0.subject, $0.id) < ($1.subject, $1.id) }
  }
}
