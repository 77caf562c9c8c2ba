import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let location = Argument("location", .file)
}

extension CommandDefinition {
  static let unite = CommandDefinition(
    CommandSignature(name: "unite", head: [Grammar.location.element]),
    group: .data, effect: .transacts, summary: "Bring what another registry recorded",
    details: """
      The other registry is a file, or a dump with history; it is left as it is. Every transaction that is missing here \
      comes with its origin, author, time and reason, and gets a number of this registry. What two sides claimed is \
      claimed; claims that contradict each other are rivals as any others. What one side retracted and the other recorded \
      by itself stands. Of two judgements on one statement, two definitions, or two descriptions of one source the newest \
      counts, on every side the same; `conflicts judged` shows them. A key that both gave to different things is told, and \
      `suggest splits` shows it. With `--dry-run` it is told what would come.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    let place = command[Grammar.location]
    guard !session.settings.readOnly else { throw Failures.readOnlySession(command.name) }
    guard !session.settings.safe else { throw Failures.safeSession("reading files", place.span) }
    let uniting = try storing(place.span) { () throws(StoreProblem) in try session.store.uniting }
    guard !session.store.isInTransaction else { throw Failures.unitesAlone(place.content, command.span) }
    let other = try OtherRegistry(session: session, place: place).open()
    let author = session.settings.author
    try session.transactor.beginTrialWhereDry(author, place.span)
    let at = session.transactionInfo(reason: nil).at
    let arrived = try storing(place.span) { () throws(StoreProblem) in
      try uniting.unite(with: try other.uniting, author: author, arrived: at)
    }
    guard !arrived.isEmpty else { return .message("nothing is missing here of \(place.content)") }
    session.fullText.completeAfterCommit()
    let shared = try storing(command.span) { () throws(StoreProblem) in try uniting.sharedKeys() }
    let came = try storing(command.span) { () throws(StoreProblem) in
      try session.store.transactions(limit: arrived.count)
    }
    let told = shared.flatMap { $0.words(after: Set(arrived)) } + (ahead(came, of: at).map { [$0] } ?? [])
    let count = arrived.count == 1 ? "1 transaction" : "\(arrived.count) transactions"
    if session.isDryRun {
      return Answer(notes: [DryRunWords.undone("\(count) would come")] + told)
    }
    return Answer(
      results: [Answer.Result(.table(table(of: came)))],
      messages: ["united with \(place.content): \(count) came"], notes: told)
  }

  /// Whose clock was furthest ahead of this machine's: of what is judged at the same time its own counts as the newest.
  private static func ahead(_ came: [Transaction], of at: String) -> String? {
    func clock(_ transaction: Transaction) -> Int64 { transaction.identity?.clock ?? 0 }
    guard let now = Clock.milliseconds(at), let furthest = came.max(by: { clock($0) < clock($1) }),
      clock(furthest) > now + Clock.far
    else { return nil }
    let days = (clock(furthest) - now) / Clock.far
    return
      "\(furthest.id) was recorded by a clock that is \(days) day\(days == 1 ? "" : "s") ahead of the one here: what it judged "
      + "counts as newer than what was judged meanwhile"
  }

  private static func table(of came: [Transaction]) -> ResultTable {
    ResultTable(
      columns: [
        Column("id"), Column("origin"), Column("number", alignsRight: true), Column("at"), Column("author"),
        Column("reason"),
      ],
      rows: came.reversed().map { transaction in
        [
          .text(transaction.id.description), .text(transaction.identity?.origin ?? ""),
          .integer(transaction.identity?.number ?? 0), .text(transaction.at), .text(transaction.author),
          .text(transaction.reason ?? ""),
        ]
      })
  }
}

/// What is united with: a registry, or a dump with history as one in memory.
private struct OtherRegistry {
  let session: Session
  let place: Word

  func open() throws(Failure) -> any RegistryStore {
    guard let open = session.openRegistry else { throw Failure(.lacks(.uniting), at: place.span) }
    let url = session.files.url(place.content)
    let location = place.content.contains("://") ? place.content : url.path
    guard !place.content.contains("://"), let header = DumpHeader.read(file: url) else {
      return try storing(place.span) { () throws(StoreProblem) in try open(location) }
    }
    guard header.isHistory else { throw Failures.unitingNeedsHistory(place.content, place.span) }
    let registry = try storing(place.span) { () throws(StoreProblem) in try open(":memory:") }
    var settings = session.settings
    settings.readOnly = false
    let reading = Session(store: registry, settings: settings)
    reading.setFolder(session.files.folder)
    _ = try DumpLoading(session: reading, path: place).load()
    return registry
  }
}
