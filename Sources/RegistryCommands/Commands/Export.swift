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
      alone. Several values in a cell have `; ` between them; in JSON they are a list. A list of values, such as `list \
      forge.member`, has a row for each statement. `graphml` and `ftm` (FollowTheMoney, JSON lines) take the entities of a list, or all. Without \
      braces: every statement with each of its citations, which comes back in the same way. CSV, TSV, JSON, JSON Lines and Markdown take any result.
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
    let path = place.path.content
    defer { onProgress?(nil) }
    switch format {
    case .graphml, .ftm:
      let file = try WrittenFile(place)
      let keys = try inner.map { (list) throws(Failure) in try entities(of: list) }
      var answer = Answer()
      if format == .graphml {
        let count = try writeGraph(keys, to: file, command.span)
        answer.messages = ["exported \(count) entities to \(path)"]
      } else {
        let export = try writeFollowTheMoney(keys, to: file, command.span)
        answer.messages = ["exported \(export.count) entities to \(path)"]
        answer.notes = export.notes
      }
      try file.finish()
      return answer
    default:
      guard let inner else {
        guard let text = tableText?(format.rawValue, ExportedStatements.columns, false) else {
          return .table(
            try allStatements(command.span), OutputClauses(format: format.rawValue, file: place.url.path))
        }
        let count = try writeStatements(as: text, to: try WrittenFile(place), command.span)
        return .message("exported \(count) statements to \(path)")
      }
      let (table, isEditable) = try table(of: inner, format)
      guard let text = tableText?(format.rawValue, table.columns, isEditable) else {
        return .table(table, OutputClauses(format: format.rawValue, file: place.url.path))
      }
      try write(table, as: text, to: try WrittenFile(place), command.span)
      return Answer(messages: ["exported \(table.rows.count) rows to \(path)"], notes: table.notes)
    }
  }

  /// The result of a command, so that it can be edited where the format and the command are for that.
  private func table(
    of inner: CommandSyntax, _ format: ExportFormat
  ) throws(Failure) -> (ResultTable, isEditable: Bool) {
    if format != .markdown,
      let table = try editableTable(inner, format == .csv || format == .tsv ? .table : .json)
    {
      return (table, true)
    }
    guard case .table(let table)? = try run(inner).results.first?.content else {
      throw Failures.notHere("\(inner.name.content) has no table", "dump \"FILE\" writes text", inner.span)
    }
    return (table, false)
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
}
