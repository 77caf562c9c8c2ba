import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

extension CommandDefinition {
  static let suggestSplits = CommandDefinition(
    CommandSignature(
      name: "suggest splits", clauses: [SelectionClauses.limit.signature] + StandardClauses.output),
    group: .judging, effect: .reads, summary: "List keys that may mean two things",
    details: """
      Keys that people made who did not know of each other, by types of which none is the other or under it, or by names of \
      which they have none in common; and what came onto a key from a registry whose statements were parted from it before. \
      `split` parts them. Where they are one, `prefer` the name or the type that counts: what was ranked is not suggested again.
      """,
    examples: [
      Example(
        "suggest splits",
        gives: #"""
          key\#ttx
          -- no key means two things
          """#)
    ]
  ) { (command, session) throws(Failure) in
    let shared = try storing(command.span) { () throws(StoreProblem) in
      try session.store.uniting.sharedKeys()
    }
    let limit = command[SelectionClauses.limit] ?? shared.count
    var table = ResultTable(
      columns: ["key", "type", "name", "tx", "author", "origin", "remark"].map { Column($0) },
      rows: shared.prefix(limit).flatMap { key in
        key.makings.map { making -> [Cell] in
          [
            .key(key.key), .list(making.types.map(Cell.key)), .list(making.names.map(Cell.text)),
            .text(making.transaction.id.description), .text(making.transaction.author),
            .text(making.transaction.identity?.origin ?? ""), .empty,
          ]
        }
          + key.late.map { late -> [Cell] in
            [
              .key(key.key), .empty, .empty,
              .text(late.transactions.sorted().map(\.description).joined(separator: ", ")), .empty,
              .text(late.origin), .text("\(late.words) since \(late.parted) was parted from it"),
            ]
          }
      })
    if let first = shared.first { table.notes += first.help }
    if shared.count > limit { table.notes.append("\(shared.count - limit) more") }
    if shared.isEmpty { table.notes.append("no key means two things") }
    return .table(table.withoutEmptyColumns(keeping: ["key", "tx"]), try session.output(command))
  }
}

extension SharedKey {
  /// What to write where it means two things.
  var help: [String] {
    guard late.isEmpty else { return late.map(help) }
    let origins = makings.map { $0.transaction.identity?.origin ?? "" }
    // A copied file is of the same registry: of it no name tells what either recorded.
    let isTold = !(origins.last?.isEmpty ?? true) && Set(origins).count == origins.count
    let from =
      isTold
      ? LanguageText.quoted(String((origins.last ?? "").prefix(6)))
      : makings.last?.transaction.id.description ?? ""
    return [
      "split \(LanguageText.name(key)) as NEW-KEY from \(from) parts them; prefer \(LanguageText.name(key)).name = … keeps them one"
    ]
  }

  private func help(_ late: LateStatements) -> String {
    "split \(LanguageText.name(key)) as \(LanguageText.name(late.parted)) from \(late.shortOrigin) moves it"
  }

  /// What is to be told of it where some transactions came just now; nothing where these say nothing of it.
  func words(after arrived: Set<TransactionID>) -> [String] {
    var found: [String] = []
    if makings.contains(where: { arrived.contains($0.transaction.id) }) {
      let each = makings.map { making in
        let names = making.names.first.map { " " + LanguageText.quoted($0) } ?? ""
        return "\(Failures.withArticle(making.types.first?.text ?? ""))\(names) (\(making.transaction.id))"
      }
      found.append("\(key) may be two things: \(each.joined(separator: ", ")); suggest splits shows more")
    }
    for late in late where !late.transactions.isDisjoint(with: arrived) {
      found.append(
        "\(late.words) of \(late.shortOrigin) came onto \(key), from which \(late.parted) was parted; \(help(late))"
      )
    }
    return found
  }
}

extension LateStatements {
  fileprivate var words: String { "\(count) statement\(count == 1 ? "" : "s")" }
  fileprivate var shortOrigin: String { LanguageText.quoted(String(origin.prefix(6))) }
}
