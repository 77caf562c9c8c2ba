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

extension TableReader {
  /// What of a table is asked for, whatever its rows are.
  struct Asked {
    var list: () throws(Failure) -> ResultTable
    var count: () throws(Failure) -> ResultTable
  }

  /// What `list` and `count` show of a table.
  func asked(
    _ table: TableName, _ path: PathSyntax, _ command: Invocation, _ times: Times
  ) throws(Failure) -> Asked {
    let schema = try schema(at: path.span, times)
    func reading<Row>(_ head: TableHead<Row>) -> Asked {
      Asked(
        list: { () throws(Failure) in try self.list(head, command, times, schema) },
        count: { () throws(Failure) in try self.count(head, command, times, schema) })
    }
    return switch table {
    case .statements: reading(statementTable(times, schema, path.span))
    case .denials: reading(denialTable(of: try denied(path), times, schema, path.span))
    case .sources: reading(sourceTable(times, schema, path.span))
    case .transactions: reading(transactionTable(times, path.span))
    case .types: reading(typeTable(schema))
    case .properties: reading(propertyTable(schema))
    }
  }

  /// Whom `list denials of X` asks for; nil for all.
  private func denied(_ path: PathSyntax) throws(Failure) -> Key? {
    path.properties.isEmpty ? nil : try entity(path.name).key
  }
}
