import PluginKit

/// One statement about a commitment.
struct Saying {
  let id: String
  let subject: String
  /// The key of a value that is an entity; empty for others.
  let object: String
  /// The value in words.
  let text: String
  let figure: Figure?
  /// The days that a date can mean.
  let days: ClosedRange<Int64>?
  /// The first day on which it may begin; nothing where that is open.
  let start: Int64?
  let isChosen: Bool
  let isPossible: Bool

  /// Who or what it names: a key, or a word such as `unknown`.
  var name: String { object.isEmpty ? text : object }
  var datum: Datum { .text(id) }

  private static let columns =
    [
      "id", "subject", "property", "object", "value", "date_earliest", "date_latest", "start_earliest",
      "chosen",
      "certainty", "claimed",
    ] + Figure.columns

  private init?(_ row: Row, hasDate: Bool) {
    guard row["claimed"].isYes else { return nil }
    id = row["id"].label
    subject = row["subject"].label
    object = row["object"].label
    text = row["value"].label
    figure = Figure(row)
    days = Self.days(row["date_earliest"], row["date_latest"])
    start = row["start_earliest"].day
    isChosen = row["chosen"].isYes
    // What was passed over has no certainty on a date: a reading that takes it may find that it only possibly holds.
    isPossible = row["certainty"].label == "possibly" || hasDate && row["certainty"] == .empty
  }

  private static func days(_ first: Datum, _ last: Datum) -> ClosedRange<Int64>? {
    guard let first = first.day, let last = last.day, first <= last else { return nil }
    return first...last
  }

  /// What is claimed by some properties and those that narrow them, by the property that was asked for; also what was
  /// passed over.
  static func read(_ properties: [String], _ call: Call) throws -> [String: [Saying]] {
    // What narrows several that are asked for stands under the nearest.
    var asked: [String: String] = [:]
    let families = try properties.map { (property: $0, all: try call.propertyAndNarrower(of: $0)) }
    for family in families.sorted(by: { $0.all.count > $1.all.count }) {
      for key in family.all { asked[key] = family.property }
    }
    var found: [String: [Saying]] = [:]
    for row in try call.rows(
      of: "statements", columns: columns, where: ["property": asked.keys.sorted().map(Datum.key)])
    {
      guard let saying = Saying(row, hasDate: call.moment.on != nil),
        let property = asked[row["property"].label]
      else { continue }
      found[property, default: []].append(saying)
    }
    return found.mapValues { $0.sorted { ($0.subject, $0.id) < ($1.subject, $1.id) } }
  }
}
