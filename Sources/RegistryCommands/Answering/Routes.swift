import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// By what else than their own name entities are named, at the times asked for: groups that they are in, and parts of them.
struct Routes {
  /// The entities asked for.
  var asked: Set<Key>
  /// The ways by which they are named, by the entity that a statement names.
  var ways: [Key: [Way]] = [:]
  /// The memberships and the parts that ways rest on.
  var steps: [StatementID: StatementRecord] = [:]
  /// What is known of the sources of the steps.
  var book: [Key: SourceData] = [:]
  /// Whether parts are followed.
  var includesParts = false

  struct Way {
    var path: GroupPath
    /// `benelux > eu`: from the member's own group on; `terbium > heavy-rare-earths`: from the part on.
    var words: String
    /// From a part to what it is part of, or from a group to its member.
    var isOfParts: Bool
  }

  /// Through what statements name one of the entities asked for: `itself`, `eu`, `benelux > eu`. Where a date was asked
  /// for, each with how certainly, which is as certain as the weakest part of the way.
  func through(_ records: [StatementRecord], _ times: Times) -> Cell {
    var order: [String] = []
    var found: [String: Certainty] = [:]
    func note(_ words: String, _ certainty: Certainty) {
      guard certainty != .not else { return }
      if found[words] == nil { order.append(words) }
      found[words] = max(found[words] ?? .not, certainty)
    }
    for (record, way) in named(by: records) {
      let own = min(times.on == nil ? .certainly : record.held?.certainty ?? .possibly, record.evidence)
      note(way?.words ?? "itself", way.map { min(own, $0.path.evidence, $0.path.certainty) } ?? own)
    }
    let tellsCertainty = times.on != nil || times.published != nil
    let cells = order.map { words -> Cell in
      .text(tellsCertainty ? "\(words) \(found[words]?.rawValue ?? "")" : words)
    }
    return cells.isEmpty ? .empty : .list(cells)
  }

  /// Of each way through parts the step of which is said the least: `yttrium part-of heavy-rare-earths (atlas B)`.
  func weakest(_ records: [StatementRecord]) -> Cell {
    var cells: [Cell] = []
    for (_, way) in named(by: records) where way?.isOfParts == true {
      let steps = (way?.path.statements ?? []).compactMap { self.steps[$0] }
      guard let weakest = steps.min(by: { weight($0).lexicographicallyPrecedes(weight($1)) }) else {
        continue
      }
      let cell = Cell.text(Self.words(ofStep: weakest, book))
      if !cells.contains(cell) { cells.append(cell) }
    }
    return cells.isEmpty ? .empty : cells.count == 1 ? cells[0] : .list(cells)
  }

  /// The ways by which statements name those asked for, in words: `eu: for MLT`, `terbium: as part of rare-earths`, each
  /// with its weakest step where parts are followed.
  func told(_ records: [StatementRecord]) -> [String] {
    var notes: [String] = []
    for (record, way) in named(by: records) {
      guard let way, case .entity(let key) = record.statement.value else { continue }
      var note = "\(key): for \(way.path.member)"
      if way.isOfParts {
        note = "\(key): as part of \(way.path.groups.last ?? key)"
        let others = way.path.groups.dropLast().map(\.text)
        if !others.isEmpty { note += " through " + others.joined(separator: " > ") }
        let steps = way.path.statements.compactMap { self.steps[$0] }
        if let weakest = steps.min(by: { weight($0).lexicographicallyPrecedes(weight($1)) }) {
          note += "; weakest step: \(Self.words(ofStep: weakest, book))"
        }
      } else if way.path.groups.count > 1 {
        note += " through " + way.path.groups.dropLast().map(\.text).joined(separator: " > ")
      }
      if !notes.contains(note) { notes.append(note) }
    }
    return notes
  }

  /// A step from a part to its whole, with who says so: `yttrium part-of heavy-rare-earths (atlas B, survey denies)`.
  private static func words(ofStep record: StatementRecord, _ book: [Key: SourceData]) -> String {
    let who = record.citations.map { citation in
      citation.stance == .denies
        ? "\(citation.source) denies"
        : "\(citation.source) \(book[citation.book]?.reliability.rawValue ?? "F")"
    }
    let sources = Set(who).sorted().joined(separator: ", ")
    let statement = record.statement
    return "\(statement.subject) \(statement.property) \(statement.value.unquoted) "
      + "(\(sources.isEmpty ? "no source" : sources))"
  }

  /// How much is behind a step: on the date, by its standing, by its best source.
  private func weight(_ record: StatementRecord) -> [Int] {
    let sureness: [Certainty] = [.not, .possibly, .certainly]
    let certainty = min(record.held?.certainty ?? .certainly, record.evidence)
    let isContested = record.standing.map { $0.word != .chosen } ?? false
    let grades = record.citations.filter { $0.stance == .claims }.map { book[$0.book]?.reliability ?? .f }
    return [
      sureness.firstIndex(of: certainty) ?? 0, isContested ? 0 : 1,
      grades.max().map { best in 1 + SourceData.Reliability.allCases.count { $0 < best } } ?? 0,
    ]
  }

  /// The ways by which the value of a statement speaks for one of those asked for, at the times asked for.
  func ways(of record: StatementRecord) -> [Way] {
    guard case .entity(let key) = record.statement.value else { return [] }
    return (ways[key] ?? []).filter {
      $0.path.certainty != .not && record.statement.validity.bounds.intersection($0.path.bounds) != nil
    }
  }

  /// The memberships and the parts by which statements speak for those asked for.
  func steps(of records: [StatementRecord]) -> [StatementRecord] {
    let ids = named(by: records).flatMap { $0.1?.path.statements ?? [] }
    return Set(ids).sorted { $0.digest < $1.digest }.compactMap { steps[$0] }
  }

  /// Whether a list that is called whole leaves open whether one of those asked for is meant by one that it names.
  func speaksForOthers(_ statement: Statement) -> Bool {
    statement.value == .none
      && statement.qualifiers.contains { qualifier in
        guard qualifier.property == BuiltIn.besides, case .entity(let key) = qualifier.value else {
          return false
        }
        return ways[key]?.isEmpty == false
      }
  }

  /// The statements that name one of those asked for, each with a way; nil where they name it itself.
  private func named(by records: [StatementRecord]) -> [(StatementRecord, Way?)] {
    var found: [(StatementRecord, Way?)] = []
    for record in records where record.isClaimed {
      guard case .entity(let key) = record.statement.value else { continue }
      if asked.contains(key) { found.append((record, nil)) }
      found += ways(of: record).map { (record, $0) }
    }
    return found
  }
}

extension GroupPath {
  /// `benelux > eu`: from the member's own group on.
  var words: String { groups.map(\.text).joined(separator: " > ") }

  /// `terbium > heavy-rare-earths`: from the part to what is part of the whole itself.
  var wordsOfParts: String { ([member] + groups.dropLast()).map(\.text).joined(separator: " > ") }
}

extension EntityReader {
  /// By what else entities are named, as far as a command follows groups and parts; nil where it follows neither.
  func routes(
    of asked: [Key], _ command: Invocation, _ times: Times, _ span: Span
  ) throws(Failure) -> Routes? {
    try routes(
      of: asked, includingGroups: command.includesGroups, includingParts: command.includesParts, times, span)
  }

  func routes(
    of asked: [Key], includingGroups: Bool, includingParts: Bool, _ times: Times, _ span: Span
  ) throws(Failure) -> Routes? {
    guard includingGroups || includingParts else { return nil }
    var routes = Routes(asked: Set(asked), includesParts: includingParts)
    if includingGroups {
      let paths = try context.paths(PathQuery(.groups, of: asked), times, span)
      for path in paths {
        routes.ways[path.groups.last ?? path.member, default: []].append(
          Routes.Way(path: path, words: path.words, isOfParts: false))
      }
    }
    if includingParts {
      let paths = try context.paths(PathQuery(.parts, in: asked), times, span)
      for path in paths {
        routes.ways[path.member, default: []].append(
          Routes.Way(path: path, words: path.wordsOfParts, isOfParts: true))
      }
    }
    let steps = Set(routes.ways.values.joined().flatMap(\.path.statements)).sorted { $0.digest < $1.digest }
    guard !steps.isEmpty else { return routes }
    let records = try storing(span) { () throws(StoreProblem) in
      try store.statements(
        StatementSelection(ids: steps, tellsHeld: times.on != nil, tellsStanding: true), times.background)
    }
    for record in records { routes.steps[record.id] = record }
    routes.book = try context.sourceBook(of: records, times.background)
    return routes
  }
}

extension Invocation {
  /// Whether it asks for what is so through groups.
  var includesGroups: Bool { self[StandardClauses.groups] }

  /// Whether it asks for what is so of parts.
  var includesParts: Bool { self[StandardClauses.parts] }

  /// Refuses to follow groups where nothing that is asked for can be in one.
  func refuseGroups(of properties: [Key], _ schema: Schema) throws(Failure) {
    let spans = [StandardClauses.groups, StandardClauses.parts].compactMap { span(of: $0) }
    guard let span = spans.first else { return }
    let named = properties.contains { key in
      if case .entities? = schema.properties[key]?.range { true } else { false }
    }
    if !named { throw Failures.groupsOfNobody(span) }
  }
}
