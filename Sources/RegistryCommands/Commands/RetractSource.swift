import CommandLanguage
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let source = Argument("source", .name)
  static let preview = Flag("preview", "only list what would lose its support")
}

extension CommandDefinition {
  static let retractSource = CommandDefinition(
    CommandSignature(
      name: "retract source", head: [Grammar.source.element],
      clauses: [Grammar.preview.signature, StandardClauses.because.signature] + StandardClauses.output),
    group: .writing, effect: .transacts, summary: "Withdraw all that rests on a source alone",
    details: """
      Every citation of the source is withdrawn, and with it each claim or denial that nothing else supports; they are \
      listed. What other sources say too stays, and so does what a thing is and is called. `preview` changes nothing \
      and lists what would lose all support, then what would keep some. One transaction, which `undo` takes back.
      """,
    examples: [
      Example(
        "retract source gazette preview",
        gives: #"""
          statement\#tleft\#tid
          summit.participant = eu\#tnone\#t@8xb27s
          CHN.share = about 60% mineral rare-earths, stage mining, year 2024\#tcourier\#t@d3ev6p
          summit.participant = JPN\#tcourier\#t@1qy888
          summit.participant = USA\#tcourier\#t@7ck21a
          treasury-secretary.holder = bessent on 2026-01-12\#tcourier\#t@ww9vgq
          -- would retract gazette: 5 citations; 1 statement loses all support, 4 stay
          """#, onSeed: "retract source kbs-forge-chair preview"),
      Example(
        #"retract source leaflet because "not trusted""#,
        gives: #"""
          statement\#tleft\#tid
          CHN.share = 62% mineral rare-earths, stage mining, year 2024\#tnone\#t@3hvj6n
          treasury-secretary.holder = yellen on 2026-01-12\#tnone\#t@sjk174
          -- t3: retracted leaflet: 2 citations; 2 statements lose all support, 0 stay
          """#, onSeed: #"retract source kbs-forge-chair because "not trusted""#),
    ]
  ) { (command, session) throws(Failure) in
    let name = command[Grammar.source]
    let source = try session.interpreter.source(name)
    let support = try Support(by: source, in: session.store, name.span)
    let output = try session.output(command)
    if command[Grammar.preview] {
      if let because = command.span(of: StandardClauses.because) {
        throw Failures.unreadClause(Word(StandardClauses.because.keyword, because), command.name)
      }
      var answer = Answer.table(Support.table(support.lost + support.kept), output)
      answer.notes += session.timesLeftOut("what a source supports")
      answer.messages = ["would retract \(source): \(support.summary)"]
      return answer
    }
    guard !session.settings.readOnly else { throw Failures.readOnlySession(command.name) }
    let id = try session.inTransaction(reason: command.reason ?? "retract source \(source)", of: command) {
      () throws(Failure) in try support.withdraw(session.recorder)
    }
    var answer = Answer.table(Support.table(support.lost), output)
    answer.messages = [(id.map { "\($0): " } ?? "") + "retracted \(source): \(support.summary)"]
    return answer
  }
}

/// What rests on a source.
private struct Support {
  /// A claim or a denial, by the source's citations of one statement.
  struct Item {
    var record: StatementRecord
    var stance: Stance
    /// What the source says of the statement.
    var citations: [Citation]
    /// Who else says so.
    var others: [Key]
    /// What a thing is and is called does not go with a source.
    var staysAnyway: Bool
  }
  var items: [Item]

  var lost: [Item] { items.filter { $0.others.isEmpty && !$0.staysAnyway } }
  var kept: [Item] { items.filter { !$0.others.isEmpty || $0.staysAnyway } }

  var summary: String {
    let citations = items.reduce(0) { $0 + $1.citations.count }
    let lost = lost.count
    return
      "\(citations) citation\(citations == 1 ? "" : "s"); \(lost) statement\(lost == 1 ? " loses" : "s lose") "
      + "all support, \(kept.count) stay\(kept.count == 1 ? "s" : "")"
  }
}

extension Support {
  /// What rests on a source now.
  init(by source: Key, in store: any RegistryStore, _ span: Span) throws(Failure) {
    let records = try storing(span) { () throws(StoreProblem) in
      try store.statements(StatementSelection(source: source), .all)
    }
    var items: [Support.Item] = []
    for record in records {
      for stance in [Stance.claims, .denies] {
        let said = record.citations.filter { $0.stance == stance }
        let mine = said.filter { $0.source == source }
        if mine.isEmpty { continue }
        var others: [Key] = []
        for citation in said where citation.source != source && !others.contains(citation.source) {
          others.append(citation.source)
        }
        items.append(
          Support.Item(
            record: record, stance: stance, citations: mine, others: others,
            staysAnyway: [BuiltIn.type, BuiltIn.name].contains(record.statement.property)))
      }
    }
    self.init(items: items)
  }

  func withdraw(_ recorder: Recorder) throws(Failure) {
    for item in items {
      for citation in item.citations { try recorder.apply(.withdrawCitation(item.record.id, citation), nil) }
      // The last citation takes its claim along.
      if item.staysAnyway, item.others.isEmpty, item.stance == .claims {
        try recorder.apply(.cite(item.record.id, nil), nil)
      }
    }
  }

  static func table(_ items: [Support.Item]) -> ResultTable {
    ResultTable(
      columns: ["statement", "left", "id"].map { Column($0) },
      rows: items.map { item in
        let left: Cell =
          item.others.isEmpty
          ? .text(item.staysAnyway ? "stays" : "none") : .list(item.others.map { Cell.key($0) })
        return [
          .text((item.stance == .denies ? "denied: " : "") + LanguageText.told(item.record.statement)), left,
          .text(item.record.id.short),
        ]
      })
  }
}
