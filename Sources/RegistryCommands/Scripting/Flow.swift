import CommandLanguage
import RegistryModel
import RegistryStore

/// Carries out a command that carries out others: their answers are given away one by one, as they are there.
typealias Flow =
  @Sendable (Invocation, Session, _ emit: (Answer) throws(Failure) -> Void) throws(Failure) -> Void

extension CommandDefinition {
  /// A command that carries out others, and does to the registry what they do.
  init(
    _ signature: CommandSignature, summary: String, details: String, examples: [Example],
    flow: @escaping Flow
  ) {
    self.init(
      signature, group: .scripting, effect: .reads, summary: summary, details: details, examples: examples
    ) { (_, _) throws(Failure) in .nothing }
    self.flow = flow
  }
}

extension CommandSyntax {
  /// The same without the usual limit of what is shown to people: a script means all rows, unless it says how many.
  var ofAllRows: CommandSyntax {
    let limit = SelectionClauses.limit.keyword
    guard ["find", "list", "mentions"].contains(name.content),
      !clauses.contains(where: { $0.keyword.content == limit })
    else { return self }
    var copy = self
    copy.clauses.append(
      ClauseSyntax(keyword: Word(limit, span), argument: .integer(Spanned(1_000_000_000, span)), span: span))
    return copy
  }

  /// What its `columns` name.
  var namedColumns: [String] {
    clauses.flatMap { clause -> [String] in
      guard clause.keyword.content == "columns", case .words(let words) = clause.argument else { return [] }
      return words.map(\.content)
    }
  }

  /// The commands in its braces, and in its head.
  var inside: [CommandSyntax] {
    var commands: [CommandSyntax] = []
    for block in [block, otherwise] { if case .commands(let inner, _)? = block { commands += inner } }
    for argument in arguments.values { if case .query(let inner, _) = argument { commands += inner } }
    return commands
  }
}

extension ResultTable {
  /// What `$x`, the first column, and `$x.COLUMN` stand for in a row.
  func values(of row: [Cell], as variable: String) -> [String: String] {
    var values: [String: String] = [:]
    for (column, cell) in zip(columns, row).reversed() {
      values["\(variable).\(ColumnNames.parameter(column.name))"] = cell.plainText
      values["\(variable).\(column.name)"] = cell.plainText
    }
    values[variable] = row.first?.plainText ?? ""
    return values
  }
}
