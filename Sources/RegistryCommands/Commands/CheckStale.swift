import CommandLanguage
import RegistryModel

/// What it is written with.
private enum Grammar {
  static let what = OptionalArgument("what", .path)
  static let on = StandardClauses.on.meaning("past its date on that day, instead of today")
}

extension CommandDefinition {
  static let checkStale = CommandDefinition(
    CommandSignature(
      name: "check stale", head: [Grammar.what.element],
      clauses: [Grammar.on.signature, SelectionClauses.limit.signature] + StandardClauses.output),
    group: .reading, effect: .reads, summary: "List what is past its date, and fail where anything is",
    details: """
      What was given a date (`review by`, `review PATH by`) and is past it; and what holds, or may hold, of a property that \
      has a length of time (`review property`), where its newest evidence is older than that. What ended, or was passed over \
      for another statement, does not become old. A script that asks ends with status 3 where anything is listed.
      """,
    examples: [
      Example(
        "check stale",
        gives: #"""
          statement\#tgood until\#tdays over\#tbecause\#tsources\#tid
          -- nothing is past its date on 2026-11-22
          """#)
    ]
  ) { (command, session) throws(Failure) in
    let (times, notes) = try session.times(
      command, taking: .on, of: "check stale", help: "leave it out: what is recorded now is looked at")
    let day = times.on?.latest ?? session.today
    let limit = command[SelectionClauses.limit]
    let found = try session.interpreter.staleReader.stale(on: day, at: command[Grammar.what], command.span)
    let shown = found.prefix(max(limit ?? .max, 0))
    var table = ResultTable(
      columns: [
        Column("statement"), Column("good until"), Column("days over", alignsRight: true), Column("because"),
        Column("sources"), Column("id"),
      ],
      rows: shown.map { stale in
        let sources = Cell.sources(stale.record.citations)
        return [
          .text(
            (stale.record.isOnlyDenied ? "not " : "") + LanguageText.told(stale.record.statement)),
          .date(PartialDate(day: stale.due)), .integer(day.number - stale.due.number), .text(stale.because),
          sources.isEmpty ? .empty : .list(sources), .statements([stale.record.id]),
        ]
      })
    let date = PartialDate(day: day).edtf
    table.notes.append(
      found.isEmpty
        ? "nothing is past its date on \(date)"
        : (shown.count < found.count ? "the first \(shown.count) of " : "") + "\(found.count) past "
          + (found.count == 1 ? "its date" : "their dates") + " on \(date)")
    table.notes += notes
    var answer = Answer.table(table, try session.output(command))
    answer.failed = !found.isEmpty
    answer.failureStatus = .refused
    return answer
  }
}
