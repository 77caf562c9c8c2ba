import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let what = Argument("what", .path)
}

extension CommandDefinition {
  static let history = CommandDefinition(
    CommandSignature(
      name: "history", head: [Grammar.what.element],
      clauses: [StandardClauses.recordedBy.signature] + StandardClauses.output),
    group: .reading, effect: .reads,
    summary: "Show what was recorded of an entity or a property, by whom and when",
    details: """
      The oldest first. Nothing is ever deleted: what was retracted or undone stands here. `recorded by t12` leaves out what \
      came later. Of a reason the first line stands here; `show t12` tells it whole. Where several registries were united, \
      `origin` is the one in which it was recorded.
      """,
    examples: [
      Example(
        "history treasury-secretary.holder",
        gives: #"""
          tx\#tat\#tauthor\#taction\#tstatement\#tid
          t1\#t2026-11-22T12:00:00.000Z\#ttester\#tclaimed\#ttreasury-secretary.holder = bessent on 2026-01-12\#t@ww9vgq
          t1\#t2026-11-22T12:00:00.000Z\#ttester\#tclaimed\#ttreasury-secretary.holder = yellen on 2026-01-12\#t@sjk174
          """#, onSeed: "history japan-prime-minister.holder")
    ]
  ) { (command, session) throws(Failure) in
    let path = command[Grammar.what]
    let (times, notes) = try session.times(
      command, taking: .recorded, of: "history", help: "history has all that was recorded, in its order")
    let words = session.interpreter(at: times)
    let subject: Key
    var property: Key?
    if path.name.form == .statement {
      let record = try words.names.statement(path.name)
      (subject, property) = (record.statement.subject, record.statement.property)
    } else {
      subject = try words.statementReader.subjectOfHistory(path.name)
      property = try path.properties.first.map { (word) throws(Failure) in
        try words.property(word, try words.schema(at: word.span)).key
      }
    }
    let entries = try storing(path.span) { () throws(StoreProblem) in
      try session.store.history(of: subject, property: property)
    }
    let isOfSeveral = try storing(path.span) { () throws(StoreProblem) in try session.store.hasArrivals() }
    let rows = entries.filter { times.includes($0.transaction) }.map { entry -> [Cell] in
      [
        .text(entry.transaction.id.description), .text(entry.transaction.at), .text(entry.transaction.author),
        isOfSeveral ? .text(entry.transaction.identity?.origin ?? "") : .empty,
        .text(entry.action.rawValue),
        entry.statement.map { .text(LanguageText.told($0.statement)) } ?? .empty,
        entry.detail.map { .text($0) } ?? .empty, entry.transaction.shortReason.map { .text($0) } ?? .empty,
        entry.statement.map { .text($0.id.short) } ?? .empty,
      ]
    }
    let table = ResultTable(
      columns: ["tx", "at", "author", "origin", "action", "statement", "detail", "reason", "id"].map {
        Column($0)
      },
      rows: rows, notes: notes)
    return .table(
      table.withoutEmptyColumns(keeping: ["tx", "at", "author", "action"]), try session.output(command))
  }
}

extension StatementReader {
  /// What a name means, or meant: what was undone or retracted whole still has its history.
  fileprivate func subjectOfHistory(_ name: NameSyntax) throws(Failure) -> Key {
    if let record = try entityIfKnown(name) { return record.key }
    if name.form == .bare, let key = Key(name.text) {
      let entries = try storing(name.span) { () throws(StoreProblem) in
        try store.history(of: key, property: nil)
      }
      if !entries.isEmpty { return key }
    }
    return try entity(name).key
  }
}
