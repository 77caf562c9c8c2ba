import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What the sources disagree on: what `conflicts X` tells, and what is said of others with it.
extension Briefing {
  mutating func disagreements(_ mentions: [BriefMention]) throws(Failure) -> Page.Section? {
    var wanted = WantedConflicts()
    wanted.includesNeighbours = true
    wanted.subjects = try entityReader.withWhatIsUnder(subject.key, times, span)
    let own = try ConflictReader(interpreter: interpreter).contradictions(wanted, times, span)
    let subjects = Set(wanted.subjects ?? [])
    wanted.subjects = nil
    let elsewhere = mentions.map(\.record.statement).filter { !subjects.contains($0.subject) }
    let places = Set(elsewhere.map { Place(subject: $0.subject, property: $0.property) })
    wanted.places = places.sorted { ($0.subject, $0.property) < ($1.subject, $1.property) }
    let named = Set(mentions.map(\.record.id))
    let ofOthers = try ConflictReader(interpreter: interpreter).contradictions(wanted, times, span)
    var cells = own.cells
    for var cell in ofOthers.cells {
      cell.contradictions.removeAll {
        !named.contains($0.one.record.id) && !named.contains($0.other.record.id)
      }
      if !cell.contradictions.isEmpty { cells.append(cell) }
    }
    let pairs = cells.flatMap { cell in cell.contradictions.map { (cell, $0) } }
    let rivals = pairs.filter { $0.1.isOfRivals }
    let quiet = pairs.count - rivals.count
    let judged = try standings(of: rivals.map(\.1))
    try name(judged.values.map(\.self))
    var lines: [Page.Line] = []
    for (cell, pair) in rivals.prefix(limit) { lines.append(line(cell, pair, judged)) }
    if rivals.count > limit {
      isCut = true
      lines.append(
        Page.Line(
          "",
          omission: Page.Omission(
            rivals.count - limit, isAtLeast: isNamedByMore, shownBy: again(limit: rivals.count))))
    }
    if rivals.isEmpty {
      lines.append(Page.Line("", remark: "no two sources exclude each other in what is told here\(bounds)"))
    }
    if quiet > 0 {
      let more = quiet == 1 ? "one more pair differs" : "\(quiet) more pairs differ"
      lines.append(
        Page.Line(
          "",
          remark:
            "\(more) in scope, year or part, which is no dispute (conflicts \(key) all\(bounds) lists its own)"
        ))
    }
    return section("What the sources disagree on", lines)
  }

  /// The statements of pairs, with how they stand among all that is said there.
  private func standings(of pairs: [Contradiction]) throws(Failure) -> [StatementID: StatementRecord] {
    let ids = Set(pairs.flatMap { [$0.one.record.id, $0.other.record.id] })
    guard !ids.isEmpty else { return [:] }
    let found = try storing(span) { () throws(StoreProblem) in
      try store.statements(
        StatementSelection(
          ids: ids.sorted { $0.digest < $1.digest }, includesOver: times.on != nil, tellsStanding: true),
        times)
    }
    return Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
  }

  private mutating func line(
    _ cell: ComparedCell, _ pair: Contradiction, _ judged: [StatementID: StatementRecord]
  ) -> Page.Line {
    var items: [Page.Item] = []
    for side in [pair.one, pair.other] {
      let statement = side.statement
      let more = statement.qualifiers.filter { !cell.address.contains($0) }
        .map { "\($0.property) \($0.value.unquoted)" }
      var text = words(statement.value)
      if !more.isEmpty { text += " [\(more.joined(separator: ", "))]" }
      let period = statement.validity.canonicalText
      if !period.isEmpty { text += " \(period)" }
      if side.stance == .denies { text = "not \(text)" }
      items.append(
        Page.Item(text, sources: sources.numbers(side.record, side.stance), statements: [side.record.id]))
    }
    let address = cell.address.map { "\($0.property) \($0.value.unquoted)" }
    let what =
      "\(cell.subject).\(cell.property)" + (address.isEmpty ? "" : " [\(address.joined(separator: ", "))]")
    var remarks = [pair.kind.rawValue]
    if pair.isOfOneSource { remarks.append("one source alone") }
    if let origin = pair.sharedOrigin { remarks.append("both quote \(origin)") }
    remarks.append(outcome(pair, items.map(\.text), judged))
    return Page.Line(what, items, joiner: " against ", remark: remarks.joined(separator: "; "))
  }

  /// Which of two the rules chose, and by which rule, as `why` says it.
  private func outcome(
    _ pair: Contradiction, _ texts: [String], _ judged: [StatementID: StatementRecord]
  ) -> String {
    let sides = [pair.one, pair.other]
    for (side, other) in [(0, 1), (1, 0)] {
      guard let record = judged[sides[side].record.id], let standing = record.standing,
        standing.passedOver.contains(sides[other].record.id)
      else { continue }
      // What puts the other right, and is passed over itself, is not chosen.
      if isPassedOver(sides[side], record) { continue }
      // Of a claim and its denial, which are one statement, what counts.
      if sides[side].record.id == sides[other].record.id, (sides[side].stance == .claims) != record.isChosen {
        continue
      }
      return "chosen: \(texts[side]), \(EvidenceReader.why(standing))"
    }
    let lost = sides.count { side in judged[side.record.id].map { isPassedOver(side, $0) } ?? false }
    return ["both stand", "passed over for another", "both passed over for another"][lost]
  }

  private func isPassedOver(_ side: Testimony, _ record: StatementRecord) -> Bool {
    guard let standing = record.standing, standing.word != .deprecated else { return false }
    return standing.word == .rival || side.stance == .claims && record.isClaimed && !record.isChosen
  }
}
