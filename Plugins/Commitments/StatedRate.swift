import FoundationEssentials
import PluginKit

/// A rate that is stated, and what decides whether it is taken.
struct StatedRate {
  let id: String
  /// The currency in which it is said.
  let unit: String
  /// The later of two is newer; what is stated the right way round comes before what is to be turned.
  let order: Order
  let rate: Rate
  let isPreferred: Bool
  /// How much it leaves open: nothing, about a number, a bound or a range.
  let width: Int
  let origins: Int64

  struct Order: Comparable {
    let day: Int64
    let isDirect: Bool
    static func < (one: Order, other: Order) -> Bool {
      (one.day, one.isDirect ? 1 : 0) < (other.day, other.isDirect ? 1 : 0)
    }
  }

  /// Nothing where it is a forecast, not above nothing, of another currency, or said of no day up to the last.
  init?(_ row: Row, _ subject: String, into target: String, upTo last: Int64) {
    guard let figure = Figure(row), figure.low > 0, !figure.isForecast,
      figure.unit == target || subject == target,
      let day = Self.day(row["start_earliest"].day, row["end_earliest"].day, upTo: last)
    else { return nil }
    id = row["id"].label
    unit = figure.unit
    order = Order(day: day, isDirect: figure.unit == target)
    var plain = figure
    plain.reading = ""
    rate = Rate(
      low: figure.low, high: figure.high, bound: figure.bound, isRough: figure.isRough,
      isInverse: figure.unit != target, words: "\(subject) 1 = \(plain.words) \(row["validity"].label)",
      statement: row["id"])
    isPreferred = row["rank"].label == "preferred"
    width = figure.bound == .exact ? 0 : figure.bound == .about ? 1 : 2
    if case .integer(let count) = row["origins"] { origins = count } else { origins = 0 }
  }

  /// The last day up to another one of which it is said, as `total … in` has it: the day on which it was seen, the last of its
  /// period, or where its end is open the first.
  private static func day(_ start: Int64?, _ end: Int64?, upTo last: Int64) -> Int64? {
    guard let start else { return end.flatMap { $0 <= last ? $0 : nil } }
    guard start <= last else { return nil }
    return end.map { min($0, last) } ?? start
  }
}

/// How reliable the sources of some statements are, and when they came out.
struct SourceMerits {
  private struct Merit {
    var reliability = "F"
    var published = Int64.min
  }
  private var merits: [String: Merit] = [:]

  init(_ statements: [String], _ call: Call) throws {
    guard !statements.isEmpty else { return }
    var citing: [String: [String]] = [:]
    for row in try call.rows(
      of: "citations", columns: ["statement", "source"],
      where: ["statement": statements.map(Datum.text), "stance": ["claims"]])
    {
      citing[row[1].label, default: []].append(row[0].label)
    }
    for row in try call.rows(
      of: "sources", columns: ["key", "reliability", "published_latest"],
      where: ["key": citing.keys.sorted().map(Datum.key)])
    {
      for statement in citing[row[0].label] ?? [] {
        var merit = merits[statement] ?? Merit()
        if !row[1].label.isEmpty { merit.reliability = min(merit.reliability, row[1].label) }
        merit.published = max(merit.published, row[2].day ?? .min)
        merits[statement] = merit
      }
    }
  }

  /// Whether the rules choose one before another: by judgement, reliability, recency, precision, origins and id.
  func precede(_ one: StatedRate, _ other: StatedRate) -> Bool {
    let (mine, its) = (merits[one.id] ?? Merit(), merits[other.id] ?? Merit())
    if one.isPreferred != other.isPreferred { return one.isPreferred }
    if mine.reliability != its.reliability { return mine.reliability < its.reliability }
    if mine.published != its.published { return mine.published > its.published }
    if one.width != other.width { return one.width < other.width }
    return one.origins != other.origins ? one.origins > other.origins : one.id < other.id
  }
}
