import CommandLanguage
import RegistryModel
import RegistryStore

/// Where on the page the properties of a thing stand: each in one section, by what the schema says of it, so that nothing
/// that is said is left out.
extension Briefing {
  enum PagePlace: Hashable {
    case identity, beginnings, chairs, standings, succession, dates, figures, links, views
  }

  private static let involves = Key(unchecked: "involves")
  static let member = Key(unchecked: "member")
  static let succeeds = Key(unchecked: "succeeds")
  /// Who stands at the beginning of a thing, and where that was.
  private static let beginners = ["launcher", "announcer", "proposer", "signer", "launched-at"].map {
    Key(unchecked: $0)
  }
  private static let opinions = ["assessment", "position"].map { Key(unchecked: $0) }

  func place(of property: Key) -> PagePlace {
    guard let definition = schema.properties[property] else { return .identity }
    let broader = schema.propertyAndBroader(of: property)
    if property == BuiltIn.name { return .identity }
    if broader.contains(where: beginsOrEnds.contains) || broader.contains(where: Self.beginners.contains) {
      return .beginnings
    }
    if broader.contains(Self.involves) || broader.contains(Self.member) {
      return definition.cardinality == .oneAtATime ? .chairs : .standings
    }
    if broader.contains(Self.succeeds) { return .succession }
    if broader.contains(where: Self.opinions.contains) { return .views }
    switch definition.range {
    case .entities: return .links
    case .number, .percent, .anyPercent, .money: return .figures
    case .date: return .dates
    case .text, .choice: return .identity
    }
  }

  /// The properties by which things of its type begin and end.
  private var beginsOrEnds: Set<Key> {
    Set((schema.begins(subject.type) + schema.ends(subject.type)).map(\.property))
  }

  func records(_ records: [StatementRecord], at place: PagePlace) -> [StatementRecord] {
    records.filter { self.place(of: $0.statement.property) == place }
  }

  /// The properties of a kind that things of its type can have, those that narrow others behind them.
  func properties(at place: PagePlace) -> [Key] {
    schema.properties.values.filter {
      self.place(of: $0.key) == place && schema.canHave(subject.type, $0.domain)
    }.map(\.key).sorted()
  }

  // MARK: The sections that need no more than their statements

  mutating func identity(_ own: [StatementRecord]) throws(Failure) -> Page.Section? {
    let about = schema.types[subject.type]?.about
    let type = Page.Line("type", [Page.Item(subject.type.text)], remark: about)
    return section("What it is", [type] + (try source()) + lines(records(own, at: .identity)))
  }

  /// What is known of a source, and for how much it is cited.
  private func source() throws(Failure) -> [Page.Line] {
    guard schema.isType(subject.type, under: BuiltIn.source) else { return [] }
    let (data, cited) = try storing(span) { () throws(StoreProblem) in
      (
        try store.source(subject.key, times),
        try store.mentions(of: subject.key, most: mostMentions, times).cited
      )
    }
    let fields = data?.fields.filter { $0.1 != .empty } ?? []
    let count = cited == mostMentions ? "at least \(cited)" : "\(cited)"
    return fields.map { Page.Line($0.0, [Page.Item($0.1.plainText)]) }
      + [
        Page.Line(
          "cited for", [Page.Item("\(count) statement\(cited == 1 ? "" : "s")")],
          remark: "mentions \(key)\(bounds) lists them")
      ]
  }

  mutating func beginnings(_ own: [StatementRecord]) -> Page.Section? {
    section("Since when, and by whom", lines(records(own, at: .beginnings)))
  }

  /// Who holds what one holds at a time, and until when.
  mutating func chairs(_ own: [StatementRecord]) -> Page.Section? {
    let properties = properties(at: .chairs)
    guard !properties.isEmpty else { return nil }
    let said = Dictionary(grouping: records(own, at: .chairs), by: \.statement.property)
    var lines: [Page.Line] = []
    for property in properties {
      guard let records = said[property] else { continue }
      let holds = records.contains {
        $0.isClaimed && $0.isChosen && ($0.held.map { $0.certainty > .not } ?? true)
      }
      lines.append(
        line(
          property.text, items(ordered(records)), shownBy: "show \(key).\(property)\(bounds)",
          remark: holds ? nil : "nobody is said to hold it \(onDate)"))
    }
    if lines.isEmpty, let property = properties.first {
      lines = [
        Page.Line(property.text, remark: "not stated: no source says \(subject.key).\(property)\(bounds)")
      ]
    }
    return section("Who chairs, and until when", lines)
  }

  mutating func views(_ own: [StatementRecord]) -> Page.Section? {
    section("What is thought of it, and what it says", lines(records(own, at: .views)))
  }
}
