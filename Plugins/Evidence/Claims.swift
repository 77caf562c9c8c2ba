import PluginKit

/// What a claim says, as tables show it.
struct Claim {
  var id: String
  var subject: String
  var property: String
  var value: String
  var qualifiers: String
  var when: String
  var isClaimed: Bool
  var isChosen: Bool
  /// Who claims it, or denies it where nobody does.
  var cited: [String]

  static let columns = [
    "id", "subject", "property", "value", "qualifiers", "validity", "claimed", "chosen", "cited",
  ]

  init(_ row: Row) {
    id = row[0].label
    subject = row[1].label
    property = row[2].label
    value = row[3].label
    qualifiers = row[4].label
    when = row[5].label
    isClaimed = row[6].isYes
    isChosen = row[7].isYes
    cited = row[8].names
  }

  /// What a thing is and is called, which does not go with a source.
  static let staying: [Datum] = ["name", "type"]
  var stays: Bool { property == "name" || property == "type" }

  /// The value with what it is of.
  var words: String { value + (qualifiers.isEmpty ? "" : " [\(qualifiers)]") }

  static func precedes(_ one: Claim, _ other: Claim) -> Bool {
    (one.subject, one.property, one.value, one.qualifiers, one.when, one.id)
      < (other.subject, other.property, other.value, other.qualifiers, other.when, other.id)
  }
}

/// When a statement is dated: by its value, its start, or the day on which it was seen.
struct Dating {
  static let columns = ["date_earliest", "date_latest", "start_earliest", "start_latest", "last_seen"]

  /// Whether the dates in a row, from a place on, can lie in some days.
  static func lies(_ row: Row, from place: Int, in days: ClosedRange<Int64>?) -> Bool {
    guard let days else { return true }
    func overlaps(_ first: Datum, _ last: Datum) -> Bool {
      guard let first = first.day, let last = last.day else { return false }
      return first <= days.upperBound && last >= days.lowerBound
    }
    return overlaps(row[place], row[place + 1]) || overlaps(row[place + 2], row[place + 3])
      || overlaps(row[place + 4], row[place + 4])
  }
}
