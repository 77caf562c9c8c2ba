import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// `list pax-silica.member as map`, `list initiatives by member as map`, `list states where … as map`.
extension EntityReader {
  /// The values of a property of one thing, each with how it stands.
  func map(of path: PathSyntax, _ command: Invocation, _ times: Times) throws(Failure) -> ResultTable {
    guard path.properties.count == 1, path.qualifiers.isEmpty, let word = path.properties.first else {
      throw Failures.mapOfPath(path.written, path.span)
    }
    let schema = try schema(at: path.span, times)
    let definition = try property(word, schema)
    guard case .entities = definition.range else { throw Failures.mapOfWords(definition.key, word.span) }
    let subject = try statementReader.entity(path.name)
    let throughGroups = command.includesGroups
    if throughGroups { try command.refuseGroups(of: [definition.key], schema) }
    let page = try storing(path.span) { () throws(StoreProblem) in
      try store.entities(EntityQuery(types: nil, filter: .key(.equal, subject.key.text)), times)
    }
    let found = try matrixRows(page.rows, definition, times, schema, throughGroups, path.span)
    let way = throughGroups ? ", including groups" : ""
    var table = try map(
      "\(subject.name) · \(definition.key)\(way)", found.rows, of: nil, [], times, path.span)
    table.pictureSources = found.sources
    return table
  }

  /// How many things of a type have each value of a property; of one thing, how it stands. Without a property, the things
  /// of the type themselves.
  func map(
    ofType name: NameSyntax, _ by: [Word]?, _ command: Invocation, _ times: Times
  ) throws(Failure) -> ResultTable {
    guard by != nil else {
      var table = try listEntities(name, command, times)
      guard let key = table.columns.firstIndex(where: { $0.name == "key" }) else {
        throw Failures.mapOfPath(name.text, name.span)
      }
      table.view = ResultView(.map, [key])
      return table
    }
    if let word = by?.first, by?.count == 1 {
      let definition = try property(word, try schema(at: name.span, times))
      guard case .entities = definition.range else { throw Failures.mapOfWords(definition.key, word.span) }
    }
    let matrix = try matrix(ofType: name, by, command, times)
    var table = try map(
      matrix.title ?? "", matrix.rows, of: matrix.columns.count == 2 ? nil : name.text,
      matrix.notes.filter { !$0.hasPrefix("a cell says") && !$0.hasPrefix("a blank is") }, times, name.span)
    table.pictureSources = matrix.pictureSources
    return table
  }

  /// - Parameter things: what is counted, where there are several columns.
  private func map(
    _ title: String, _ rows: [[Cell]], of things: String?, _ notes: [String], _ times: Times, _ span: Span
  ) throws(Failure) -> ResultTable {
    let keys = rows.compactMap { $0.first?.key }
    let known = try storing(span) { () throws(StoreProblem) in try store.entities(keys, times) }
    var table = ResultTable(
      title: title,
      columns: [Column("place"), Column("name"), Column(things ?? "standing", alignsRight: things != nil)])
    var onlyPossible = 0
    for row in rows {
      guard let key = row.first?.key else { continue }
      let said = row.dropFirst().map(Self.standing).filter { !$0.isEmpty }
      let name = known[key].map { Cell.text($0.name) } ?? .empty
      guard things != nil else {
        if let word = said.first { table.rows.append([.key(key), name, .text(word)]) }
        continue
      }
      let count = said.count { ["yes", "stated", "in part"].contains($0) || $0.hasPrefix("yes,") }
      if count > 0 { table.rows.append([.key(key), name, .integer(Int64(count))]) }
      if count == 0, said.contains(where: { $0.hasPrefix("maybe") }) { onlyPossible += 1 }
    }
    if onlyPossible > 0 { table.notes.append("\(onlyPossible) only possibly, left out") }
    table.notes += ["who is not stated is not \"out\""] + notes
    if times.on == nil, things == nil {
      let isStated = table.rows.contains { $0.last == .text("stated") }
      table.notes.insert(
        "what holds today" + (isStated ? "; of what is only stated no source says when it holds" : ""), at: 0)
    }
    table.view = ResultView(.map, [0, 2])
    table.ofWhen = times.caption(today: context.today, readsToday: true)
    return table
  }

  /// What a cell of a matrix says, without through which group.
  private static func standing(_ cell: Cell) -> String {
    switch cell {
    case .text(let text):
      return text.firstRange(of: ", through ").map { text[..<$0.lowerBound] + ", through a group" } ?? text
    case .list(let cells): return cells.map(standing).joined(separator: ", ")
    default: return ""
    }
  }
}

extension Cell {
  /// The key that it is, and no word that reads like one.
  fileprivate var key: Key? { if case .key(let key) = self { key } else { nil } }
}
