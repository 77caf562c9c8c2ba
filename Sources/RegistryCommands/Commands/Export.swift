import CommandLanguage
import Foundation
import RegistryModel
import RegistryStore

extension CommandDefinition {
  static let export = CommandDefinition(
    CommandSignature(
      name: "export", head: [.argument("file", .file)],
      clauses: [
        ClauseSignature(
          "as", .choice(ExportFormat.allCases.map(\.rawValue)),
          "the format, where the file's name does not tell it")
      ], block: .commands),
    group: .data, effect: .reads, summary: "Write the result of a command, or the whole registry, to a file",
    details: """
      `export "x.csv" { list initiatives }` makes a table for a spreadsheet: beside each column stands another one, `status@`, \
      with the ids of what the cell says. Edited and saved, `import "x.csv"` corrects, adds and withdraws exactly what \
      was edited (with `--dry-run` it only tells), whatever the order of rows and columns; rows that are missing are left \
      alone. Several values in a cell have `; ` between them. A list of values, such as `list forge.member`, has a row \
      for each statement. `graphml` and `ftm` (FollowTheMoney, JSON lines) take the entities of a list, or all. Without \
      braces: every statement with each of its citations. CSV, TSV, JSON, JSON Lines and Markdown take any result.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    guard case .text(let path)? = command.arguments["file"] else {
      throw Failures.notHere("export needs a file", "export \"FILE\" { list initiatives }", command.span)
    }
    guard !session.settings.safe else { throw Failures.safeSession("writing files", path.span) }
    let place = try session.writable(path)
    return try session.export(to: place, try ExportFormat(command, path), command)
  }
}

/// A format that `export` writes.
enum ExportFormat: String, CaseIterable {
  case csv, tsv, json, jsonl, markdown, graphml, ftm

  init(_ command: CommandSyntax, _ path: Word) throws(Failure) {
    if case .word(let word)? = command.clause("as")?.argument,
      let format = ExportFormat(rawValue: word.content)
    {
      self = format
      return
    }
    let ending = URL(filePath: path.content).pathExtension.lowercased()
    guard let format = ExportFormat(rawValue: ["md": "markdown", "ndjson": "jsonl"][ending] ?? ending) else {
      throw Failures.notHere(
        "which format?",
        "end the file's name in .csv, .tsv, .json, .jsonl, .md, .graphml or .ftm, or say as FORMAT",
        path.span)
    }
    self = path.content.hasSuffix(".ftm.json") ? .ftm : format
  }
}

extension Session {
  fileprivate func export(
    to place: (url: URL, path: Word), _ format: ExportFormat, _ command: CommandSyntax
  ) throws(Failure) -> Answer {
    var inner: CommandSyntax?
    if case .commands(let commands, _)? = command.block {
      guard commands.count == 1, let only = commands.first, commandsRead(only) else {
        throw Failures.notHere(
          "export takes one command that reads", "export \"FILE\" { list initiatives }", command.span)
      }
      inner = only
    }
    switch format {
    case .graphml, .ftm:
      let file = try WrittenFile(place)
      let keys = try inner.map { (list) throws(Failure) in try entities(of: list) }
      let count =
        format == .graphml
        ? try writeGraph(keys, to: file, command.span) : try writeFollowTheMoney(keys, to: file, command.span)
      try file.finish()
      return .message("exported \(count) entities to \(place.path.content)")
    default:
      var output = OutputClauses(format: format.rawValue, file: place.url.path)
      guard let inner else { return .table(try allStatements(command.span), output) }
      if format == .csv || format == .tsv, let table = try editableTable(inner) {
        return .table(table, output)
      }
      let answer = try run(inner)
      output.format = answer.results.first?.format == "matrix" ? nil : output.format
      guard case .table(let table)? = answer.results.first?.content else {
        throw Failures.notHere("\(inner.name.content) has no table", "dump \"FILE\" writes text", inner.span)
      }
      return .table(table, output)
    }
  }

  private func commandsRead(_ command: CommandSyntax) -> Bool {
    commands[command.name.content]?.effect == .reads && command.name.content != "export"
  }

  private func run(_ command: CommandSyntax) throws(Failure) -> Answer {
    guard let definition = commands[command.name.content] else {
      throw Failures.unknownCommand(command.name, commands.names)
    }
    return try definition.run(command, self)
  }

  /// The entities that a list finds.
  private func entities(of command: CommandSyntax) throws(Failure) -> [Key] {
    let times = try times(command)
    guard command.name.content == "list", case .path(let path)? = command.arguments["what"],
      path.properties.isEmpty
    else {
      throw Failures.notHere(
        "a graph is made of entities", "export \"FILE\" { list initiatives where … }", command.span)
    }
    let read = try query(path.name, command, times, try schema(at: path.span, times))
    return try storing(command.span) { () throws(StoreProblem) in
      try store.entities(read.query, times).rows.map(\.entity.key)
    }
  }

  /// Every statement with each of its citations.
  private func allStatements(_ span: Span) throws(Failure) -> ResultTable {
    let records = try storing(span) { () throws(StoreProblem) in
      try store.statements(StatementSelection(), .all)
    }
    let columns = [
      "id", "subject", "property", "value", "qualifiers", "when", "stance", "source", "via", "locator",
      "quote",
      "said", "inferred",
    ]
    var table = ResultTable(columns: columns.map { Column($0) })
    for record in records {
      let statement = record.statement
      let qualifiers = statement.qualifiers.map { "\($0.property) \(words($0.value))" }.joined(
        separator: ", ")
      let head: [Cell] = [
        .text(record.id.digest), .key(statement.subject), .key(statement.property), cell(statement.value),
        qualifiers.isEmpty ? .empty : .text(qualifiers), .validity(statement.validity),
      ]
      for citation in record.citations {
        let fields = [citation.via, citation.locator, citation.quote, citation.said, citation.inferred]
        table.rows.append(
          head + [.text(citation.stance.rawValue), .key(citation.source)]
            + fields.map { $0.map { .text($0) } ?? .empty })
      }
      if record.citations.isEmpty {
        table.rows.append(
          head + [.text(record.isClaimed ? "claims" : "denies")] + Array(repeating: .empty, count: 6))
      }
    }
    return table
  }
}
