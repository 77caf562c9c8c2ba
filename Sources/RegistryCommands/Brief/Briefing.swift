import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// A brief at work: one thing, from where it is asked, and what is told of it so far.
///
/// Every rule of what holds, is chosen, belongs to whom or adds up stands where `show`, `why`, `list`, `total` and
/// `conflicts` read it; here is only what stands where on the page.
struct Briefing: CommandReader {
  let interpreter: Interpreter
  let subject: EntityRecord
  let times: Times
  let schema: Schema
  let span: Span
  /// At most so many values of a line, and lines of a section, where somebody says so.
  let asked: Int?
  /// Whether what is said of its parts is told too.
  let includesParts: Bool
  var sources = BriefSources()
  /// The names of what is spoken of.
  var names: [Key: String] = [:]
  /// The commitments whose money was told.
  var counted: Set<Key> = []
  /// What was left out since there is more than can be read.
  var isCut = false

  /// Whether the page says its day only where one was asked for: so that it is the same tomorrow, where the facts are.
  var saysToday = true

  /// Values of a line unless others are asked for.
  static let usualLimit = 12
  /// Members of a line: the states of the European Union, with some to spare.
  static let usualMembers = 30
  /// Of those that name it so many are read.
  var mostMentions = 10_000
  /// Whether more name it.
  var isNamedByMore = false

  /// The date that the page is of, or today.
  var date: PartialDate { times.on ?? PartialDate(day: context.today) }
  /// The same as commands have it.
  var dateWords: String { times.on == nil && !saysToday ? "today" : date.edtf }
  /// In a sentence.
  var onDate: String { times.on == nil && !saysToday ? "today" : "on \(date.edtf)" }
  /// The same times, asked on the date of the page: as lists of members are.
  var dated: Times {
    var dated = times
    dated.on = date
    return dated
  }

  var limit: Int { asked ?? Self.usualLimit }
  var membersLimit: Int { asked ?? Self.usualMembers }

  var key: String { LanguageText.name(subject.key) }
  /// What a command must say beside to answer from the same times.
  var bounds: String { times.words }

  /// The command for the same page with more on it.
  func again(limit: Int) -> String {
    "brief \(includesParts ? "topic " : "")\(key) limit \(limit)\(bounds)"
  }

  mutating func page() throws(Failure) -> Page {
    let own = try statements()
    let mentions = try mentions()
    try name(own + mentions.map(\.record))
    var sections = [
      try identity(own), beginnings(own), chairs(own), try standings(own), succession(own, mentions),
      try money(), try dates(own, mentions), figures(own, mentions), links(own, mentions),
      views(own), try disagreements(mentions),
    ].compactMap(\.self)
    sections.append(try evidence())
    let book = try storing(span) { () throws(StoreProblem) in
      try store.sources(.pages(sources.books), times)
    }
    return Page(
      title: subject.name,
      subtitle: "\(subject.type) · \(subject.key) · \(times.caption(today: context.today, readsToday: true))",
      sections: sections,
      sources: sources.notes(book))
  }

  /// All that is said of it: on a date, as `why` reads it, also what holds no more.
  private func statements() throws(Failure) -> [StatementRecord] {
    let found = try storing(span) { () throws(StoreProblem) in
      try store.statements(
        StatementSelection(
          subjects: [subject.key], tellsHeld: true, includesOver: times.on != nil, tellsStanding: true), times
      )
    }
    return found.filter { $0.statement.property != BuiltIn.type }
  }

  /// Learns the names of all that statements speak of.
  mutating func name(_ records: [StatementRecord]) throws(Failure) {
    var keys: Set<Key> = []
    for record in records {
      keys.insert(record.statement.subject)
      for value in [record.statement.value] + record.statement.qualifiers.map(\.value) {
        if let key = value.entityKey { keys.insert(key) }
      }
    }
    names.merge(try context.names(of: keys.subtracting(names.keys))) { first, _ in first }
  }

  // MARK: Words

  func title(_ key: Key) -> String {
    guard let name = names[key], name != key.text else { return key.text }
    return "\(name) (\(key))"
  }

  func words(_ value: Value) -> String {
    if case .entity(let key) = value { return title(key) }
    return value.unquoted
  }

  private func qualifiers(_ statement: Statement) -> String {
    let words = statement.qualifiers.map { "\($0.property) \($0.value.unquoted)" }
    return words.isEmpty ? "" : " [\(words.joined(separator: ", "))]"
  }

  /// What holds of a statement, where it is not simply so.
  func state(_ record: StatementRecord, among others: [StatementRecord]) -> String? {
    guard !record.isOnlyDenied else { return nil }
    guard case .text(let word) = Cell.holding(record, times) else { return nil }
    var because = record.because(among: others)
    // What its own words say already.
    switch record.held?.verdict.reason {
    case .lastSeen: if case .period = record.statement.validity.extent {} else { because = nil }
    case .ended: because = nil
    // A figure that was seen on a day is of that day.
    case .open where place(of: record.statement.property) == .figures: return nil
    default: break
    }
    switch word {
    case "yes": return because
    case "no": return record.held?.verdict.reason == .passedOver ? nil : because ?? "over"
    default: return [word, because].compactMap(\.self).joined(separator: ": ")
    }
  }

  /// How it stands among what others say; what was simply chosen is told to be disputed.
  func standing(_ record: StatementRecord) -> String? {
    guard case .text(let word) = Cell.standing(record) else { return nil }
    switch Standing.Word(rawValue: word) {
    case .chosen: return "disputed, chosen"
    case .unsettled: return "disputed, unsettled"
    case .rival: return "disputed, passed over"
    case .disputed:
      return record.isChosen ? "disputed, denied by others" : "disputed, passed over for a denial"
    case .deprecated: return "set aside by a judgement"
    case .denied, nil: return nil
    }
  }

  /// A statement in words: its value, where it is addressed, its period, and what is to be kept in mind of it.
  func told(
    _ record: StatementRecord, as value: String? = nil, among others: [StatementRecord]
  ) -> String {
    var text = (value ?? words(record.statement.value)) + qualifiers(record.statement)
    let period = record.statement.validity.canonicalText
    if !period.isEmpty { text += " \(period)" }
    let caveats = [
      state(record, among: others), standing(record),
      record.evidence == .possibly ? "its source may not have been out" : nil,
    ].compactMap(\.self)
    if !caveats.isEmpty { text += " (\(caveats.joined(separator: "; ")))" }
    return record.isOnlyDenied ? "not \(text)" : text
  }

  mutating func item(
    _ record: StatementRecord, as value: String? = nil, among others: [StatementRecord]
  ) -> Page.Item {
    Page.Item(
      told(record, as: value, among: others), sources: sources.numbers(record), statements: [record.id])
  }

  /// Items of a line; those that say the same are one.
  /// - Parameter values: the words for the values of some of them.
  mutating func items(
    _ records: [StatementRecord], as values: [StatementID: String] = [:]
  ) -> [Page.Item] {
    var items: [Page.Item] = []
    var places: [String: Int] = [:]
    for record in records {
      let item = item(record, as: values[record.id], among: records)
      guard let place = places[item.text] else {
        places[item.text] = items.count
        items.append(item)
        continue
      }
      items[place].sources = Set(items[place].sources + item.sources).sorted()
      items[place].statements += item.statements
    }
    return items
  }

  /// A line of at most so many items as are asked for.
  /// - Parameters:
  ///   - most: so many, in place of the usual.
  ///   - areOfOthers: whether it is others that name the thing: of these not all may have been read.
  mutating func line(
    _ label: String, _ items: [Page.Item], shownBy command: String, remark: String? = nil, most: Int? = nil,
    areOfOthers: Bool = false
  ) -> Page.Line {
    let limit = most ?? limit
    let left = items.count - limit
    guard left > 0 else { return Page.Line(label, items, remark: remark) }
    isCut = true
    return Page.Line(
      label, Array(items.prefix(limit)), remark: remark,
      omission: Page.Omission(left, isAtLeast: areOfOthers && isNamedByMore, shownBy: command))
  }

  /// A line for each of some properties, by the alphabet.
  mutating func lines(_ records: [StatementRecord]) -> [Page.Line] {
    let groups = Dictionary(grouping: records, by: \.statement.property)
    var lines: [Page.Line] = []
    for property in groups.keys.sorted(by: {
      ($0 == BuiltIn.name ? 0 : 1, $0) < ($1 == BuiltIn.name ? 0 : 1, $1)
    }) {
      let records = groups[property] ?? []
      lines.append(
        line(property.text, items(ordered(records)), shownBy: "show \(key).\(property)\(bounds)"))
    }
    return lines
  }

  /// What holds before what does not, the chosen first, else as the rules order them.
  func ordered(_ records: [StatementRecord]) -> [StatementRecord] {
    func order(_ record: StatementRecord) -> (Int, Int, Day) {
      let held = record.held?.certainty ?? .possibly
      return (
        record.isOnlyDenied ? 4 : record.isChosen ? 0 : 2, held == .not ? 1 : 0,
        record.statement.validity.bounds.startEarliest
      )
    }
    return records.enumerated().sorted {
      let (one, other) = (order($0.element), order($1.element))
      return one == other ? $0.offset < $1.offset : one < other
    }.map(\.element)
  }

  /// A section, where it has lines.
  func section(_ heading: String, _ lines: [Page.Line]) -> Page.Section? {
    lines.isEmpty ? nil : Page.Section(heading, lines)
  }
}
