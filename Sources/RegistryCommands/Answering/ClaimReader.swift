import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// Tests whether something is so, by all that is said of it.
struct ClaimReader: CommandReader {
  let interpreter: Interpreter

  /// From where is asked, and what can be named in place of what is compared with.
  private struct Asked {
    var times: Times
    var groups: Bool
    var parts: Bool
    var schema: Schema
    var span: Span
  }

  /// What is found of the claim that a command asks about.
  func finding(_ command: Invocation, _ times: Times) throws(Failure) -> ClaimFinding {
    let (groups, parts, span) = (command.includesGroups, command.includesParts, command.span)
    let syntax = command[ClaimCheckGrammar.claim]
    let schema = try schema(at: span, times)
    let found = try finding(
      syntax, Asked(times: times, groups: groups, parts: parts, schema: schema, span: span))
    if !found.looksAtThings {
      if groups { throw Failures.groupsOfNobody(span) }
      if parts { throw Failures.partsOfNothing(span) }
    }
    return found
  }

  private func finding(_ syntax: ConditionSyntax, _ asked: Asked) throws(Failure) -> ClaimFinding {
    switch syntax {
    case .and(let parts):
      return ClaimFinding(try parts.map { (part) throws(Failure) in try finding(part, asked) }, all: true)
    case .or(let parts):
      return ClaimFinding(try parts.map { (part) throws(Failure) in try finding(part, asked) }, all: false)
    case .not(let part, _): return try finding(part, asked).negated
    case .undecided(let part, let negated, _):
      let inner = try finding(part, asked)
      let isOpen = inner.chosen == .open
      var found = ClaimFinding(chosen: isOpen != negated ? .yes : .no, notes: inner.notes)
      found.looksAtThings = inner.looksAtThings
      return found
    case .asked(let thing, let condition): return try finding(of: thing, condition, asked)
    case .compare, .named, .qualified, .state: throw Failures.missingProperty(asked.span)
    }
  }

  /// What is asked of one thing.
  private func finding(
    of thing: NameSyntax, _ syntax: ConditionSyntax, _ asked: Asked
  ) throws(Failure) -> ClaimFinding {
    let subject = try entity(thing)
    let read = try interpreter.condition(syntax, asked.schema)
    if let type = asked.schema.types[subject.type] {
      try entityReader.test(read.properties, fit: type, asked.schema, thing.span)
      try entityReader.test(read.namings, fit: type, asked.schema)
    }
    let looksAtThings =
      !read.namings.isEmpty
      || read.looks.contains { look in
        if case .entities? = asked.schema.properties[look.property]?.range { true } else { false }
      }
    guard let test = ClaimTest(read.filter, asked.schema), let look = read.looks.first else {
      var found = ClaimFinding(chosen: try decide(read.filter, of: subject.key, asked))
      found.looksAtThings = looksAtThings
      return found
    }
    // Which side a statement is on is asked of what is claimed before a `not`.
    let filter = test.isNegated ? Filter.not(read.filter) : read.filter
    let routes = try entityReader.routes(
      of: read.entities, includingGroups: asked.groups, includingParts: asked.parts, asked.times, asked.span)
    var finding = try finding(of: subject.key, filter, test, look, routes, asked)
    finding.looksAtThings = looksAtThings
    return test.isNegated ? finding.negated : finding
  }

  private func finding(
    of subject: Key, _ filter: Filter, _ test: ClaimTest, _ look: ConditionLook, _ routes: Routes?,
    _ asked: Asked
  ) throws(Failure) -> ClaimFinding {
    let chosen = try decide(filter, of: subject, asked)
    let all = try statements(of: subject, look, asked)
    let records = all.filter { $0.isSaid(asked.times) }
    var evidence: [ClaimFinding.Evidence] = []
    var subverdicts: [Key: ClaimFinding.Truth] = [:]
    var through: [StatementRecord] = []
    for record in records {
      if let routes, test.rest == nil {
        // What names a group, or a part, speaks for those who are in it; a list with the group in it leaves them out.
        if record.isClaimed, !routes.ways(of: record).isEmpty {
          through.append(record)
          evidence.append(ClaimFinding.Evidence(record: record, claimed: .supports))
          continue
        }
        if routes.speaksForOthers(record.statement) { continue }
      }
      func truth(_ statement: Statement) throws(Failure) -> ClaimFinding.Truth {
        guard let rest = test.rest, case .entity(let key) = statement.value else {
          return test.fits(statement)
        }
        if let known = subverdicts[key] { return known }
        let found = try decide(rest, of: key, asked)
        subverdicts[key] = found
        return found
      }
      let fits = try truth(record.statement)
      // What several hold together is one value: that one of them holds says nothing against the other.
      var isOfAnother = false
      for value in record.statement.jointValues where fits == .no && !isOfAnother {
        var other = record.statement
        other.value = value
        isOfAnother = try truth(other) == .yes
      }
      if isOfAnother { continue }
      let one = test.evidence(record, fits)
      if one.claimed != nil || one.denied != nil { evidence.append(one) }
    }
    evidence += (routes?.steps(of: through) ?? []).map {
      ClaimFinding.Evidence(record: $0, claimed: .supports)
    }
    var finding = ClaimFinding(chosen: chosen, evidence: evidence)
    // What somebody foresees decides nothing of what is.
    if asked.times.on == nil, chosen != .open, finding.isOnlyForeseen {
      finding = ClaimFinding(chosen: .open, evidence: evidence)
      finding.notes.append("what says so is foreseen, and no source says that it came")
    }
    // What does not hold then has decided, where it is a no.
    if chosen == .no, let note = all.filter({ !$0.isSaid(asked.times) }).overNote(among: all, asked.times) {
      finding.notes.append(note)
    }
    if asked.groups || asked.parts {
      let own = try decide(
        filter, of: subject,
        Asked(times: asked.times, groups: false, parts: false, schema: asked.schema, span: asked.span))
      finding.notes.append(
        "by its own name alone it is \(test.isNegated ? own.negated.rawValue : own.rawValue)")
    } else {
      try addReadings(&finding, subject, records, test, look, asked)
    }
    return finding
  }

  /// What a condition is of one thing, by what is chosen.
  private func decide(_ filter: Filter, of key: Key, _ asked: Asked) throws(Failure) -> ClaimFinding.Truth {
    func isSo(_ filter: Filter) throws(Failure) -> Bool {
      var query = EntityQuery(types: nil, filter: .all([.key(.equal, key.text), filter]))
      (query.includingGroups, query.includingParts) = (asked.groups, asked.parts)
      let page = try storing(asked.span) { () throws(StoreProblem) in try store.entities(query, asked.times) }
      return page.rows.contains { $0.certainty == .certainly && $0.evidence == .certainly }
    }
    return try isSo(filter) ? .yes : try isSo(.not(filter)) ? .no : .open
  }

  /// What is said, at these times, of the property that a condition looks at.
  private func statements(
    of subject: Key, _ look: ConditionLook, _ asked: Asked
  ) throws(Failure) -> [StatementRecord] {
    let selection = StatementSelection(
      subjects: [subject], properties: asked.schema.propertyAndNarrower(of: look.property), tellsHeld: true,
      includesOver: asked.times.on != nil, tellsStanding: true)
    let found = try storing(asked.span) { () throws(StoreProblem) in
      try store.statements(selection, asked.times)
    }
    return found.filter { $0.statement.has(look.qualifiers) }
  }
}

// MARK: Readings

extension ClaimReader {
  /// A statement as a reading takes it.
  private struct Taken {
    var id: StatementID
    var claimed: Bool
    var denied: Bool
    var isCertain: Bool
  }

  /// One way to read a choice.
  private struct Reading {
    var preferred: StatementID?
    var taken: [Taken] = []
  }

  /// Adds what the claim would be under other readings of what is said.
  private func addReadings(
    _ finding: inout ClaimFinding, _ subject: Key, _ records: [StatementRecord], _ test: ClaimTest,
    _ look: ConditionLook, _ asked: Asked
  ) throws(Failure) {
    let choices = try readings(of: subject, look, asked)
    guard !choices.isEmpty else { return }
    let inChoices = Set(choices.joined().flatMap(\.taken).map(\.id))
    let base = records.filter { !inChoices.contains($0.id) && ($0.isOnlyDenied || $0.counts(asked.times)) }
      .map {
        Taken(
          id: $0.id, claimed: $0.isClaimed, denied: $0.isOnlyDenied,
          isCertain: asked.times.on == nil || $0.held?.certainty == .certainly)
      }
    let known = Dictionary(
      finding.evidence.map { ($0.record.id, $0) }, uniquingKeysWith: { first, _ in first })
    for (place, readings) in choices.enumerated() {
      let others = choices.enumerated().filter { $0.offset != place }.flatMap {
        $0.element.first?.taken ?? []
      }
      for reading in readings {
        let truth = test.truth(
          (base + others + reading.taken).map { taken in
            (known[taken.id], taken.claimed, taken.denied, taken.isCertain)
          })
        guard let preferred = reading.preferred ?? chosenOne(reading.taken, finding) else { continue }
        if truth != .open { finding.possible.insert(truth) }
        if let index = finding.evidence.firstIndex(where: { $0.record.id == preferred }) {
          let isDenied = reading.taken.contains { $0.id == preferred && $0.denied && !$0.claimed }
          if isDenied {
            finding.evidence[index].ifDenied = truth
          } else {
            finding.evidence[index].ifClaimed = truth
          }
        }
      }
    }
  }

  /// The statement that the chosen reading takes to be right, where that is one that bears on the claim.
  private func chosenOne(_ taken: [Taken], _ finding: ClaimFinding) -> StatementID? {
    taken.first { taken in finding.evidence.contains { $0.record.id == taken.id && $0.record.isChosen } }?.id
  }

  /// The readings of each choice, the chosen one first.
  private func readings(
    of subject: Key, _ look: ConditionLook, _ asked: Asked
  ) throws(Failure) -> [[Reading]] {
    let relation = RelationDeclaration.readings
    let properties = asked.schema.propertyAndNarrower(of: look.property)
    let query = RelationQuery(
      relation,
      [
        relation["property"], relation["choice"], relation["reading"], relation["preferred"],
        relation["statement"], relation["claimed"], relation["denied"], relation["certainty"],
      ],
      where: [
        .filter(.init(column: relation["subject"], values: [.key(subject)])),
        .filter(.init(column: relation["property"], values: properties.map { .key($0) })),
      ])
    return try storing(asked.span) { () throws(StoreProblem) in
      let rows = try store.rows(query, asked.times)
      var found: [String: [Int64: Reading]] = [:]
      while try rows.next() {
        let choice = "\(rows.text(0)) \(rows.integer(1) ?? 0)"
        let reading = rows.integer(2) ?? 0
        let preferred = rows.text(3)
        var one = found[choice]?[reading] ?? Reading()
        one.preferred = preferred.isEmpty ? nil : StatementID(preferred)
        one.taken.append(
          Taken(
            id: StatementID(rows.text(4)), claimed: rows.integer(5) == 1, denied: rows.integer(6) == 1,
            isCertain: asked.times.on == nil || rows.text(7) == Certainty.certainly.rawValue))
        found[choice, default: [:]][reading] = one
      }
      return found.sorted { $0.key < $1.key }.map { $0.value.sorted { $0.key < $1.key }.map(\.value) }
    }
  }
}

// MARK: As a table

extension ClaimReader {
  func table(_ finding: ClaimFinding, _ times: Times) throws(Failure) -> ResultTable {
    let reader = evidenceReader
    let cells = try reader.evidenceRows(finding.evidence.map { ($0.record, Cell.standing($0.record)) }, times)
    var next = 0
    var rows: [(side: ClaimFinding.Side, cells: [Cell])] = []
    for one in finding.evidence {
      let stances = one.record.citations.isEmpty ? [nil] : one.record.citations.map { Optional($0.stance) }
      for stated in stances {
        defer { next += 1 }
        let stance = stated ?? (one.record.isClaimed ? .claims : .denies)
        guard let side = one.side(stance) else { continue }
        let ifRight: Cell = one.ifRight(stance).map { .text($0.rawValue) } ?? .empty
        rows.append(
          (
            side,
            [.text(finding.answer.rawValue), .text(side.rawValue)] + cells[next].dropLast() + [
              ifRight, cells[next][9],
            ]
          ))
      }
    }
    let order: [ClaimFinding.Side] = [.supports, .opposes, .open]
    var sorted = order.flatMap { side in rows.filter { $0.side == side }.map(\.cells) }
    let columns = [
      "answer", "side", "statement", "value", "standing", "source", "published", "reliability", "quote",
      "remark", "at",
      "if right", "id",
    ]
    if sorted.isEmpty {
      sorted = [[.text(finding.answer.rawValue)] + columns.dropFirst().map { _ in .empty }]
    }
    return ResultTable(columns: columns.map { Column($0) }, rows: sorted, notes: notes(finding, times))
      .withoutEmptyColumns(keeping: ["answer"])
  }

  func notes(_ finding: ClaimFinding, _ times: Times) -> [String] {
    var notes = ["\(finding.answer.rawValue)\(times.words)"]
    switch finding.answer {
    case .disputed: notes[0] += "; by what is chosen it is \(finding.chosen.rawValue)"
    case .notStated where !finding.evidence.isEmpty:
      notes[0] += ": what is said leaves it open"
    default: break
    }
    let isTrue = finding.evidence.flatMap { one -> [String] in
      let words = "\(LanguageText.told(one.record.statement)) (\(one.record.id.short))"
      return [one.ifClaimed == .yes ? words : nil, one.ifDenied == .yes ? "not \(words)" : nil].compactMap(
        \.self)
    }
    if finding.answer != .yes, !isTrue.isEmpty {
      notes.append("it would be true where this is right: " + isTrue.joined(separator: "; "))
    }
    return notes + finding.notes
  }
}
