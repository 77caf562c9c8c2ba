import CommandLanguage
import RegistryModel
import RegistryStore

extension Session {
  /// The query that `list` and `count` make of a type and their clauses.
  struct ReadQuery {
    var type: TypeDefinition
    var query: EntityQuery
    /// The properties that the filter looks at.
    var filtered: [Key]
    /// The groups through which an actor was also looked for, by group.
    var groups: [Key: Key]
  }

  func query(_ name: NameSyntax, _ command: CommandSyntax, _ times: Times, _ schema: Schema) throws(Failure)
    -> ReadQuery
  {
    guard let type = schema.type(named: name.text) else {
      let words =
        schema.types.values.flatMap { [$0.plural, $0.key.text] } + ["transactions", "types", "properties"]
      throw Failures.noSuchType(name.text, near: nearest(to: name.text, in: words), name.span)
    }
    var read = ReadQuery(
      type: type,
      query: EntityQuery(types: type.key == BuiltIn.entity ? nil : schema.typeAndSubtypes(of: type.key)),
      filtered: [],
      groups: [:])
    if case .condition(let syntax)? = command.clause("where")?.argument {
      var groups: [Key: Key] = [:]
      let including = command.clause("including groups") != nil
      let condition = try condition(syntax, schema) { (actor) throws(Failure) in
        guard including else { return [actor] }
        let found = try self.groups(of: actor, times, schema)
        for group in found { groups[group] = actor }
        return [actor] + found
      }
      read.query.filter = condition.filter
      read.filtered = condition.properties
      read.groups = groups
    }
    if case .sort(let sorts)? = command.clause("sort")?.argument {
      read.query.sort = try sorts.map { (sort) throws(Failure) in
        EntityQuery.Sort(try sortField(sort.property, schema), descending: sort.descending)
      }
    }
    read.query.limit = integer("limit", command)
    read.query.offset = integer("offset", command) ?? 0
    return read
  }

  private func sortField(_ word: Word, _ schema: Schema) throws(Failure) -> EntityQuery.Sort.Field {
    switch word.content {
    case "key": .key
    case "name": .name
    case "type": .type
    default: .property(try property(word, schema).key)
    }
  }

  /// The groups that an actor belongs to at the time asked for, directly or through groups.
  private func groups(of actor: Key, _ times: Times, _ schema: Schema) throws(Failure) -> [Key] {
    guard schema.properties[Key(unchecked: "member")] != nil else { return [] }
    let properties = schema.propertyAndNarrower(of: Key(unchecked: "member"))
    var found: [Key] = []
    var next = [actor]
    while let current = next.popLast() {
      let records = try storing(nil) { () throws(StoreProblem) in
        try store.statements(StatementSelection(properties: properties, objects: [current]), times)
      }
      for record in records where record.isClaimed && !found.contains(record.statement.subject) {
        guard
          let type = try storing(
            nil, { () throws(StoreProblem) in try store.entity(record.statement.subject, .all)?.type }),
          schema.isType(type, under: Key(unchecked: "group"))
        else { continue }
        found.append(record.statement.subject)
        next.append(record.statement.subject)
      }
    }
    return found.sorted()
  }

  func listEntities(_ name: NameSyntax, _ command: CommandSyntax, _ times: Times) throws(Failure)
    -> ResultTable
  {
    let schema = try schema(at: name.span, times)
    let read = try query(name, command, times, schema)
    let page = try storing(command.span) { () throws(StoreProblem) in try store.entities(read.query, times) }
    let columns = try shownColumns(read, command, schema)
    let values = try shownValues(page.rows.map(\.entity.key), columns + read.filtered, times, schema)

    let showsType = columns.contains(BuiltIn.type)
    let properties = columns.filter { $0 != BuiltIn.type && $0 != BuiltIn.name }
    let showsSources = !properties.isEmpty || !read.filtered.isEmpty
    let showsCertainty = times.on != nil && read.query.filter != nil
    var table = ResultTable(columns: [Column("key"), Column("name")])
    if showsType { table.columns.append(Column("type")) }
    table.columns += properties.map { Column($0.text, alignsRight: isNumeric(schema.properties[$0])) }
    if showsCertainty { table.columns.append(Column(holdsHeading(times))) }
    if !read.groups.isEmpty { table.columns.append(Column("through")) }
    if showsSources { table.columns.append(Column("sources")) }

    for row in page.rows {
      let mine = values[row.entity.key] ?? []
      var cells: [Cell] = [.key(row.entity.key), .text(row.entity.name)]
      if showsType { cells.append(.key(row.entity.type)) }
      cells += properties.map { shown($0, mine, schema) }
      if showsCertainty { cells.append(.text(row.certainty == .certainly ? "yes" : "maybe")) }
      if !read.groups.isEmpty { cells.append(through(mine, read.groups)) }
      if showsSources { cells.append(sourceList(mine)) }
      table.rows.append(cells)
    }
    if page.undecided > 0 { table.notes.append("\(page.undecided) not stated, left out") }
    return table.withoutEmptyColumns(keeping: ["key", "name", "through", "sources", holdsHeading(times)])
  }

  private func shownColumns(_ read: ReadQuery, _ command: CommandSyntax, _ schema: Schema) throws(Failure)
    -> [Key]
  {
    if case .words(let words)? = command.clause("columns")?.argument {
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
  private func shownValues(
    _ keys: [Key], _ columns: [Key], _ times: Times, _ schema: Schema
  ) throws(Failure) -> [Key: [StatementRecord]] {
    guard !keys.isEmpty, !columns.isEmpty else { return [:] }
    let properties = Set(columns.flatMap(schema.propertyAndNarrower(of:)))
    let records = try storing(nil) { () throws(StoreProblem) in
      try store.statements(StatementSelection(subjects: keys, properties: properties.sorted()), times)
    }
    var chosen: [Key: [StatementRecord]] = [:]
    for (subject, mine) in Dictionary(grouping: records, by: \.statement.subject) {
      for (_, cell) in Dictionary(grouping: mine, by: \.statement.property).sorted(by: { $0.key < $1.key }) {
        chosen[subject, default: []] += try resolve(cell, schema, times).flatMap(\.chosen)
      }
    }
    return chosen
  }

  private func shown(_ property: Key, _ records: [StatementRecord], _ schema: Schema) -> Cell {
    let keys = Set(schema.propertyAndNarrower(of: property))
    var cells: [Cell] = []
    for record in records where keys.contains(record.statement.property) && record.isClaimed {
      let cell = cell(record.statement.value)
      if !cells.contains(cell) { cells.append(cell) }
    }
    return cells.isEmpty ? .empty : cells.count == 1 ? cells[0] : .list(cells)
  }

  private func sourceList(_ records: [StatementRecord]) -> Cell {
    let keys = Set(
      records.filter { $0.statement.property != BuiltIn.type }.flatMap(\.citations).map(\.source)
    ).sorted()
    return keys.isEmpty ? .empty : .list(keys.map { .key($0) })
  }

  /// The groups through which an actor asked for is in.
  private func through(_ records: [StatementRecord], _ groups: [Key: Key]) -> Cell {
    var found: [Cell] = []
    for record in records {
      guard case .entity(let key) = record.statement.value else { continue }
      let cell: Cell = groups[key] != nil ? .key(key) : groups.values.contains(key) ? .text("itself") : .empty
      if cell != .empty, !found.contains(cell) { found.append(cell) }
    }
    return found.isEmpty ? .empty : .list(found)
  }

  private func isNumeric(_ definition: PropertyDefinition?) -> Bool {
    switch definition?.range {
    case .number?, .percent?, .money?: true
    default: false
    }
  }
}
