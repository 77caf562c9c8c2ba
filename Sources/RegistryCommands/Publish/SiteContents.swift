import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What a site tells of, read at once: its things, all that is said of them, and the sources of that.
struct SiteContents {
  let times: Times
  let schema: Schema
  /// By their keys.
  var things: [EntityRecord] = []
  /// What is said of each, as the store orders it.
  var records: [Key: [StatementRecord]] = [:]
  /// The statements that cite a source, by its key.
  var citing: [Key: [StatementID]] = [:]
  /// The statements that name a thing as their value, by its key.
  var byID: [StatementID: StatementRecord] = [:]
  /// What is known of sources, by the keys of their pages.
  var book: [Key: SourceData] = [:]
  /// The names of all that is spoken of.
  var names: [Key: String] = [:]
  var directory: SiteDirectory

  func title(_ key: Key) -> String { names[key] ?? key.text }

  /// A thing as it is linked to: by its name.
  func link(_ key: Key) -> SiteLink { SiteLink(title(key), directory.things[key.text]?.path) }

  func link(_ value: Value) -> SiteLink {
    switch value {
    case .entity(let key): link(key)
    default: SiteLink(value.unquoted)
    }
  }

  /// A source as it is linked to: by its key, which is short.
  func sourceLink(_ key: Key) -> SiteLink { SiteLink(key.text, directory.things[key.text]?.path) }

  func type(_ key: Key) -> String { schema.types[key]?.key.text ?? key.text }

  /// Whether a thing is a source and nothing else.
  func isSource(_ thing: EntityRecord) -> Bool { schema.isType(thing.type, under: BuiltIn.source) }
}

/// Reads what a site tells of.
struct SiteContentsReader: CommandReader {
  let interpreter: Interpreter
  let times: Times
  let span: Span

  /// More things are no site that a browser's search can hold.
  static let mostThings = 50_000
  private static let size = 1_000

  /// - Parameter keys: the things; nothing for all.
  func contents(_ keys: [Key]?, title: String) throws(Failure) -> SiteContents {
    let schema = try schema(at: span, times)
    var contents = SiteContents(
      times: times, schema: schema, directory: SiteDirectory(title: title, things: [:], statements: [:]))
    contents.things = try things(keys)
    try read(contents.things.map(\.key), into: &contents)
    // The sources of a part are told with it.
    let known = Set(contents.things.map(\.key))
    let cited = Set(contents.citing.keys).subtracting(known)
    let others = try storing(span) { () throws(StoreProblem) in
      try store.entities(cited.sorted(), Times(recorded: times.recorded))
    }
    contents.things += others.values
    contents.things.sort { $0.key < $1.key }
    try refuseMany(contents.things.count)
    let citing = contents.citing
    try read(others.values.map(\.key).sorted(), into: &contents)
    // What is said of the sources themselves needs no pages for those who say it, unless they have one.
    let all = Set(contents.things.map(\.key))
    contents.citing = citing.merging(contents.citing.filter { all.contains($0.key) }) { $1 }
    try readNames(of: &contents)
    return contents
  }

  private func refuseMany(_ count: Int) throws(Failure) {
    guard count <= Self.mostThings else { throw Failures.siteTooLarge(count, most: Self.mostThings, span) }
  }

  private func things(_ keys: [Key]?) throws(Failure) -> [EntityRecord] {
    if let keys {
      try refuseMany(keys.count)
      let found = try storing(span) { () throws(StoreProblem) in
        try store.entities(keys, Times(recorded: times.recorded))
      }
      return Array(Dictionary(found.values.map { ($0.key, $0) }) { first, _ in first }.values)
    }
    return try storing(span) { () throws(StoreProblem) in
      try store.entities(EntityQuery(types: nil, limit: Self.mostThings + 1), times).rows.map(\.entity)
    }
  }

  /// Reads what is said of things, many together.
  private func read(_ keys: [Key], into contents: inout SiteContents) throws(Failure) {
    for start in stride(from: 0, to: keys.count, by: Self.size) {
      if store.isInterrupted?() == true { throw Failure(.interrupted, at: span) }
      let part = Array(keys[start..<min(start + Self.size, keys.count)])
      let found = try storing(span) { () throws(StoreProblem) in
        try store.statements(
          StatementSelection(
            subjects: part, tellsHeld: true, includesOver: times.on != nil, tellsStanding: true), times)
      }.filter { $0.isSaid(times) }
      for record in found where contents.byID[record.id] == nil {
        contents.byID[record.id] = record
        contents.records[record.statement.subject, default: []].append(record)
        for source in Set(record.citations.map(\.source)) {
          contents.citing[source, default: []].append(record.id)
        }
      }
    }
  }

  private func readNames(of contents: inout SiteContents) throws(Failure) {
    var named = Set(contents.things.map(\.key))
    for record in contents.byID.values {
      for value in [record.statement.value] + record.statement.qualifiers.map(\.value) {
        if let key = value.entityKey { named.insert(key) }
      }
    }
    contents.names = try context.names(of: named)
    let pages = Set(contents.byID.values.flatMap(\.citations).map(\.book))
    contents.book = try storing(span) { () throws(StoreProblem) in try store.sources(.pages(pages), times) }
    let aliases = try aliases()
    for thing in contents.things {
      let path = SitePaths.thing(thing.key)
      let name = contents.names[thing.key] ?? thing.name
      contents.directory.things[thing.key.text] = SiteDirectory.Thing(
        key: thing.key, name: name, type: thing.type.text, path: path,
        aliases: (aliases[thing.key] ?? []).filter { $0 != name })
      for record in contents.records[thing.key] ?? [] {
        contents.directory.statements[record.id] = path
      }
    }
  }

  /// What things are called beside their names.
  private func aliases() throws(Failure) -> [Key: [String]] {
    let names = RelationDeclaration.names
    let query = RelationQuery(
      names, [names["entity"], names["name"], names["kind"]],
      order: [.ascending(names["entity"]), .ascending(names["name"])])
    let recorded = Times(recorded: times.recorded)
    let rows = try storing(span) { () throws(StoreProblem) in try store.rows(query, recorded) }
    var found: [Key: [String]] = [:]
    while try storing(span, { () throws(StoreProblem) in try rows.next() }) {
      guard rows.text(2) != "source alias" else { continue }
      let (key, name) = (Key(unchecked: rows.text(0)), rows.text(1))
      if found[key]?.contains(name) != true { found[key, default: []].append(name) }
    }
    return found
  }
}
