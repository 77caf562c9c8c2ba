import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let all = Flag("all", "also what differs without being a rival: scope, year, part, successor")
  static let between = Clause(
    "between", .names, "only cells in which each of these sources speaks, and how many differ")
}

extension CommandDefinition {
  static let conflicts = CommandDefinition(
    CommandSignature(
      name: "conflicts",
      clauses: [
        SelectionClauses.filter.meaning("property = P, subject = KEY, kind = K, joined with and").signature,
        Grammar.all.signature, Grammar.between.signature,
        SelectionClauses.limit.meaning("at most so many cells").signature,
      ] + StandardClauses.reading),
    group: .reading, effect: .reads, summary: "Show where claims are rivals, sorted by how they differ",
    details: """
      Rivals follow from a property's cardinality. Each cell of rivals is shown with the value that the rules chose and \
      what they passed over, and in which way that differs from the chosen value. conflict: they cannot both be right. \
      denied: another source says that it is not so. each-combined: amounts for each, for all together, or unclear. \
      superseded: replaced by a later source or a successor. different-precision: what the words allow overlaps, as a \
      month and a day in it; about 60% allows 55 to 65. `all` adds what is no rival: different-scope, different-year, \
      part-whole, and values that gave way to a successor. `why` shows the evidence.
      """,
    examples: [
      Example(
        "conflicts",
        gives: #"""
          statement\#tstanding\#tkind\#trule\#tsources\#tid
          CHN.share = about 60% mineral rare-earths, stage mining, year 2024\#tchosen\#t\#tthe more reliable source\#tcourier via iea, gazette via IEA\#t@d3ev6p
          CHN.share = 62% mineral rare-earths, stage mining, year 2024\#tpassed over\#tdifferent-precision\#t\#tleaflet\#t@3hvj6n
          treasury-secretary.holder = bessent on 2026-01-12\#tchosen\#t\#tthe more reliable source\#tcourier, gazette\#t@ww9vgq
          treasury-secretary.holder = yellen on 2026-01-12\#tpassed over\#tconflict\#t\#tleaflet\#t@sjk174
          -- 1 conflict, 1 different-precision
          """#),
      Example(
        "conflicts where kind = conflict",
        gives: #"""
          statement\#tstanding\#tkind\#trule\#tsources\#tid
          treasury-secretary.holder = bessent on 2026-01-12\#tchosen\#t\#tthe more reliable source\#tcourier, gazette\#t@ww9vgq
          treasury-secretary.holder = yellen on 2026-01-12\#tpassed over\#tconflict\#t\#tleaflet\#t@sjk174
          -- 1 conflict
          """#),
      Example(
        "conflicts where property = share and kind = different-precision",
        gives: #"""
          statement\#tstanding\#tkind\#trule\#tsources\#tid
          CHN.share = about 60% mineral rare-earths, stage mining, year 2024\#tchosen\#t\#tthe more reliable source\#tcourier via iea, gazette via IEA\#t@d3ev6p
          CHN.share = 62% mineral rare-earths, stage mining, year 2024\#tpassed over\#tdifferent-precision\#t\#tleaflet\#t@3hvj6n
          -- 1 different-precision
          """#),
    ]
  ) { (command, session) throws(Failure) in
    var wanted = ConflictFilter()
    if let condition = command[SelectionClauses.filter] {
      try session.read(condition, &wanted)
    }
    wanted.includesNeighbours =
      command[Grammar.all] || wanted.kinds.map { !$0.isDisjoint(with: ConflictFilter.quiet) } ?? false
    if let names = command[Grammar.between] {
      wanted.between = try names.map { (name) throws(Failure) in try session.source(name) }
    }
    let times = try session.times(command)
    let limit = command[SelectionClauses.limit]
    let found = try session.contested(wanted, limit: limit, times, command.span)
    let shown = found.cells.prefix(limit ?? .max)
    var notes: [String] = []
    if let between = wanted.between { notes.append(found.comparison.words(between)) }
    if found.cells.isEmpty { notes.append("no rivals\(session.bounds(times))") }
    if shown.count < found.cells.count {
      notes.append("the first \(shown.count) of \(found.isAll ? "" : "at least ")\(found.cells.count) cells")
    }
    let counts = Dictionary(grouping: shown.flatMap { $0.others.map(\.kind) }) { $0 }.mapValues(\.count)
    if !counts.isEmpty {
      notes.append(
        counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key.rawValue)" }.joined(separator: ", "))
    }
    let table = ResultTable(
      columns: ["statement", "standing", "kind", "rule", "sources", "id"].map { Column($0) },
      rows: shown.flatMap(session.rows), notes: notes)
    return .table(table, try session.output(command))
  }
}

/// What `where` asks for.
private struct ConflictFilter {
  var properties: [Key]?
  var subjects: [Key]?
  var kinds: Set<RivalKind>?
  var includesNeighbours = false
  /// The sources that must each speak.
  var between: [Key]?

  /// Kinds of which statements that are no rivals can be.
  static let quiet: Set<RivalKind> = [.differentScope, .differentYear, .partWhole, .superseded]
}

/// A statement and those that stand against it or beside it.
private struct ContestedCell {
  var first: StatementRecord
  var standing: String
  var rule: String?
  var others: [(record: StatementRecord, standing: String, kind: RivalKind)]
}

/// What was found so far.
private struct FoundCells {
  var cells: [ContestedCell] = []
  var comparison = Comparison()
  /// Whether there are no more.
  var isAll = true
  var wholes = WholesOfEntities()
}

/// How many cells several sources fill, and in how many of them two statements cannot both be right.
private struct Comparison {
  var cells = 0
  var differing = 0
  /// Of those, in how many the years of two dates have nothing in common.
  var differingInYear = 0
  var hasDates = false

  func words(_ sources: [Key]) -> String {
    let names = sources.map(\.text).joined(separator: " and ")
    let year = hasDates ? ", \(differingInYear) of them in the year" : ""
    return "\(cells) cells that \(names) both fill: \(differing) differ\(year)"
  }

  mutating func add(_ claims: [StatementRecord], _ classifier: RivalClassifier) {
    cells += 1
    var differs = false
    var differsInYear = false
    for (index, one) in claims.enumerated() {
      for other in claims[(index + 1)...] {
        if classifier.kind(of: one, beside: other) == .conflict { differs = true }
        guard case .date(let first) = one.statement.value, case .date(let second) = other.statement.value
        else { continue }
        hasDates = true
        if first.latest.civil.year < second.earliest.civil.year
          || second.latest.civil.year < first.earliest.civil.year
        {
          differsInYear = true
        }
      }
    }
    if differs { differing += 1 }
    if differs, differsInYear { differingInYear += 1 }
  }
}

extension Session {
  fileprivate func rows(_ cell: ContestedCell) -> [[Cell]] {
    // A statement that is claimed and denied stands alone, and has its kind itself.
    let isAlone = cell.others.first?.record.id == cell.first.id
    let head = row(cell.first, cell.standing, isAlone ? cell.others.first?.kind : nil, cell.rule)
    return [head] + (isAlone ? [] : cell.others.map { row($0.record, $0.standing, $0.kind, nil) })
  }

  private func row(
    _ record: StatementRecord, _ standing: String, _ kind: RivalKind?, _ rule: String?
  ) -> [Cell] {
    [
      .text(describe(record.statement)), .text(standing), kind.map { .text($0.rawValue) } ?? .empty,
      rule.map { .text($0) } ?? .empty, .list(sources(record.citations)), .text(record.id.short),
    ]
  }

  /// The cells in which something differs as wanted, by subject and property, at least one more than `limit` where there
  /// are more.
  fileprivate func contested(
    _ wanted: ConflictFilter, limit: Int?, _ times: Times, _ span: Span
  ) throws(Failure) -> FoundCells {
    let schema = try schema(at: span, times)
    var found = FoundCells()
    var selection = StatementSelection()
    selection.properties = wanted.properties.map { $0.flatMap(schema.propertyAndNarrower(of:)) }
    if let subjects = wanted.subjects {
      selection.subjects = subjects
      let records = try storing(span) { () throws(StoreProblem) in try store.statements(selection, times) }
      try add(records, to: &found, wanted, schema, times)
      return found
    }
    var query = ContestedQuery(
      properties: selection.properties, includesNeighbours: wanted.includesNeighbours,
      claimedByEach: wanted.between)
    // What is compared is compared as a whole; else no more is read than is shown, in larger and larger parts.
    if let limit, wanted.between == nil { query.limit = 10 + min(limit, 250) }
    while true {
      let places = try storing(span) { () throws(StoreProblem) in try store.contestedPlaces(query, times) }
      for start in stride(from: 0, to: places.count, by: 500) {
        let part = Set(places[start..<min(start + 500, places.count)])
        selection.subjects = Set(part.map(\.subject)).sorted()
        selection.properties = Set(part.map(\.property)).sorted()
        let records = try storing(span) { () throws(StoreProblem) in try store.statements(selection, times) }
        try add(
          records.filter {
            part.contains(Place(subject: $0.statement.subject, property: $0.statement.property))
          },
          to: &found, wanted, schema, times)
      }
      guard let size = query.limit, places.count == size else { return found }
      if let limit, found.cells.count > limit {
        found.isAll = false
        return found
      }
      query.offset += size
      query.limit = 4 * size
    }
  }

  /// Adds the cells of statements, which are all of their places.
  private func add(
    _ records: [StatementRecord], to found: inout FoundCells, _ wanted: ConflictFilter, _ schema: Schema,
    _ times: Times
  ) throws(Failure) {
    let places = Dictionary(grouping: records) { [$0.statement.subject, $0.statement.property] }
    for (place, records) in places.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      guard let definition = schema.properties[place[1]] else { continue }
      var cells = records.filter { $0.isClaimed && $0.isDenied }.map {
        ContestedCell(
          first: $0, standing: "disputed", rule: "claimed and denied", others: [($0, "disputed", .denied)])
      }
      if records.count > 1 || wanted.between != nil, definition.cardinality != .many {
        let kin = try self.wholes(of: records, &found.wholes, schema, times)
        let classifier = RivalClassifier(definition, wholes: kin, standing: try standings(of: records, times))
        let resolutions = try resolve(records, schema, times)
        cells += compare(records, resolutions, classifier, wanted)
        if let between = wanted.between {
          for resolution in resolutions where resolution.isFilled(by: between) {
            found.comparison.add(resolution.chosen + resolution.passedOver, classifier)
          }
        }
      }
      if let between = wanted.between {
        cells.removeAll { !between.isSubset(ofCiting: [$0.first] + $0.others.map(\.record)) }
      }
      for var cell in cells {
        if let kinds = wanted.kinds { cell.others.removeAll { !kinds.contains($0.kind) } }
        if !cell.others.isEmpty { found.cells.append(cell) }
      }
    }
  }

  private func compare(
    _ records: [StatementRecord], _ resolutions: [Resolution], _ classifier: RivalClassifier,
    _ wanted: ConflictFilter
  ) -> [ContestedCell] {
    var cells: [ContestedCell] = []
    for resolution in resolutions where !resolution.passedOver.isEmpty {
      guard let chosen = resolution.chosen.first else { continue }
      cells.append(
        ContestedCell(
          first: chosen, standing: "chosen", rule: resolution.rule?.words,
          others: resolution.passedOver.map {
            ($0, "passed over", classifier.kind(of: $0, beside: chosen))
          }))
    }
    guard wanted.includesNeighbours else { return cells }
    for (new, old) in classifier.successions(resolutions) {
      cells.append(
        ContestedCell(first: new, standing: "successor", rule: nil, others: [(old, "before", .superseded)]))
    }
    for group in classifier.neighbours(resolutions.flatMap(\.chosen)) {
      let others = group.dropFirst().map { ($0, "beside", classifier.kind(of: $0, beside: group[0])) }
      cells.append(ContestedCell(first: group[0], standing: "beside", rule: nil, others: others))
    }
    return cells
  }

  fileprivate func read(_ condition: ConditionSyntax, _ filter: inout ConflictFilter) throws(Failure) {
    switch condition {
    case .and(let parts): for part in parts { try read(part, &filter) }
    case .compare(let words, let comparison, let values)
    where comparison.content == .equal && words.count == 1:
      for value in values { try read(words[0], value, &filter) }
    default:
      throw Failures.conflictFilter(nil)
    }
  }

  private func read(
    _ word: Word, _ value: ValueSyntax, _ filter: inout ConflictFilter
  ) throws(Failure) {
    guard case .name(let name) = value.form else {
      throw Failures.wrongKind("a value", expected: "a name", value.span)
    }
    switch word.content {
    case "property":
      let key = try property(Word(name.text, name.span), try schema(at: name.span)).key
      filter.properties = (filter.properties ?? []) + [key]
    case "subject": filter.subjects = (filter.subjects ?? []) + [try entity(name).key]
    case "kind":
      guard let kind = RivalKind(rawValue: name.text) else {
        throw Failures.unknownChoice(name.text, of: "kind", RivalKind.allCases.map(\.rawValue), name.span)
      }
      filter.kinds = (filter.kinds ?? []).union([kind])
    default:
      throw Failures.conflictFilter(word.span)
    }
  }
}

extension Resolution {
  /// Whether each of the sources claims one of the rivals.
  fileprivate func isFilled(by sources: [Key]) -> Bool { sources.isSubset(ofCiting: chosen + passedOver) }
}

extension [Key] {
  fileprivate func isSubset(ofCiting records: [StatementRecord]) -> Bool {
    let citing = Set(records.flatMap(\.citations).filter { $0.stance == .claims }.map(\.source))
    return allSatisfy(citing.contains)
  }
}
