import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let about = OptionalArgument("about", .name)
  static let all = Flag("all", "also what differs without being a rival: scope, year, part, successor")
  static let between = Clause(
    "between", .names, "only what these sources say, of cells in which each of them speaks; counted")
  static let judged = Flag(
    "judged", "judgements, definitions, mergings and keys of which one counts, and others stand")
  static let any = Flag(
    "any", "of cells in which any two of them speak, or any two sources at all; counted")
}

extension CommandDefinition {
  static let conflicts = CommandDefinition(
    CommandSignature(
      name: "conflicts", head: [Grammar.about.element],
      clauses: [
        SelectionClauses.filter.meaning("property = P, subject = KEY, kind = K, joined with and").signature,
        Grammar.all.signature, Grammar.between.signature, Grammar.any.signature, Grammar.judged.signature,
        SelectionClauses.limit.meaning("at most so many cells").signature,
      ] + StandardClauses.reading),
    group: .reading, effect: .reads, summary: "Show what is said that differs, two by two, and how",
    details: """
      One row for each two statements of one cell that cannot both stand as they are, by what these two alone say, \
      whatever is chosen; `why` shows what is chosen. `conflicts forge` shows those about a thing, what is under it and its \
      parts. What a property's cardinality makes rivals is a cell: the property, of \
      `one per` with the qualifiers that address it, of `many` each value. conflict: they cannot both be right. denied: \
      the one says what the other denies, or leaves out of a list that it calls whole. period: two beginnings or two ends \
      of one value exclude each other. each-combined: amounts for each, for all together, or unclear. superseded: a \
      correction, a later source or what came of a plan took its place. different-precision: what the words allow \
      overlaps, as a month and a day in it; about 60% allows 55 to 65. `all` adds what is no rival: different-scope, \
      different-year, part-whole, and values that gave way to a successor. A cell counts once, by its gravest kind. \
      `judged` shows instead what was judged differently by people who did not know of each other, as after `unite`: ranks, \
      dates of review, data of a source, definitions, mergings and keys. Of several the newest counts; a merging of what is \
      held distinct or one already does not; a key means the thing that had it first; a definition that was taken back goes \
      on while it is used; of types, or properties, that were put under one another the first by key is under none.
      """,
    examples: [
      Example(
        "conflicts",
        gives: #"""
          subject\#tproperty\#tcell\#tone\#tsources\#tother\#tother sources\#tkind\#tids
          CHN\#tshare\#tmineral rare-earths, stage mining, year 2024\#tabout 60%\#tcourier via iea, gazette via IEA\#t62%\#tleaflet\#tdifferent-precision\#t@d3ev6p, @3hvj6n
          treasury-secretary\#tholder\#t\#tbessent on 2026-01-12\#tcourier, gazette\#tyellen on 2026-01-12\#tleaflet\#tconflict\#t@ww9vgq, @sjk174
          -- 2 cells: 1 conflict, 1 different-precision
          """#),
      Example(
        "conflicts where kind = conflict",
        gives: #"""
          subject\#tproperty\#tone\#tsources\#tother\#tother sources\#tkind\#tids
          treasury-secretary\#tholder\#tbessent on 2026-01-12\#tcourier, gazette\#tyellen on 2026-01-12\#tleaflet\#tconflict\#t@ww9vgq, @sjk174
          -- 1 cell: 1 conflict
          """#),
      Example(
        "conflicts where property = share between courier, leaflet",
        gives: #"""
          subject\#tproperty\#tcell\#tone\#tsources\#tother\#tother sources\#tkind\#tids
          CHN\#tshare\#tmineral rare-earths, stage mining, year 2024\#tabout 60%\#tcourier via iea, gazette via IEA\#t62%\#tleaflet\#tdifferent-precision\#t@d3ev6p, @3hvj6n
          -- 1 cells that courier and leaflet both fill: 0 differ; 1 more in precision
          -- 1 cell: 1 different-precision
          """#, onSeed: "conflicts where property = member between nbot-forge, allthenews"),
    ]
  ) { (command, session) throws(Failure) in
    if command[Grammar.judged] {
      let about = try command[Grammar.about].map { name throws(Failure) in
        try session.interpreter.entity(name).key
      }
      return try JudgedTable(session: session).answer(
        command, about: about, limit: command[SelectionClauses.limit] ?? .max)
    }
    var wanted = WantedConflicts()
    let times = try session.times(command)
    let reader = ConflictReader(interpreter: session.interpreter(at: times))
    if let condition = command[SelectionClauses.filter] { try reader.read(condition, &wanted) }
    wanted.includesNeighbours =
      command[Grammar.all] || wanted.kinds.map { !$0.isDisjoint(with: WantedConflicts.quiet) } ?? false
    wanted.isAnyTwo = command[Grammar.any]
    if let names = command[Grammar.between] {
      for name in names {
        let key = try reader.source(name)
        if !wanted.between.contains(key) { wanted.between.append(key) }
      }
      guard wanted.between.count > 1 else { throw Failures.oneSourceBetween(names.first?.span) }
    }
    if let name = command[Grammar.about] {
      let about = try reader.entityReader.withWhatIsUnder(try reader.entity(name).key, times, name.span)
      wanted.subjects = wanted.subjects.map { $0.filter(about.contains) } ?? about
    }
    wanted.limit = command[SelectionClauses.limit]
    let found = try reader.contradictions(wanted, times, command.span)
    return .table(reader.table(found, wanted, times), try session.output(command))
  }
}

extension ConflictReader {
  func table(_ found: FoundContradictions, _ wanted: WantedConflicts, _ times: Times)
    -> ResultTable
  {
    let shown = found.cells.prefix(wanted.limit ?? .max)
    var notes: [String] = []
    if wanted.comparesSources { notes.append(found.comparison.words(wanted)) }
    if found.cells.isEmpty { notes.append("nothing differs\(times.words)") }
    if shown.count < found.cells.count {
      notes.append("the first \(shown.count) of \(found.isAll ? "" : "at least ")\(found.cells.count) cells")
    }
    let kinds = Dictionary(grouping: shown.compactMap(\.kind)) { $0 }.mapValues(\.count)
    if !kinds.isEmpty {
      let counts = kinds.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key.rawValue)" }
      let alone = shown.count { $0.gravest?.isOfOneSource == true }
      notes.append(
        "\(shown.count) cell\(shown.count == 1 ? "" : "s"): " + counts.joined(separator: ", ")
          + (alone == 0 ? "" : "; \(alone) by one source alone"))
    }
    let table = ResultTable(
      columns: [
        "subject", "property", "cell", "one", "sources", "other", "other sources", "kind", "remark", "ids",
      ].map { Column($0) }, rows: shown.flatMap(rows), notes: notes)
    return table.withoutEmptyColumns(
      keeping: ["subject", "property", "one", "sources", "other", "other sources", "kind", "ids"])
  }

  private func rows(_ cell: ComparedCell) -> [[Cell]] {
    let address = cell.address.map { "\($0.property) \($0.value.unquoted)" }.joined(separator: ", ")
    return cell.contradictions.map { pair in
      let sides = [pair.one, pair.other]
      return [
        .key(cell.subject), .key(cell.property), address.isEmpty ? .empty : .text(address),
        said(sides[0], in: cell), told(sides[0]), said(sides[1], in: cell), told(sides[1]),
        .text(pair.kind.rawValue), remark(pair),
        .list(sides.map { .text($0.record.id.short) }),
      ]
    }
  }

  /// What one of the two says, without what addresses the cell.
  func said(_ saying: Testimony, in cell: ComparedCell) -> Cell {
    let statement = saying.statement
    let qualifiers = statement.qualifiers.filter { !cell.address.contains($0) }
      .map { "\($0.property) \($0.value.unquoted)" }.joined(separator: ", ")
    let more = [qualifiers, statement.validity.canonicalText].filter { !$0.isEmpty }.joined(separator: " ")
    let narrows = statement.property == cell.property ? "" : "\(statement.property) "
    if more.isEmpty, narrows.isEmpty, saying.stance == .claims { return Cell(statement.value) }
    let words = narrows + statement.value.unquoted + (more.isEmpty ? "" : " " + more)
    return .text(saying.stance == .denies ? "not " + words : words)
  }

  private func told(_ saying: Testimony) -> Cell {
    // That it is denied stands beside the value.
    let sources = Cell.sources(
      saying.citations.map { citation in
        var citation = citation
        citation.stance = .claims
        return citation
      })
    return sources.isEmpty ? .text("no source") : .list(sources)
  }

  private func remark(_ pair: Contradiction) -> Cell {
    var parts: [String] = []
    if pair.isOfOneSource { parts.append("one source alone") }
    if let origin = pair.sharedOrigin { parts.append("both quote \(origin)") }
    return parts.isEmpty ? .empty : .text(parts.joined(separator: "; "))
  }
}

extension SourceComparison {
  fileprivate func words(_ wanted: WantedConflicts) -> String {
    let names = wanted.between.map(\.text)
    let who =
      names.isEmpty
      ? "two sources or more fill"
      : wanted.isAnyTwo
        ? "any two of \(names.joined(separator: ", ")) fill"
        : names.count == 2
          ? "\(names.joined(separator: " and ")) both fill" : "each of \(names.joined(separator: ", ")) fills"
    let year = hasDates ? ", \(differingInYear) of them in the year" : ""
    var text = "\(cells) cells that \(who): \(differing) differ\(year)"
    if ofOneSource > 0 { text += ", \(ofOneSource) of them by one source alone" }
    if inPrecision > 0 { text += "; \(inPrecision) more in precision" }
    return text
  }
}

extension ConflictReader {
  fileprivate func read(_ condition: ConditionSyntax, _ wanted: inout WantedConflicts) throws(Failure) {
    switch condition {
    case .and(let parts): for part in parts { try read(part, &wanted) }
    case .compare(let words, let comparison, let values)
    where comparison.content == .equal && words.count == 1:
      for value in values { try read(words[0], value, &wanted) }
    default:
      throw Failures.conflictFilter(nil)
    }
  }

  private func read(
    _ word: Word, _ value: ValueSyntax, _ wanted: inout WantedConflicts
  ) throws(Failure) {
    guard case .name(let name) = value.form else {
      throw Failures.wrongKind("a value", expected: "a name", value.span)
    }
    switch word.content {
    case "property":
      let key = try property(Word(name.text, name.span), try schema(at: name.span)).key
      wanted.properties = (wanted.properties ?? []) + [key]
    case "subject": wanted.subjects = (wanted.subjects ?? []) + [try entity(name).key]
    case "kind":
      guard let kind = ContradictionKind(rawValue: name.text) else {
        throw Failures.unknownChoice(
          name.text, of: "kind", ContradictionKind.allCases.map(\.rawValue), name.span)
      }
      wanted.kinds = (wanted.kinds ?? []).union([kind])
    default:
      throw Failures.conflictFilter(word.span)
    }
  }
}
