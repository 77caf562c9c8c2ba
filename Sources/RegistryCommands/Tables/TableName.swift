import CommandLanguage
import RegistryModel
import RegistryStore

/// The heads of `list` and `count` that are tables of their own, and no type of entity.
enum TableName: String, CaseIterable {
  case statements, denials, sources, transactions, types, properties

  /// The table that a head means; nothing where it means a type or the values of a path.
  init?(_ path: PathSyntax) {
    if path.properties.map(\.content) == [TableName.denials.rawValue] {
      self = .denials
      return
    }
    guard path.properties.isEmpty, path.name.form == .bare else { return nil }
    self.init(rawValue: path.name.text)
  }

  /// Which times have a meaning for it.
  var takes: TimesTaken {
    switch self {
    case .statements, .denials: [.on, .published, .recorded, .accordingTo]
    case .sources: [.published, .recorded]
    case .transactions, .types, .properties: .recorded
    }
  }

  /// What to write where a time has no meaning.
  var help: String {
    switch self {
    case .statements, .denials: ""
    case .sources:
      "a source is of no date: list sources published by D are those that were out, list statements where source = S what one says"
    case .transactions: "list transactions where at >= D, or recorded by D, narrows them"
    case .types, .properties: "recorded by tN shows the definitions of then"
    }
  }
}

extension Session {
  /// `list` of a table.
  func list(_ table: TableName, _ path: PathSyntax, _ command: Invocation) throws(Failure) -> Answer {
    try read(table, path, command) { (read) throws(Failure) in try read.list() }
  }

  /// `count` of a table.
  func count(_ table: TableName, _ path: PathSyntax, _ command: Invocation) throws(Failure) -> Answer {
    try read(table, path, command) { (read) throws(Failure) in try read.count() }
  }

  /// What of a table is asked for, whatever its rows are.
  private struct Reading {
    var list: () throws(Failure) -> ResultTable
    var count: () throws(Failure) -> ResultTable
  }

  /// Whom `list denials of X` asks for; nil for all.
  private func denied(_ path: PathSyntax) throws(Failure) -> Key? {
    path.properties.isEmpty ? nil : try entity(path.name).key
  }

  private func read(
    _ table: TableName, _ path: PathSyntax, _ command: Invocation,
    _ body: (Reading) throws(Failure) -> ResultTable
  ) throws(Failure) -> Answer {
    if let qualifier = path.qualifiers.first { throw Failures.qualifiersOfTable(table.rawValue, qualifier) }
    let (times, notes) = try times(command, taking: table.takes, of: table.rawValue, help: table.help)
    let output = try output(command)
    if output.format == ListGrammar.matrix {
      throw Failures.matrixOfTable(table.rawValue, command.span(of: StandardClauses.format) ?? command.span)
    }
    let schema = try schema(at: path.span, times)
    func reading<Row>(_ head: TableHead<Row>) -> Reading {
      Reading(
        list: { () throws(Failure) in try self.list(head, command, times, schema) },
        count: { () throws(Failure) in try self.count(head, command, times, schema) })
    }
    let read: Reading =
      switch table {
      case .statements: reading(statementTable(times, schema, path.span))
      case .denials: reading(denialTable(of: try denied(path), times, schema, path.span))
      case .sources: reading(sourceTable(times, schema, path.span))
      case .transactions: reading(transactionTable(times, path.span))
      case .types: reading(typeTable(schema))
      case .properties: reading(propertyTable(schema))
      }
    var result = try body(read)
    result.notes += notes
    return .table(result, output)
  }
}
