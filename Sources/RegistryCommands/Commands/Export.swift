import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let file = Argument("file", .file)
  static let format = Clause<ExportFormat>(
    "as", .choice, "the format, where the file's name does not tell it")
  static let ids = Flag("with ids", "of xlsx and for excel: also the ids, for what is to be imported again")
  static let excel = Flag("for excel", "of csv: marked as UTF-8, without the ids, as Excel opens it")
}

extension CommandDefinition {
  static let export = CommandDefinition(
    CommandSignature(
      name: "export", head: [Grammar.file.element],
      clauses: [Grammar.format.signature, Grammar.excel.signature, Grammar.ids.signature]
        + StandardClauses.times,
      block: .commands),
    group: .data, effect: .reads, summary: "Write the result of a command, or the whole registry, to a file",
    details: """
      `export "x.csv" { list initiatives }` makes a table for a spreadsheet: beside each column stands another one, `status@`, \
      with the ids of what the cell says. Edited and saved, `import "x.csv"` corrects, adds and withdraws exactly what \
      was edited (with `--dry-run` it only tells), whatever the order of rows and columns; rows that are missing are left \
      alone. Several values in a cell have `; ` between them; in JSON they are a list. A list of values, such as `list \
      forge.member`, has a row for each statement. `graphml` and `ftm` (FollowTheMoney, JSON lines) take the entities of a list, or all. Without \
      braces: every statement with each of its citations, which comes back in the same way, or what holds `on` a date and \
      what the sources of then say; what is in braces says that itself. CSV, TSV, JSON, JSON Lines and Markdown take any result.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    let path = command[Grammar.file]
    guard !session.settings.safe else { throw Failures.safeSession("writing files", path.span) }
    let place = try session.files.writable(path)
    var target = ExportTarget(format: .csv)
    if let format = command[Grammar.format] {
      target.format = format
    } else {
      target.format = try ExportFormat(path)
    }
    target.isForExcel = command[Grammar.excel]
    target.hasIDs = command[Grammar.ids]
    if target.isForExcel, target.format != .csv {
      throw Failures.excelOfOther(target.format.rawValue, command.span(of: Grammar.excel) ?? command.span)
    }
    if target.hasIDs, target.format != .xlsx, !target.isForExcel {
      throw Failures.idsThere(target.format.rawValue, command.span(of: Grammar.ids) ?? command.span)
    }
    return try Exporting(session).export(to: place, target, command)
  }
}

/// What `export` writes, and for whom.
struct ExportTarget {
  var format: ExportFormat
  /// Whether Excel is to open the text as it is.
  var isForExcel = false
  /// Whether ids go with a table for Office.
  var hasIDs = false

  /// Whether people look at it, who need no ids.
  var isForOffice: Bool { (format == .xlsx || isForExcel) && !hasIDs }
  /// What Excel knows UTF-8 by.
  var mark: String { isForExcel ? "\u{FEFF}" : "" }
}

/// A format that `export` writes.
enum ExportFormat: String, CaseIterable {
  case csv, tsv, json, jsonl, markdown, xlsx, graphml, ftm

  /// The format that a file's name tells.
  init(_ path: Word) throws(Failure) {
    let ending = URL(filePath: path.content).pathExtension.lowercased()
    guard let format = ExportFormat(rawValue: ["md": "markdown", "ndjson": "jsonl"][ending] ?? ending) else {
      throw Failures.exportFormat(path.span)
    }
    self = path.content.hasSuffix(".ftm.json") ? .ftm : format
  }
}

/// Carries out an `export`.
private struct Exporting {
  let session: Session
  private var store: any RegistryStore { session.store }

  init(_ session: Session) { self.session = session }

  func export(
    to place: (url: URL, path: Word), _ target: ExportTarget, _ command: Invocation
  ) throws(Failure) -> Answer {
    let format = target.format
    var inner: CommandSyntax?
    if let commands = command.commands {
      guard commands.count == 1, let only = commands.first, commandsRead(only) else {
        throw Failures.exportsOne(command.span)
      }
      inner = only
      if let word = command.keywords(among: Set(StandardClauses.times.map(\.keyword))).first {
        throw Failures.timeOutsideBraces(word, "export \"FILE\"")
      }
    }
    let path = place.path.content
    defer { session.onProgress?(nil) }
    switch format {
    case .graphml, .ftm:
      let file = try session.files.written(place)
      let wanted: (keys: [Key]?, times: Times) =
        if let inner {
          try Self.listed(inner, session)
        } else {
          (nil, try session.times(command))
        }
      var answer = Answer()
      if format == .graphml {
        let writer = GraphMLWriter(interpreter: session.interpreter(at: wanted.times))
        let count = try writer.write(wanted.keys, wanted.times, to: file, command.span)
        answer.messages = ["exported \(count) entities to \(path)"]
      } else {
        let writer = FollowTheMoneyWriter(
          interpreter: session.interpreter(at: wanted.times), onProgress: session.onProgress)
        let export = try writer.write(wanted.keys, wanted.times, to: file, command.span)
        answer.messages = ["exported \(export.count) entities to \(path)"]
        answer.notes = export.notes
      }
      try file.finish()
      return answer
    default:
      guard let inner else {
        let times = try session.times(command)
        let exporter = StatementExporter(interpreter: session.interpreter(at: times))
        if target.isForOffice {
          return try write(
            try exporter.allStatements(times, command.span).withoutIDs, target, times, to: place, command.span
          )
        }
        guard let text = session.tableText?(format.rawValue, StatementExporter.columns, true) else {
          var whole = try exporter.allStatements(times, command.span)
          whole.isToComeBack = target.hasIDs
          return .table(whole, OutputClauses(format: format.rawValue, file: place.url.path))
        }
        let file = try session.files.written(place)
        try file.write(target.mark)
        let count = try exporter.writeStatements(
          times, as: text, to: file, command.span, onProgress: session.onProgress)
        return .message("exported \(count) statements to \(path)")
      }
      let (table, isEditable) = try table(of: inner, target)
      return try write(table, target, session.asked ?? .all, isEditable: isEditable, to: place, command.span)
    }
  }

  private static func listed(
    _ command: CommandSyntax, _ session: Session
  ) throws(Failure) -> (keys: [Key]?, times: Times) {
    let listed = try ListedEntities(command, in: session, Failures.graphOfEntities)
    return (listed.keys, listed.times)
  }

  /// Writes a table in its format: by part, or as an answer where that takes the whole.
  private func write(
    _ table: ResultTable, _ target: ExportTarget, _ times: Times, isEditable: Bool = false,
    to place: (url: URL, path: Word), _ span: Span
  ) throws(Failure) -> Answer {
    guard let text = session.tableText?(target.format.rawValue, table.columns, isEditable) else {
      var whole = target.format == .xlsx ? try table.withSourceSheet(store, times) : table
      whole.isToComeBack = target.hasIDs
      return .table(whole, OutputClauses(format: target.format.rawValue, file: place.url.path))
    }
    let file = try session.files.written(place)
    try file.write(target.mark)
    try table.write(to: file, as: text, isInterrupted: store.isInterrupted, span)
    return Answer(
      messages: ["exported \(table.rows.count) rows to \(place.path.content)"], notes: table.notes)
  }

  /// The result of a command, so that it can be edited where the format and the command are for that.
  private func table(
    of inner: CommandSyntax, _ target: ExportTarget
  ) throws(Failure) -> (ResultTable, isEditable: Bool) {
    let format = target.format
    if format != .markdown, !target.isForOffice, inner.name.content == CommandDefinition.list.name {
      let form = [.csv, .tsv, .xlsx].contains(format) ? EditableCell.Form.table : .json
      let editable = try session.perform(inner, CommandDefinition.list.signature) { (list) throws(Failure) in
        let times = try session.times(list)
        return try EditableTables(interpreter: session.interpreter(at: times)).table(list, form, times)
      }
      if let editable { return (editable, true) }
    }
    let answer = try run(inner)
    guard let result = answer.results.first, case .table(var table) = result.content else {
      throw Failures.noTable(inner)
    }
    if let word = result.format ?? result.file.map({ _ in StandardClauses.save.keyword }) {
      throw Failures.outputInBraces(word, inner.span)
    }
    table.notes += answer.notes
    return (target.isForOffice ? table.withoutIDs : table, false)
  }

  /// Whether a command does nothing but read, and answers with what it found.
  private func commandsRead(_ command: CommandSyntax) -> Bool {
    guard let definition = session.command(named: command.name.content), definition.effect == .reads else {
      return false
    }
    switch definition.group {
    case .reading, .judging: return true
    case .analysing:
      return !definition.name.hasPrefix("plugin ")
        || ["plugin list", "plugin info"].contains(definition.name)
    case .writing, .schema, .data, .transactions, .scripting, .session: return false
    }
  }

  private func run(_ command: CommandSyntax) throws(Failure) -> Answer {
    guard let definition = session.command(named: command.name.content) else {
      throw Failures.unknownCommand(command.name, session.commands.names)
    }
    // What goes where results go is no table.
    let outer = session.textOutput
    session.textOutput = nil
    defer { session.textOutput = outer }
    return try session.perform(definition, command)
  }
}
