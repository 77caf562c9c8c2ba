import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// Reads the entities of a type: what `list`, `count`, `export` and `total` ask for by a type and its clauses.
struct EntityReader: CommandReader {
  let interpreter: Interpreter

  /// - Parameter groupsBy: whether the command itself follows groups in the property that it groups by.
  func query(
    _ name: NameSyntax, _ command: Invocation, _ times: Times, _ schema: Schema, groupsBy: Bool = false
  ) throws(Failure) -> ReadQuery {
    guard let type = schema.type(named: name.text) else {
      if let thing = try thing(insteadOfType: name, schema) { throw Failures.thingForType(thing, name.span) }
      let words =
        schema.types.values.flatMap { [$0.plural, $0.key.text] } + ["transactions", "types", "properties"]
      throw Failures.noSuchType(name.text, near: nearest(to: name.text, in: words), name.span)
    }
    var read = ReadQuery(
      type: type,
      query: EntityQuery(types: type.key == BuiltIn.entity ? nil : schema.typeAndSubtypes(of: type.key)),
      filtered: [])
    if let syntax = command[SelectionClauses.filter] {
      let condition = try interpreter.condition(syntax, schema)
      read.query.filter = condition.filter
      read.filtered = condition.properties
      read.looks = condition.looks
      read.namings = condition.namings
      read.asked = Set(condition.entities)
      try test(
        condition.properties, fit: type, schema, command.span(of: SelectionClauses.filter) ?? name.span)
      try test(condition.namings, fit: type, schema)
      read.query.includingGroups = command.includesGroups
      read.query.includingParts = command.includesParts
      if !condition.looks.isEmpty {
        read.routes = try routes(of: condition.entities, command, times, name.span)
      }
    }
    if !groupsBy, !Self.looksAtThings(read, schema) {
      if let span = command.span(of: StandardClauses.groups) { throw Failures.groupsOfNobody(span) }
      if let span = command.span(of: StandardClauses.parts) { throw Failures.partsOfNothing(span) }
    }
    if let sorts = command[SelectionClauses.sort] {
      // What is the same by a field is not told apart by it once more.
      for sort in sorts {
        let field = try sortField(sort.property, schema)
        guard !read.query.sort.contains(where: { $0.field == field }) else { continue }
        read.query.sort.append(EntityQuery.Sort(field, descending: sort.descending))
      }
    }
    read.query.limit = command[SelectionClauses.limit]
    read.query.offset = command[SelectionClauses.offset] ?? 0
    return read
  }

  /// Whether the filter looks at a property whose values are things: these can be in groups, and have parts.
  static func looksAtThings(_ read: ReadQuery, _ schema: Schema) -> Bool {
    !read.namings.isEmpty
      || read.looks.contains { look in
        if case .entities? = schema.properties[look.property]?.range { true } else { false }
      }
  }

  /// Refuses a property that nothing of the type can have: a filter by it would decide nothing.
  func test(
    _ properties: [Key], fit type: TypeDefinition, _ schema: Schema, _ span: Span
  ) throws(Failure) {
    for key in properties {
      guard let domain = schema.properties[key]?.domain, type.key != BuiltIn.entity else { continue }
      guard schema.canHave(type.key, domain) else {
        throw Failures.wrongDomain(
          key, of: domain, found: type,
          turned: schema.properties[key].flatMap { turned($0, for: type, schema) },
          schema, span)
      }
    }
  }

  /// Refuses to ask whether things are named by a property whose values they cannot be.
  func test(_ namings: [NamingLook], fit type: TypeDefinition, _ schema: Schema) throws(Failure) {
    for look in namings {
      guard case .entities(let range)? = schema.properties[look.property]?.range, type.key != BuiltIn.entity
      else { continue }
      guard schema.canHave(type.key, range) else {
        throw Failures.neverNamed(type, by: look.property, range, look.span)
      }
    }
  }

  /// How else a condition on a property that things of a type cannot have may be meant: by what names them.
  func turned(_ property: PropertyDefinition, for type: TypeDefinition, _ schema: Schema) -> String? {
    guard case .entities(let range) = property.range, schema.canHave(type.key, range),
      let owner = property.domain.lazy.compactMap({ schema.types[$0] }).first
    else { return nil }
    return "\(property.key) of \(owner.plural)"
  }

  private func sortField(_ word: Word, _ schema: Schema) throws(Failure) -> EntityQuery.Sort.Field {
    switch word.content {
    case "key": .key
    case "name": .name
    case "type": .type
    default: .property(try property(word, schema).key)
    }
  }

  func listEntities(_ name: NameSyntax, _ command: Invocation, _ times: Times) throws(Failure)
    -> ResultTable
  {
    let schema = try schema(at: name.span, times)
    var read = try query(name, command, times, schema)
    read.query.tellsToCome = times.on == nil
    let page = try storing(command.span) { () throws(StoreProblem) in try store.entities(read.query, times) }
    let columns = try shownColumns(read, command, schema)
    let found = try shownValues(
      page.rows.map(\.entity.key), columns + read.filtered, times, schema, tellsToCome: times.on == nil)
    // What the filter passes by would seem to contradict it, unless it is asked for.
    let showsAll = command[SelectionClauses.columns] != nil
    let values = showsAll ? found : found.mapValues { $0.filter { lookedAt($0, read, schema) } }

    let showsType = columns.contains(BuiltIn.type)
    let properties = columns.filter { $0 != BuiltIn.type && $0 != BuiltIn.name }
    var namings: [(heading: String, found: [Key: Namers])] = []
    for look in read.namings where !namings.contains(where: { $0.heading == look.heading }) {
      namings.append(
        (look.heading, try namers(of: page.rows.map(\.entity.key), look, command, times, schema)))
    }
    let showsSources = !properties.isEmpty || !read.filtered.isEmpty || !namings.isEmpty
    let showsCertainty = times.on != nil
    let showsEvidence = page.rows.contains { $0.evidence != .certainly }
    var table = ResultTable(columns: [Column("key"), Column("name")])
    if showsType { table.columns.append(Column("type")) }
    table.columns += properties.map {
      let qualifiers = showsAll ? "" : brackets(read.narrowing($0))
      return Column($0.text + qualifiers, alignsRight: isNumeric(schema.properties[$0]))
    }
    table.columns += namings.map { Column($0.heading) }
    if showsCertainty { table.columns.append(Column(times.holdsHeading)) }
    if showsEvidence { table.columns.append(Column("evidence")) }
    // Where the property asked for is narrowed by others, which of them it was: lead, signatory, participant.
    let showsRole =
      !read.asked.isEmpty && read.filtered.contains { schema.propertyAndNarrower(of: $0).count > 1 }
    let firsts = Set(properties.filter { isOfBeginnings($0, read, schema) })
    if showsRole || !firsts.isEmpty { table.columns.append(Column("as")) }
    if let routes = read.routes {
      table.columns.append(Column("through"))
      if routes.includesParts { table.columns.append(Column("weakest step")) }
    }
    if showsSources { table.columns.append(Column("sources")) }

    // On a date, it is the date that chose the year, so the year is shown.
    let yearly = times.on == nil ? [] : Set(LatestFigures.properties(schema))
    let filtered = Set(read.filtered.flatMap(schema.propertyAndNarrower(of:)))
    let isFiltered = { (record: StatementRecord) in filtered.contains(record.statement.property) }
    for row in page.rows {
      let mine = values[row.entity.key] ?? []
      // As what the first of several dates is said.
      var dated: [Key] = []
      var cells: [Cell] = [.key(row.entity.key), .text(row.entity.name)]
      if showsType { cells.append(.key(row.entity.type)) }
      cells += properties.map { property in
        guard firsts.contains(property), let first = first(of: property, mine, schema) else {
          return shown(property, mine, schema, yearly)
        }
        dated.append(first.statement.property)
        return shown(first, isToCome: first.isToCome, isYearly: false)
      }
      let naming = namings.map { $0.found[row.entity.key] ?? Namers() }
      cells += naming.map(\.cell)
      if showsCertainty { cells.append(.text(row.certainty == .certainly ? "yes" : "maybe")) }
      if showsEvidence { cells.append(.text(row.evidence == .certainly ? "certain" : "possible")) }
      if showsRole || !firsts.isEmpty {
        let named = showsRole ? mine.filter(isFiltered) : []
        cells.append(roles(named, read, dated.map { .text($0.text) }))
      }
      if let routes = read.routes {
        let named = mine.filter(isFiltered)
        cells.append(routes.through(named, times))
        if routes.includesParts { cells.append(routes.weakest(named)) }
      }
      if showsSources {
        let steps = read.routes?.steps(of: mine.filter(isFiltered)) ?? []
        cells.append(sourceList(mine + naming.flatMap(\.records), steps))
      }
      table.rows.append(cells)
    }
    if let limit = read.query.limit, page.rows.count == limit {
      table.notes.append(LimitNote.words(limit))
    }
    let toCome = times.on == nil ? page.rows.count { $0.certainty != .certainly } : 0
    if toCome > 0 { table.notes.append(TableReader.onlyByToCome(toCome)) }
    if page.undecided.isWorthTelling {
      table.notes.append(page.undecided.note(read.filtered, schema))
    }
    if read.routes != nil, !times.accordingTo.isEmpty {
      table.notes.append(Self.backgroundNote)
    }
    return table.withoutEmptyColumns(keeping: ["key", "name", "through", "sources", times.holdsHeading])
  }

  static let backgroundNote = "groups and parts are taken from all sources"

  /// Whether the filter looks at a statement, or at none of its property.
  func lookedAt(_ record: StatementRecord, _ read: ReadQuery, _ schema: Schema) -> Bool {
    let asked = schema.propertyAndBroader(of: record.statement.property).filter(read.filtered.contains)
    guard !asked.isEmpty, asked.allSatisfy({ !read.narrowing($0).isEmpty }) else { return true }
    return asked.contains { read.narrowing($0).contains(where: record.statement.has) }
  }

  /// The qualifiers that a column is narrowed to, where that is one list.
  private func brackets(_ lists: [[Qualifier]]) -> String {
    guard Set(lists).count == 1, let list = lists.first else { return "" }
    return "[" + list.map { "\($0.property) \($0.value.unquoted)" }.joined(separator: ", ") + "]"
  }

  func shownColumns(_ read: ReadQuery, _ command: Invocation, _ schema: Schema) throws(Failure)
    -> [Key]
  {
    if let words = command[SelectionClauses.columns] {
      return try words.map { (word) throws(Failure) in try property(word, schema).key }
    }
    var columns: [Key] = []
    var type: TypeDefinition? = read.type
    while let current = type, columns.isEmpty {
      columns = current.columns
      type = current.parent.flatMap { schema.types[$0] }
    }
    for key in read.filtered where !columns.contains(key) { columns.append(key) }
    return columns
  }

  /// The chosen statements of the entities, for the columns.
  func shownValues(
    _ keys: [Key], _ columns: [Key], _ times: Times, _ schema: Schema, tellsToCome: Bool = false
  ) throws(Failure) -> [Key: [StatementRecord]] {
    guard !keys.isEmpty, !columns.isEmpty else { return [:] }
    let properties = Set(columns.flatMap(schema.propertyAndNarrower(of:)))
    var records = try storing(nil) { () throws(StoreProblem) in
      var selection = StatementSelection(
        subjects: keys, properties: properties.sorted(), tellsHeld: times.on != nil)
      selection.tellsToCome = tellsToCome
      return try store.statements(selection, times)
    }
    // On a date what holds then is asked, and not what is to come as of today.
    if !tellsToCome { for index in records.indices { records[index].isToCome = false } }
    return Dictionary(
      grouping: records.filter { $0.counts(times) },
      by: \.statement.subject
    ).mapValues {
      mine in
      Dictionary(grouping: mine, by: \.statement.property).sorted { $0.key < $1.key }.flatMap {
        property, cell in
        schema.properties[property]?.inOrder(cell) ?? cell
      }
    }
  }

  /// As what those that were asked for, or the groups they are in, are named.
  private func roles(_ records: [StatementRecord], _ read: ReadQuery, _ dated: [Cell]) -> Cell {
    var found = dated
    for record in records where record.isClaimed {
      guard case .entity(let key) = record.statement.value,
        read.asked.contains(key) || read.routes?.ways[key] != nil
      else { continue }
      let role = Cell.text(record.statement.property.text)
      if !found.contains(role) { found.append(role) }
    }
    return found.isEmpty ? .empty : .list(found)
  }

  /// Whether a column is of dates by which things begin in several ways, signed and in force: the first of them is shown,
  /// unless the filter asks for them.
  private func isOfBeginnings(_ property: Key, _ read: ReadQuery, _ schema: Schema) -> Bool {
    guard let definition = schema.properties[property], definition.range == .date else { return false }
    return definition.cardinality == .one && !read.filtered.contains(property)
      && schema.propertyAndNarrower(of: property).count > 1
  }

  /// The earliest of several dates that a thing has by a property and what narrows it; nil where it has one at most.
  private func first(of property: Key, _ records: [StatementRecord], _ schema: Schema) -> StatementRecord? {
    let family = Set(schema.propertyAndNarrower(of: property))
    let dated = records.compactMap { record -> (record: StatementRecord, order: (Day, Day, String))? in
      guard family.contains(record.statement.property), case .date(let date) = record.statement.value else {
        return nil
      }
      return (record, (date.earliest, date.latest, record.id.digest))
    }
    guard Set(dated.map(\.record.statement.value)).count > 1 else { return nil }
    return dated.min { $0.order < $1.order }?.record
  }

  /// The values of a property; those of `yearly` properties with their year, and what is only to come with that.
  private func shown(
    _ property: Key, _ records: [StatementRecord], _ schema: Schema, _ yearly: Set<Key>
  ) -> Cell {
    let keys = Set(schema.propertyAndNarrower(of: property))
    let given = records.filter {
      keys.contains($0.statement.property) && $0.isClaimed && $0.statement.givesValue(of: property)
    }
    let already = Set(given.filter { !$0.isToCome }.map(\.statement.value))
    var cells: [Cell] = []
    for record in given {
      let cell = shown(
        record, isToCome: record.isToCome && !already.contains(record.statement.value),
        isYearly: yearly.contains(record.statement.property))
      if !cells.contains(cell) { cells.append(cell) }
    }
    return cells.isEmpty ? .empty : cells.count == 1 ? cells[0] : .list(cells)
  }

  private func shown(_ record: StatementRecord, isToCome: Bool, isYearly: Bool) -> Cell {
    let value = record.statement.value
    let year = isYearly ? record.statement.qualifiers.first { $0.property == LatestFigures.year } : nil
    var words = [year?.value.unquoted].compactMap(\.self)
    // A figure says by itself that it is a forecast.
    if isToCome, !value.isForecastFigure { words.append("foreseen") }
    return words.isEmpty ? Cell(value) : .text("\(value.unquoted) (\(words.joined(separator: ", ")))")
  }

  /// The sources of what is shown, and of the groups and parts by which it was found; one that denies it says so.
  private func sourceList(_ records: [StatementRecord], _ steps: [StatementRecord]) -> Cell {
    let citations =
      records.filter { $0.statement.property != BuiltIn.type }.flatMap(\.citations)
      + steps.flatMap(\.citations)
    let claiming = Set(citations.filter { $0.stance == .claims }.map(\.source))
    let denying = Set(citations.filter { $0.stance == .denies }.map(\.source))
    let cells = claiming.union(denying).sorted().flatMap { source -> [Cell] in
      (claiming.contains(source) ? [.key(source)] : [])
        + (denying.contains(source) ? [.text("\(source) denies")] : [])
    }
    return cells.isEmpty ? .empty : .list(cells)
  }

  private func isNumeric(_ definition: PropertyDefinition?) -> Bool {
    definition?.range.isNumeric ?? false
  }
}

extension Value {
  fileprivate var isForecastFigure: Bool {
    if case .quantity(let figure) = self { figure.forecast } else { false }
  }
}
