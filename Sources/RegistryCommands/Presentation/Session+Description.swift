import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

extension Session {
  /// A statement in the words of the language, numbers with their units: `forge.chair = KOR through 2026-06`.
  func describe(_ statement: Statement) -> String {
    LanguageText.told(statement)
  }

  /// A value in the words of the language.
  func words(_ value: Value) -> String { LanguageText.plain(value) }

  /// A value as a cell.
  func cell(_ value: Value) -> Cell {
    switch value {
    case .entity(let key): .key(key)
    case .text(let text): .text(text)
    case .quantity(let quantity): .quantity(quantity)
    case .date(let date): .date(date)
    case .unknown: .text("unknown")
    case .none: .text("none")
    }
  }

  /// The sources of a statement, with who speaks in them; a denial says so.
  func sources(_ citations: [Citation]) -> [Cell] {
    var seen: Set<String> = []
    return citations.compactMap { citation in
      var text = citation.source.text
      if let via = citation.via { text += " via \(via)" }
      if citation.stance == .denies { text += " denies" }
      return seen.insert(text).inserted ? .text(text) : nil
    }
  }

  /// Whether a statement holds on the date asked for, or today: `yes`, `in part`, `maybe`, `no`; empty where it has no
  /// period and nothing else decides.
  func holds(_ record: StatementRecord, _ times: Times) -> Cell {
    holds(record.held, isDated: record.statement.validity.extent != .unstated, times)
  }

  func holds(_ held: HeldPart?, isDated: Bool, _ times: Times) -> Cell {
    guard let held else { return .empty }
    if times.on == nil, !isDated, held.certainty != .not { return .empty }
    return .text(held.word)
  }

  /// The heading of the column that `holds` fills.
  func holdsHeading(_ times: Times) -> String { times.on.map { "on \($0.edtf)" } ?? "today" }

  /// How rivals stand: `chosen`, `rival`, `denied`, `disputed`; empty where there is no other word.
  func standing(_ record: StatementRecord) -> Cell {
    if let standing = record.standing { return .text(standing.word.rawValue) }
    return record.isClaimed ? .empty : .text(Standing.Word.denied.rawValue)
  }

  /// What the rules need to know of the sources of statements.
  func standings(of records: [StatementRecord], _ times: Times) throws(Failure) -> (Key) -> SourceStanding? {
    try storing(nil) { () throws(StoreProblem) in try store.standings(of: records, times) }
  }

  /// What is known of the pages that statements cite.
  func sourceBook(of records: [StatementRecord], _ times: Times) throws(Failure) -> [Key: SourceData] {
    let keys = Set(records.flatMap(\.citations).map(\.book))
    return try storing(nil) { () throws(StoreProblem) in try store.sources(.pages(keys), times) }
  }

  /// How a question is bounded, for notes: ` according to clash`, ` published by 2026-01-12`.
  func bounds(_ times: Times) -> String {
    var text = ""
    if let on = times.on { text += " on \(on.edtf)" }
    if let published = times.published { text += " published by \(published.edtf)" }
    switch times.recorded {
    case .transaction(let id)?: text += " recorded by \(id)"
    case .date(let date)?: text += " recorded by \(date.edtf)"
    case nil: break
    }
    if !times.accordingTo.isEmpty {
      text += " according to " + times.accordingTo.map(\.text).joined(separator: ", ")
    }
    return text
  }

  /// The names that go with keys.
  func names(of keys: Set<Key>) throws(Failure) -> [Key: String] {
    if keys.isEmpty { return [:] }
    let times = Times(recorded: namesAsOf)
    return try storing(nil) { () throws(StoreProblem) in
      try store.entities(keys.sorted(), times).mapValues(\.name)
    }
  }
}
