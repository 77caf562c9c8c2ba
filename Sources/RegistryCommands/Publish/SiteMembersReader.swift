import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// Who is in which things on every day, by the sources that were out on every day: what `list X.member including groups on D
/// published by P` answers for each D and P.
///
/// The store tells how sure each statement is on every day, so that it is asked once for each day on which a source came
/// out, for all things together.
struct SiteMembersReader: CommandReader {
  let interpreter: Interpreter
  /// Without a day.
  let times: Times
  let span: Span

  /// What a row is in a cut: from it alone follows when it is there.
  private struct Part: Hashable {
    var days: [HeldStretch]
    var isClaimed: Bool
    var evidence: Certainty
    var ways: [Way]
  }

  /// A chain of memberships.
  private struct Way: Hashable {
    var bounds: Validity.Bounds
    var evidence: Certainty
    var steps: [[HeldStretch]]
  }

  private struct RowKey: Hashable {
    var member: Value
    var groups: [Key]
  }

  /// A thing's rows as they are found.
  private struct Found {
    var rows: [RowKey] = []
    var places: [RowKey: Int] = [:]
    var lives: [[SiteMembers.Step]] = [[]]
    var livesByParts: [[Part]: Int] = [[]: 0]
    var cuts: [SiteMembers.Cut] = []
  }

  /// - Parameters:
  ///   - books: the pages that are cited, beside those that count as sources.
  ///   - link: how a member is shown.
  func members(
    of things: [Key], _ schema: Schema, books: Set<Key>, link: (Value) -> SiteLink
  ) throws(Failure) -> [Key: SiteMembers] {
    let properties = schema.propertyAndNarrower(of: Briefing.member)
    guard schema.properties[Briefing.member] != nil, !things.isEmpty else { return [:] }
    var found: [Key: Found] = [:]
    let all = try said(of: things, properties, times)
    let subjects = Set(all.map(\.statement.subject)).sorted()
    guard !subjects.isEmpty else { return [:] }
    let days = try daysOfPublication(books)
    // What has no date may have been out before all others.
    let first = days.first.map { (from: Day.distantPast, asked: Day($0.number - 1)) }
    for (from, asked) in [first].compactMap(\.self) + days.map({ (from: $0, asked: $0) }) {
      if store.isInterrupted?() == true { throw Failure(.interrupted, at: span) }
      var then = times
      then.published = PartialDate(day: asked)
      try add(try said(of: subjects, properties, then), from, subjects, then, &found)
    }
    try add(all, nil, subjects, times, &found)
    return found.mapValues { found in
      SiteMembers(
        rows: found.rows.map {
          SiteMembers.Row(
            link($0.member), value: $0.member.unquoted,
            through: $0.groups.map(\.text).joined(separator: " > "),
            way: $0.groups.map { link(.entity($0)).text }.joined(separator: ", "))
        }, lives: found.lives, cuts: found.cuts)
    }
  }

  private func said(
    of things: [Key], _ properties: [Key], _ times: Times
  ) throws(Failure) -> [StatementRecord] {
    var selection = StatementSelection(subjects: things, properties: properties)
    selection.tellsHeldDays = true
    return try storing(span) { () throws(StoreProblem) in try store.statements(selection, times) }
  }

  /// The days on which something more was certainly or possibly out.
  private func daysOfPublication(_ books: Set<Key>) throws(Failure) -> [Day] {
    let recorded = Times(recorded: times.recorded)
    let sources = RelationDeclaration.sources
    let query = RelationQuery(sources, [sources["key"]], order: [.ascending(sources["key"])])
    var keys: [Key] = []
    let rows = try storing(span) { () throws(StoreProblem) in try store.rows(query, recorded) }
    while try storing(span, { () throws(StoreProblem) in try rows.next() }) {
      keys.append(Key(unchecked: rows.text(0)))
    }
    let data = try storing(span) { () throws(StoreProblem) in
      try store.sources(.pages(books), recorded).map(\.value)
        + (try store.sources(.keys(keys), recorded).map(\.value))
    }
    let days = data.flatMap { source in
      [source.published, source.retrieved].compactMap(\.self).flatMap { [$0.earliest, $0.latest] }
    }
    let last = times.published?.latest ?? .distantFuture
    return Set(days).filter { $0 < last && $0 > .distantPast }.sorted()
  }

  private func add(
    _ records: [StatementRecord], _ day: Day?, _ subjects: [Key], _ times: Times, _ found: inout [Key: Found]
  ) throws(Failure) {
    let members = try statementReader.members(of: records, times, span)
    var steps = StatementSelection(
      ids: Set(members.flatMap { $0.paths.flatMap(\.statements) }).sorted { $0.digest < $1.digest })
    steps.tellsHeldDays = true
    let chains = try storing(span) { () throws(StoreProblem) in
      try store.statements(steps, times.background)
    }
    let days = Dictionary(chains.map { ($0.id, $0.heldDays) }) { first, _ in first }
    var parts: [Key: [RowKey: [Part]]] = [:]
    for member in members {
      let row = RowKey(member: member.member, groups: member.paths.first?.groups ?? [])
      let part = Part(
        days: member.record.heldDays, isClaimed: member.record.isClaimed, evidence: member.record.evidence,
        ways: member.paths.map { path in
          Way(
            bounds: path.bounds, evidence: path.evidence, steps: path.statements.map { days[$0] ?? [] })
        })
      parts[member.record.statement.subject, default: [:]][row, default: []].append(part)
    }
    for subject in subjects {
      var mine = found[subject] ?? Found()
      let now = parts[subject] ?? [:]
      for row in now.keys.sorted(by: { Self.order($0) < Self.order($1) }) where mine.places[row] == nil {
        mine.places[row] = mine.rows.count
        mine.rows.append(row)
      }
      var lives = mine.rows.map { row -> Int in
        let parts = now[row] ?? []
        if let life = mine.livesByParts[parts] { return life }
        let life = Self.life(of: parts)
        let place = mine.lives.firstIndex(of: life) ?? mine.lives.count
        if place == mine.lives.count { mine.lives.append(life) }
        mine.livesByParts[parts] = place
        return place
      }
      // What nobody is in any more needs no place, and what is as it was no cut.
      while lives.last == 0 { lives.removeLast() }
      if day == nil || mine.cuts.last.map({ $0.lives != lives }) ?? !lives.isEmpty {
        mine.cuts.append(SiteMembers.Cut(day, lives))
      }
      found[subject] = mine
    }
  }

  private static func order(_ row: RowKey) -> (String, String) {
    (row.groups.map(\.text).joined(separator: " "), row.member.canonicalText)
  }

  /// When a row is there by what it rests on: each day by the rules of a list.
  private static func life(of parts: [Part]) -> [SiteMembers.Step] {
    var starts: Set<Day> = []
    for part in parts {
      starts.formUnion(part.days.map(\.first))
      for way in part.ways {
        starts.formUnion(way.steps.joined().map(\.first))
        starts.insert(way.bounds.startEarliest)
        if way.bounds.endLatest < .distantFuture { starts.insert(Day(way.bounds.endLatest.number + 1)) }
      }
    }
    var steps: [SiteMembers.Step] = []
    for day in starts.sorted() {
      let (now, ahead) = (state(of: parts, on: day, isAhead: false), state(of: parts, on: day, isAhead: true))
      let step = SiteMembers.Step(
        day, now.state, ahead: ahead.state, isPossiblyOut: now.isPossiblyOut || ahead.isPossiblyOut)
      let before = steps.last ?? SiteMembers.Step(day, .not, ahead: .not, isPossiblyOut: false)
      let isSame =
        before.state == step.state && before.ahead == step.ahead
        && before.isPossiblyOut == step.isPossiblyOut
      if !isSame { steps.append(step) }
    }
    return steps
  }

  /// The surest of what is said of a row on a day.
  private static func state(
    of parts: [Part], on day: Day, isAhead: Bool
  ) -> (state: SiteMembers.Step.State, isPossiblyOut: Bool) {
    func certainty(_ stretches: [HeldStretch]) -> Certainty {
      guard let stretch = stretches.last(where: { $0.first <= day }) else { return .not }
      return isAhead ? stretch.certaintyAhead : stretch.certainty
    }
    var found: (state: SiteMembers.Step.State, isPossiblyOut: Bool) = (.not, false)
    for part in parts {
      var (sure, evidence) = (certainty(part.days), part.evidence)
      guard sure > .not else { continue }
      if !part.ways.isEmpty {
        let ways = part.ways.filter { $0.bounds.startEarliest <= day && $0.bounds.endLatest >= day }
          .map { way in SurestWay(way.steps.map(certainty).min() ?? .not, way.evidence) }
          .filter { $0.certainty > .not }
        guard let way = SurestWay(ways, notAbove: sure) else { continue }
        (sure, evidence) = (way.certainty, min(evidence, way.evidence))
      }
      let state: SiteMembers.Step.State =
        sure == .certainly
        ? part.isClaimed ? .certainly : .denied
        : part.isClaimed ? .possibly : .possiblyDenied
      // A claim tells more than its denial, and what is sure more than what may be.
      func rank(_ state: SiteMembers.Step.State) -> Int { [0, 3, 4, 2, 1][state.rawValue] }
      if rank(state) > rank(found.state) {
        found = (state, evidence == .possibly)
      } else if state == found.state {
        found.isPossiblyOut = found.isPossiblyOut && evidence == .possibly
      }
    }
    return found
  }
}
