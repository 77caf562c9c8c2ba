import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// What an import of FollowTheMoney's lines keeps in mind from line to line.
struct FollowTheMoneyImport {
  /// What stands before ids that are no keys of ours: the source's key.
  let namespace: String
  /// Organizations that have members: groups.
  var groups: Set<String> = []
  /// Other ids of an entity, with the one that it has in the file.
  var referents: [String: String] = [:]
  /// The lines that this program wrote, with the types that they had.
  var own: [String: Key] = [:]
  /// What things are called, once that is asked for.
  var names: [Key: Set<String>]?
  /// States by their codes, once they are asked for.
  var countries: [String: Key]?
  /// How many entities of a schema, and how many values of a property, had no meaning here.
  var unknown: [String: Int] = [:]
  var unread: [String: Int] = [:]

  /// Properties that are read, and those that only say how a line came about.
  private static let read: Set<String> = [
    "name", "alias", "weakAlias", "previousName", "recordId", "sourceUrl", "proof", "indexText", "modifiedAt",
    "retrievedAt", "createdAt", "namesMentioned",
  ]

  /// Counts what a line says that is not read.
  mutating func noteUnread(_ row: CurrentRow, but read: [String]) {
    for (place, column) in row.columns.names.enumerated()
    where place < row.raw.fields.count && !row.raw.fields[place].isEmpty {
      guard column.hasPrefix("properties_") else { continue }
      let name = String(column.dropFirst("properties_".count).prefix { $0 != "_" })
      let isMark = name == "keywords" && own[row.value(of: "id") ?? ""] != nil
      if !Self.read.contains(name), !read.contains(name), !isMark { unread[name, default: 0] += 1 }
    }
  }

  /// What was left out, in words.
  var notes: [String] {
    var notes = unknown.sorted { $0.key < $1.key }.map {
      "\($0.value) of the schema \($0.key), which means nothing here, left out"
    }
    if !unread.isEmpty {
      let list = unread.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
      notes.append("properties that mean nothing here, left out: " + list.joined(separator: ", "))
    }
    return notes
  }
}

/// Records FollowTheMoney's JSON lines: entities become entities, and the entities that join two of them claims.
struct FollowTheMoneyRecorder: CommandReader {
  let recorder: Recorder

  var interpreter: Interpreter { recorder.interpreter }

  /// Carries out one line.
  /// - Parameter joins: whether the entities that join others are read, or these others.
  func importEntity(
    _ row: CurrentRow, _ state: inout FollowTheMoneyImport, joins: Bool, _ span: Span
  ) throws(Failure) {
    guard let id = row.value(of: "id"), !id.isEmpty, let schema = row.value(of: "schema"), !schema.isEmpty
    else { throw Failures.notFollowTheMoney(span) }
    for column in ["prop", "statements_prop"] where row.value(of: column)?.isEmpty == false {
      throw Failures.ftmStatements(span)
    }
    if let edge = FollowTheMoney.Edge.all.first(where: { $0.schema == schema }) {
      if joins { try importJoin(edge, row, &state, span) }
      return
    }
    guard let name = FollowTheMoney.types[schema] else {
      if !joins { state.unknown[schema, default: 0] += 1 }
      return
    }
    let own = state.own[id]
    let key = try key(id, state, span)
    if joins { return try importNationality(of: key, row, &state, span) }
    let group: Key? = state.groups.contains(id) && schema != "Person" ? Key(unchecked: "group") : nil
    let type = own ?? group ?? Key(unchecked: name)
    let citation = interpreter.citationAround()
    let there = try record(key, .all, span)
    let isKnown = there != nil
    if let there {
      let ours = try self.schema(at: span)
      let fits =
        own.map { ours.isType(there.type, under: $0) }
        ?? (there.type == type || FollowTheMoney.takes(schema, there.type, ours))
      guard fits else { throw Failures.existsAlready(there, span) }
    } else {
      guard try self.schema(at: span).types[type] != nil else {
        throw Failures.noSuchType(type.text, near: [], span)
      }
      try recorder.maker.introduce(key, type: type, names: [], citation: citation, span)
    }
    var names = values("properties_name", row)
    // What it is shown as stands beside the properties.
    if names.isEmpty { names = [row.value(of: "caption") ?? ""] }
    for name in names where !name.allSatisfy(\.isWhitespace) {
      try recorder.apply(
        .claim(Statement(subject: key, property: BuiltIn.name, value: .text(name)), citation), span)
    }
    for column in ["properties_alias", "properties_weakAlias", "properties_previousName"] {
      // Of ours, a weak one counts in its source alone.
      let isLocal = own != nil && column == "properties_weakAlias" && citation != nil
      for name in values(column, row) where !name.allSatisfy(\.isWhitespace) {
        // What is known to be called so, by whatever source, is not said anew by nobody.
        if citation == nil, isKnown, try knownNames(&state, span)[key]?.contains(name) == true { continue }
        try recorder.apply(
          .alias(key, name: name, source: citation?.source, isLocal: isLocal, reason: nil), span)
      }
    }
    let read = try importValues(of: key, isKnown: isKnown, schema, row, span)
    state.noteUnread(row, but: read + ["nationality"])
  }

  /// What everything is called already, everywhere or in one source.
  private func knownNames(
    _ state: inout FollowTheMoneyImport, _ span: Span
  ) throws(Failure) -> [Key: Set<String>] {
    if let known = state.names { return known }
    let names = RelationDeclaration.names
    var found: [Key: Set<String>] = [:]
    try storing(span) { () throws(StoreProblem) in
      let rows = try store.rows(RelationQuery(names, [names["entity"], names["name"]]), .all)
      while try rows.next() { found[Key(unchecked: rows.text(0)), default: []].insert(rows.text(1)) }
    }
    state.names = found
    return found
  }

  /// Claims what an entity's own line says beside its names.
  /// - Returns: the properties of theirs that were read.
  private func importValues(
    of key: Key, isKnown: Bool, _ name: String, _ row: CurrentRow, _ span: Span
  ) throws(Failure) -> [String] {
    let schema = try schema(at: span)
    // What is known with qualifiers or a period, for which theirs has no place, is not said anew without them.
    let known = isKnown ? try claimed(of: key, span) : []
    var read: [String] = []
    /// Claims values where the thing can have them; all of them, or none.
    func claim(_ property: String, _ values: [Value], _ theirs: [String]) throws(Failure) {
      let property = Key(unchecked: property)
      guard !values.isEmpty, schema.properties[property] != nil else { return }
      let statements = values.map { value in
        known.first { $0.property == property && $0.value == value }
          ?? Statement(subject: key, property: property, value: value)
      }
      for statement in statements {
        if try interpreter.violation(of: statement, schema, span) != nil { return }
      }
      for statement in statements {
        try recorder.apply(.claim(statement, interpreter.citationAround()), span)
      }
      read += theirs
    }
    let countries = values("properties_country", row)
    try claim("iso2", countries.map { .text($0.uppercased()) }, ["country"])
    if FollowTheMoney.intervals.contains(name) {
      for (ours, theirs) in FollowTheMoney.days {
        var days: [Value] = []
        for text in values("properties_" + theirs, row) {
          days.append(.date(try interpreter.date(String(text.prefix { $0 != "T" }), span)))
        }
        try claim(ours, days, [theirs])
      }
    }
    let (amounts, currencies) = (values("properties_amount", row), values("properties_currency", row))
    if amounts.count == 1, currencies.count == 1, Currency.isCode(currencies[0]),
      let amount = Decimal(exactly: amounts[0])
    {
      let quantity = Quantity(low: amount, unit: currencies[0])
      if Quantity.text(of: amount) == amounts[0] {
        try claim("amount", [.quantity(quantity)], ["amount", "currency"])
      }
    }
    return read
  }

  private func claimed(of key: Key, _ span: Span) throws(Failure) -> [Statement] {
    let found = try storing(span) { () throws(StoreProblem) in
      try store.statements(
        StatementSelection(
          subjects: [key],
          properties: (["iso2", "amount"] + FollowTheMoney.days.map(\.ours)).map { Key(unchecked: $0) }),
        .all)
    }
    return found.filter(\.isClaimed).map(\.statement)
  }

  /// Claims whose national somebody is, once all states are known.
  private func importNationality(
    of key: Key, _ row: CurrentRow, _ state: inout FollowTheMoneyImport, _ span: Span
  ) throws(Failure) {
    let codes = values("properties_nationality", row)
    guard !codes.isEmpty else { return }
    let schema = try schema(at: span)
    let known: [String: Key]
    if let countries = state.countries { known = countries } else { known = try countries(span) }
    state.countries = known
    let property = Key(unchecked: "nationality")
    for code in codes {
      guard let country = known[code.lowercased()], schema.properties[property] != nil else {
        state.unread[property.text, default: 0] += 1
        continue
      }
      let statement = Statement(subject: key, property: property, value: .entity(country))
      if let violation = try interpreter.violation(of: statement, schema, span) {
        throw Failures.rule(violation, schema, span)
      }
      try recorder.apply(.claim(statement, interpreter.citationAround()), span)
    }
  }

  /// Who has which code; a code of several means none of them.
  private func countries(_ span: Span) throws(Failure) -> [String: Key] {
    let found = try storing(span) { () throws(StoreProblem) in
      try store.statements(StatementSelection(properties: [Key(unchecked: "iso2")]), .all)
    }
    var holders: [String: Set<Key>] = [:]
    for record in found where record.isClaimed {
      guard case .text(let text) = record.statement.value else { continue }
      holders[text.lowercased(), default: []].insert(record.statement.subject)
    }
    return holders.compactMapValues { $0.count == 1 ? $0.first : nil }
  }

  private func importJoin(
    _ edge: FollowTheMoney.Edge, _ row: CurrentRow, _ state: inout FollowTheMoneyImport, _ span: Span
  ) throws(Failure) {
    let schema = try schema(at: span)
    let properties = try properties(of: edge, row, schema, span)
    guard !properties.isEmpty else {
      let role = row.value(of: "properties_role") ?? ""
      let what = role.isEmpty ? edge.schema : "\(edge.schema) with the role \(role)"
      state.unknown[what, default: 0] += 1
      return
    }
    state.noteUnread(
      row, but: [edge.subject, edge.value, "role", "startDate", "endDate", "date"])
    let validity = try period(row, span)
    for subject in ends(edge.subject, row) {
      for value in ends(edge.value, row) {
        let ends = [try key(subject, state, span), try key(value, state, span)]
        for (key, id) in zip(ends, [subject, value]) where try record(key, .all, span) == nil {
          row.noteUnmatched(id, nil)
          throw Failures.noSuchName(id, near: [], span)
        }
        for property in properties {
          var statement = Statement(
            subject: ends[0], property: property, value: .entity(ends[1]), validity: validity)
          if let own = try recordedStatement(like: statement, row, span) { statement = own }
          if let violation = try interpreter.violation(of: statement, schema, span) {
            throw Failures.rule(violation, schema, span)
          }
          try recorder.apply(.claim(statement, interpreter.citationAround()), span)
        }
      }
    }
  }

  /// The statement that an edge was exported from, where it still says that: their dates say less than our periods, and
  /// qualifiers have no place there.
  private func recordedStatement(
    like statement: Statement, _ row: CurrentRow, _ span: Span
  ) throws(Failure) -> Statement? {
    guard let id = row.value(of: "properties_recordId"), !id.isEmpty else { return nil }
    let found = try storing(span) { () throws(StoreProblem) in try store.statements(idPrefix: id) }
    guard found.count == 1, let own = found.first, own.id.digest == id, own.isClaimed,
      own.statement.subject == statement.subject, own.statement.property == statement.property,
      own.statement.value == statement.value
    else { return nil }
    let dates = FollowTheMoney.dates(own.statement.validity).filter { !$0.value.isEmpty }
    let isSame = ["startDate", "endDate", "date"].allSatisfy {
      values("properties_" + $0, row) == dates[$0] ?? []
    }
    return isSame ? own.statement : nil
  }

  /// The properties that an edge means: those that its roles name, else the one for its schema.
  private func properties(
    of edge: FollowTheMoney.Edge, _ row: CurrentRow, _ schema: Schema, _ span: Span
  ) throws(Failure) -> [Key] {
    let roles = values("properties_role", row).map { Key(unchecked: $0) }
    let named = roles.filter { role in
      guard case .entities? = schema.properties[role]?.range else { return false }
      return edge.property == nil || edge == .participation
        || schema.propertyAndNarrower(of: Key(unchecked: edge.property ?? "")).contains(role)
    }
    if !named.isEmpty { return named }
    guard let property = edge.property.map({ Key(unchecked: $0) }) else { return [] }
    guard schema.properties[property] != nil else {
      throw Failures.noSuchProperty(property.text, near: [], span)
    }
    return [property]
  }

  private func period(_ row: CurrentRow, _ span: Span) throws(Failure) -> Validity {
    if let seen = try date("date", row, span) { return Validity(.seen(seen)) }
    let (start, end) = (try date("startDate", row, span), try date("endDate", row, span))
    if start == nil, end == nil { return Validity() }
    let validity = Validity(.period(start.map { .from($0) }, end.map { .until($0) }))
    guard validity.isPossible else { throw Failures.periodReversed(span) }
    return validity
  }

  /// The date that a property gives; of several the most exact, where they are one date told more or less exactly.
  private func date(_ name: String, _ row: CurrentRow, _ span: Span) throws(Failure) -> PartialDate? {
    // The time of day, where there is one, is left out.
    let texts = values("properties_" + name, row).map { String($0.prefix { $0 != "T" }) }
    guard let longest = texts.max(by: { $0.utf8.count < $1.utf8.count }) else { return nil }
    guard texts.allSatisfy({ longest.hasPrefix($0) }) else { throw Failures.ftmDates(name, texts, span) }
    return try interpreter.date(longest, span)
  }

  /// The key that an id means: our own where it is one that is known, else one in the source's namespace.
  private func key(_ id: String, _ state: FollowTheMoneyImport, _ span: Span) throws(Failure) -> Key {
    if let key = FollowTheMoney.key(id), try record(key, .all, span) != nil { return key }
    // What this program wrote has its own keys.
    if state.own[id] != nil, let key = FollowTheMoney.key(id) { return key }
    guard let key = Key("\(state.namespace):\(id)") else { throw Failures.malformedKey(id, span) }
    guard let other = state.referents[id], try record(key, .all, span) == nil else { return key }
    return try self.key(other, state, span)
  }

  /// The ids at an end of an edge, which some tools give with the whole entity.
  private func ends(_ name: String, _ row: CurrentRow) -> [String] {
    let ids = values("properties_" + name, row)
    return ids.isEmpty ? values("properties_\(name)_id", row) : ids
  }

  private func values(_ column: String, _ row: CurrentRow) -> [String] {
    row.elements(of: column) ?? row.value(of: column).map { $0.isEmpty ? [] : [$0] } ?? []
  }
}
