import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// Somebody else's statement that speaks of the thing, or of a part of it.
struct BriefMention {
  var record: StatementRecord
  /// Of what it speaks: the thing itself, or this part of it.
  var named: Key
  /// Whether that is its value, and not among its qualifiers.
  var isValue: Bool
}

/// What else there is, and how it is linked.
extension Briefing {
  /// What others say that names it, or a part of it where these count.
  mutating func mentions() throws(Failure) -> [BriefMention] {
    var named = [subject.key]
    if includesParts {
      let paths = try context.paths(PathQuery(.parts, in: [subject.key]), times, span)
      named += Set(paths.filter { $0.certainty != .not }.map(\.member)).subtracting(named).sorted()
    }
    var mentions: [BriefMention] = []
    var seen: Set<StatementID> = []
    for key in named {
      var selection = StatementSelection(
        mentioned: key, tellsHeld: true, includesOver: times.on != nil, tellsStanding: true)
      selection.limit = mostMentions + 1
      let found = try storing(span) { () throws(StoreProblem) in
        try store.statements(selection, times)
      }
      if found.count > mostMentions { isNamedByMore = true }
      for record in found.prefix(mostMentions)
      where record.statement.subject != subject.key && seen.insert(record.id).inserted {
        mentions.append(
          BriefMention(record: record, named: key, isValue: record.statement.value.entityKey == key))
      }
    }
    return mentions
  }

  /// The parts of a thing with what of them is asked: of the thing itself nothing is said.
  private func through(_ mention: BriefMention) -> String {
    mention.named == subject.key ? "" : ", through \(title(mention.named))"
  }

  mutating func succession(_ own: [StatementRecord], _ mentions: [BriefMention]) -> Page.Section? {
    var lines = lines(records(own, at: .succession))
    let family = Set(schema.propertyAndNarrower(of: Self.succeeds))
    let after = mentions.filter {
      $0.isValue && $0.named == subject.key && family.contains($0.record.statement.property)
    }
    if !after.isEmpty {
      lines.append(
        line(
          "is followed by", subjects(after), shownBy: "mentions \(key) property \(Self.succeeds)\(bounds)",
          areOfOthers: true))
    }
    return section("What it follows, and what follows it", lines)
  }

  mutating func figures(_ own: [StatementRecord], _ mentions: [BriefMention]) -> Page.Section? {
    var lines = lines(records(own, at: .figures))
    let others = mentions.filter { isFigure($0.record.statement.property) }
    let groups = Dictionary(grouping: others, by: \.record.statement.property).sorted { $0.key < $1.key }
    for (property, mentions) in groups {
      let records = ordered(mentions.map(\.record))
      let values = records.map { ($0.id, "\(title($0.statement.subject)) \(words($0.statement.value))") }
      let items = items(records, as: Dictionary(values) { first, _ in first })
      lines.append(
        line(
          "\(property) of others", items,
          shownBy: "mentions \(key) property \(property)\(bounds) limit \(mostMentions)", areOfOthers: true))
    }
    return section("Figures", lines)
  }

  private func isFigure(_ property: Key) -> Bool { schema.properties[property]?.range.isNumeric ?? false }

  /// The things that its own statements name, and those whose statements name it, by what links them.
  mutating func links(_ own: [StatementRecord], _ mentions: [BriefMention]) -> Page.Section? {
    var lines = lines(records(own, at: .links))
    let succession = Set(schema.propertyAndNarrower(of: Self.succeeds))
    let others = mentions.filter {
      !isFigure($0.record.statement.property) && !succession.contains($0.record.statement.property)
    }
    let groups = Dictionary(grouping: others) { mention in
      let property = mention.record.statement.property
      if mention.isValue, place(of: property) == .standings || place(of: property) == .chairs {
        return "\(property) of"
      }
      if mention.isValue, property == EntityReader.under { return "under it" }
      return mention.isValue ? "named as \(property) by" : "qualified by it, \(property) of"
    }
    // What links it to most stands first.
    for (label, mentions) in groups.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) }) {
      guard let property = mentions.first?.record.statement.property else { continue }
      let command = "mentions \(key) property \(property)\(bounds) limit \(mostMentions)"
      func isOver(_ mention: BriefMention) -> Bool {
        mention.record.held?.certainty == .not && mention.record.held?.verdict.reason != .passedOver
      }
      let claimed = mentions.filter { !$0.record.isOnlyDenied }
      let standing = Set(claimed.filter { !isOver($0) }.map(\.record.statement.subject))
      let holding = claimed.filter { !isOver($0) }
      let notYet = claimed.filter { isOver($0) && $0.record.held?.isNotYet == true }
      let over = claimed.filter {
        isOver($0) && $0.record.held?.isNotYet != true
          && !standing.contains($0.record.statement.subject)
      }
      for (words, some) in [
        (label, holding), ("not yet \(label)", notYet), ("no more \(label)", over),
        ("said not to be \(label)", mentions.filter(\.record.isOnlyDenied)),
      ] where !some.isEmpty {
        lines.append(line(words, subjects(some), shownBy: command, areOfOthers: true))
      }
    }
    if isNamedByMore {
      lines.append(
        Page.Line(
          "",
          remark:
            "more than \(mostMentions) statements name \(key): what is told here and above is of the first "
            + "\(mostMentions) (mentions \(key)\(bounds) counts all)"))
    }
    return section("What else it is linked to, and how", lines)
  }

  /// The things that name it, each once: by what is chosen and holds, with the sources of all.
  private mutating func subjects(_ mentions: [BriefMention]) -> [Page.Item] {
    var items: [Page.Item] = []
    var places: [String: Int] = [:]
    let records = ordered(mentions.map(\.record))
    let named = Dictionary(mentions.map { ($0.record.id, $0) }) { first, _ in first }
    for record in records {
      guard let mention = named[record.id] else { continue }
      let who = title(record.statement.subject) + through(mention)
      let numbers = sources.numbers(record)
      if let place = places[who] {
        items[place].sources = Set(items[place].sources + numbers).sorted()
        items[place].statements.append(record.id)
        continue
      }
      places[who] = items.count
      var text = told(
        record, as: mention.isValue ? who : "\(who) \(words(record.statement.value))", among: records)
      if record.isOnlyDenied { text = String(text.dropFirst("not ".count)) }
      items.append(Page.Item(text, sources: numbers, statements: [record.id]))
    }
    return items
  }
}
