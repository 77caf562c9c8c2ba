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

  private init?(_ row: Row) {
    guard row["claimed"].isYes else { return nil }
    id = row["id"].label
    subject = row["subject"].label
    object = row["object"].label
    text = row["value"].label
    figure = Figure(row)
    days = Self.days(row["date_earliest"], row["date_latest"])
    start = Self.day(row["start_earliest"])
    isChosen = row["chosen"].isYes
    isPossible = row["certainty"].label == "possibly"
  }

  private static func day(_ datum: Datum) -> Int64? {
    switch datum {
    case .date(let date): date.firstDay
    case .integer(let day): day
    default: nil
    }
  }

  private static func days(_ first: Datum, _ last: Datum) -> ClosedRange<Int64>? {
    guard let first = day(first), let last = day(last), first <= last else { return nil }
    return first...last
  }

  /// What is claimed by some properties and those that narrow them, by the property that was asked for; also what was
  /// passed over.
  static func read(_ properties: [String], _ call: Call) throws -> [String: [Saying]] {
    var parents: [String: String] = [:]
    for row in try call.rows(of: "properties", columns: ["key", "parent"]) {
      parents[row[0].label] = row[1].label
    }
    /// The property that was asked for: itself or a wider one.
    func asked(_ key: String) -> String? {
      var (key, steps) = (key, 0)
      while !properties.contains(key) {
        guard let parent = parents[key], !parent.isEmpty, steps < parents.count else { return nil }
        (key, steps) = (parent, steps + 1)
      }
      return key
    }
    let wanted = parents.keys.filter { asked($0) != nil }.sorted()
    guard !wanted.isEmpty else { return [:] }
    var found: [String: [Saying]] = [:]
    for row in try call.rows(
      of: "statements", columns: columns, where: ["property": wanted.map(Datum.key)])
    {
      guard let saying = Saying(row), let property = asked(row["property"].label) else { continue }
      found[property, default: []].append(saying)
    }
    return found.mapValues { $0.sorted { ($0.subject, $0.id) < ($1.subject, $1.id) } }
  }
}
