import RegistryModel
import RegistryRules

/// Statements of one property of one subject, written shortly, and what holds by them.
struct Cell {
  static let subject = Key(unchecked: "x")
  static let property = Key(unchecked: "p")
  static let wider = Key(unchecked: "wider")

  var definition: PropertyDefinition
  var records: [StatementRecord] = []
  var broader: [StatementRecord] = []
  /// By their source: reliability and publication.
  var sources: [Key: SourceStanding] = [:]

  init(_ cardinality: Cardinality) {
    definition = PropertyDefinition(
      key: Cell.property, domain: [BuiltIn.entity], range: .entities([BuiltIn.entity]),
      cardinality: cardinality)
  }

  /// - Parameters:
  ///   - period: as in the language, `from 2010 until 2015`.
  ///   - source: a letter for its reliability, and behind a point when it came out: `A`, `B.2026-01-12`.
  mutating func claim(
    _ value: String, _ period: String = "", _ source: String = "C", _ qualifiers: [Qualifier] = [],
    stance: Stance = .claims, broader isBroader: Bool = false, rank: Rank = .normal
  ) throws {
    let number = records.count + broader.count
    let key = Key(unchecked: "s\(number)")
    let parts = source.split(separator: ".", maxSplits: 1)
    let published = try parts.count > 1 ? PartialDate(edtf: String(parts[1])).latest : .distantPast
    sources[key] = SourceStanding(
      reliability: SourceData.Reliability(rawValue: String(parts[0])) ?? .f, published: published)
    guard let validity = Validity(canonicalText: period) else { throw BadPeriod(period: period) }
    let statement = Statement(
      subject: Cell.subject, property: isBroader ? Cell.wider : Cell.property,
      value: value == "none" ? .none : value == "unknown" ? .unknown : .entity(Key(unchecked: value)),
      qualifiers: qualifiers, validity: validity)
    let record = StatementRecord(
      id: StatementID("id\(number)"), statement: statement,
      citations: [Citation(source: key, stance: stance)],
      isClaimed: stance == .claims, isDenied: stance == .denies, rank: rank, recorded: TransactionID(1))
    if isBroader { broader.append(record) } else { records.append(record) }
  }

  struct BadPeriod: Error { var period: String }

  var timelines: [StatementID: Timeline] {
    let sources = sources
    return CellTimelines(records, broader: broader, definition) { sources[$0] }.timelines(of: records)
  }

  /// What holds of a value on a date: the surest of its claims.
  func holds(_ value: String, on date: String, today: String? = nil) throws -> HeldPart? {
    let timelines = timelines
    let (date, today) = (try PartialDate(edtf: date), try today.map { try PartialDate(edtf: $0).latest })
    let mine = records.filter { $0.isClaimed && $0.statement.value == .entity(Key(unchecked: value)) }
    return mine.compactMap { timelines[$0.id]?.holds(on: date, today: today) }.max { one, other in
      (one.certainty, one.isInPart ? 1 : 0, one.verdict.sureness.rawValue)
        < (other.certainty, other.isInPart ? 1 : 0, other.verdict.sureness.rawValue)
    }
  }

  /// In a word: yes, in part, possibly, no.
  func word(_ value: String, on date: String, today: String? = nil) throws -> String {
    guard let held = try holds(value, on: date, today: today) else { return "not stated" }
    switch held.certainty {
    case .certainly: return "yes"
    case .possibly: return held.isInPart ? "in part" : "possibly"
    case .not: return "no"
    }
  }
}
