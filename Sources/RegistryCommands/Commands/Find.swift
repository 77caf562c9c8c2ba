import CommandLanguage
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let text = Argument("text", .restOfLine)
}

extension CommandDefinition {
  static let find = CommandDefinition(
    CommandSignature(
      name: "find", head: [Grammar.text.element],
      clauses: [SelectionClauses.limit.meaning("at most so many; 20 unless told").signature]
        + StandardClauses.reading),
    group: .reading, effect: .reads, summary: "Search names, texts and quotes",
    details: """
      All the words must occur, the last one may be a beginning; quoted words must stand together. Of scripts that put no \
      blanks between words (Chinese, Japanese, Thai; Korean too) each letter is a word, and letters in a row stand together, so \
      that what stands inside of others is found. The shortest texts come \
      first, and those in which the last word is whole before those in which it is a beginning. Of words that stand \
      together in more than 2000 texts, the 2000 recorded first are compared, and more where these are not enough.
      """,
    examples: [
      Example(
        #"find "south korea""#,
        gives: #"""
          key\#tname\#tin\#ttext\#tsource\#tid
          KOR\#tSouth Korea\#tname\#t«South» «Korea»\#t\#t@djsqx2
          summit\#tThe summit\#tquote\#tJapan and «South» «Korea»\#tcourier\#t@1qy888
          south-korea-mof\#tMinistry of Finance of South Korea\#tname\#tMinistry of Finance of «South» «Korea»\#t\#t@avnzya
          """#)
    ]
  ) { (command, session) throws(Failure) in
    let word = command[Grammar.text]
    let times = try session.times(command)
    let limit = command[SelectionClauses.limit] ?? 20
    let waiting = try session.fullText.complete()
    // One quote may stand behind many statements of an entity: it is shown once, so more are asked for.
    let found = try storing(word.span) { () throws(StoreProblem) in
      try session.store.textSearching.search(
        word.content, limit: limit > Int.max / 4 ? Int.max : limit * 4, times)
    }
    var seen: Set<Seen> = []
    let hits = found.filter {
      seen.insert(Seen(key: $0.entity.key, excerpt: $0.excerpt, source: $0.source)).inserted
    }.prefix(limit)
    let rows = hits.map { hit -> [Cell] in
      [
        .key(hit.entity.key), .text(hit.entity.name), .text(hit.place.rawValue), .text(hit.excerpt),
        hit.source.map { .key($0) } ?? .empty, hit.statement.map { .text($0.short) } ?? .empty,
      ]
    }
    var notes =
      rows.isEmpty
      ? ["nothing has \"\(word.content)\""]
      : rows.count == limit ? ["the first \(limit); limit N shows more"] : []
    if waiting > 0 {
      notes.append(
        "not all is searched: \(waiting) statements of a long import wait for the full text; "
          + "the next find of a session that may write completes it")
    }
    let table = ResultTable(
      columns: ["key", "name", "in", "text", "source", "id"].map { Column($0) }, rows: rows, notes: notes)
    return .table(table, try session.output(command))
  }
}

private struct Seen: Hashable {
  var key: Key
  var excerpt: String
  var source: Key?
}
