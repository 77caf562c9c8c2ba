import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// Events and deadlines: of the thing, of what is under it, and of the events that it is linked to.
extension Briefing {
  private static let event = Key(unchecked: "event")

  mutating func dates(
    _ own: [StatementRecord], _ mentions: [BriefMention]
  ) throws(Failure) -> Page.Section? {
    let under = Set(try entityReader.withWhatIsUnder(subject.key, times, span)).subtracting([subject.key])
    let linked = Set(
      own.compactMap(\.statement.value.entityKey) + mentions.filter(\.isValue).map(\.record.statement.subject)
    )
    let things = try storing(span) { () throws(StoreProblem) in
      try store.entities(linked.union(under).sorted(), times)
    }
    func isEvent(_ key: Key) -> Bool {
      things[key].map { schema.isType($0.type, under: Self.event) } ?? false
    }
    let wanted = under.union(linked.filter(isEvent))
    let dated = schema.properties.values.filter {
      $0.range == .date && !$0.domain.contains(BuiltIn.statement)
    }
    .map(\.key).sorted()
    var records = self.records(own, at: .dates)
    if !wanted.isEmpty, !dated.isEmpty {
      records += try storing(span) { () throws(StoreProblem) in
        try store.statements(
          StatementSelection(
            subjects: wanted.sorted(), properties: dated, tellsHeld: true, tellsStanding: true), times)
      }.filter { record in
        // When a thing that is no event began is told of itself, not of this.
        guard let thing = things[record.statement.subject], !isEvent(thing.key) else { return true }
        let marks = Set((schema.begins(thing.type) + schema.ends(thing.type)).map(\.property))
        return !schema.propertyAndBroader(of: record.statement.property).contains(where: marks.contains)
      }
    }
    try name(records)
    let lines = records.sorted { day($0) == day($1) ? $0.id.digest < $1.id.digest : day($0) < day($1) }
      .map { record -> Page.Line in
        let who = record.statement.subject == subject.key ? "" : "\(title(record.statement.subject)): "
        let isAhead = day(record) > date.latest
        let told = told(record, as: "\(who)\(record.statement.property)", among: records)
        return Page.Line(
          words(record.statement.value),
          [
            Page.Item(
              told + (isAhead ? ", ahead" : ""), sources: sources.numbers(record), statements: [record.id])
          ])
      }
    return section(
      "Events and deadlines", cut(lines))
  }

  private func day(_ record: StatementRecord) -> Day {
    if case .date(let date) = record.statement.value { date.earliest } else { .distantFuture }
  }

  /// At most so many lines as are asked for: the last of them, which are nearest to what is ahead.
  private mutating func cut(_ lines: [Page.Line]) -> [Page.Line] {
    let left = lines.count - limit
    guard left > 0 else { return lines }
    isCut = true
    return [Page.Line("earlier", omission: Page.Omission(left, shownBy: again(limit: lines.count)))]
      + lines.suffix(limit)
  }
}
