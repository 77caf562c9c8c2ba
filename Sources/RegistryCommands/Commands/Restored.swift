import CommandLanguage
import RegistryModel
import RegistryStore

/// What the commands that stand in dumps alone are written with.
enum RestoredGrammar {
  static let format = Argument("format", .text)
  static let id = Argument("id", .name)
  static let author = Argument("author", .text)
  static let at = Clause("at", .text, "when, in UTC")
  static let tool = Clause("tool", .text, "the program that wrote it")
  static let origin = Clause("origin", .text, "the registry that it was made in")
  static let number = Clause("number", .integer, "which of that registry's it is")
  static let clock = Clause("clock", .integer, "where it stands among those of other registries")
  static let uid = Clause("uid", .text, "a digest of all that it says")
  static let arrived = Clause("arrived", .text, "when it came from another registry, in UTC")
  static let undoing = Clause("undoing", .names, "the transactions that it undid")
  static let seen = Clause("seen", .names, "the transactions whose assertions it ends")
  static let by = Clause("by", .date, "the date by which it is to be looked at again")
  static let lines = Argument("lines", .integer)
  static let rank = Argument("rank", .choice(["preferred", "normal", "deprecated"]))
}

/// The commands that stand in dumps alone.
extension CommandDefinition {
  static let restore = CommandDefinition(
    CommandSignature(name: "restore", head: [RestoredGrammar.format.element]),
    group: .data, effect: .transacts, summary: "Begin the text of a dump",
    details: """
      The first line of what `dump` writes: the lines behind it are recorded as they stand, with the keys that things \
      had first, and no rule is tested. Only a registry with nothing in it takes them.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    let format = command[RestoredGrammar.format]
    guard let header = Restoration.Header(rawValue: format.content) else {
      throw Failures.unknownDump(format.content, format.span)
    }
    guard !header.isHistory else { throw Failures.historyNeedsLoad(format.span) }
    guard !session.settings.readOnly else { throw Failures.readOnlySession(command.name) }
    try DumpRestorer.requireEmpty(session.store, format.span)
    session.restoreRest(of: header)
    return .nothing
  }

  static let restoredTransaction = onlyInDumps(
    "transaction", head: [RestoredGrammar.id.element, RestoredGrammar.author.element],
    clauses: [
      RestoredGrammar.at.signature, RestoredGrammar.tool.signature, StandardClauses.because.signature,
      RestoredGrammar.undoing.signature, RestoredGrammar.origin.signature, RestoredGrammar.number.signature,
      RestoredGrammar.clock.signature, RestoredGrammar.uid.signature, RestoredGrammar.arrived.signature,
    ], summary: "In a dump with history: the lines behind it belong to this transaction")

  static let withdraw = onlyInDumps(
    "withdraw", clauses: [RestoredGrammar.seen.signature], block: .commands,
    summary: "In a dump with history: what the transaction withdrew")

  static let only = onlyInDumps(
    "only", block: .commands, summary: "In a dump: a citation that stands without the claim")

  static let ranked = onlyInDumps(
    "ranked", head: [RestoredGrammar.rank.element], clauses: [StandardClauses.because.signature],
    block: .commands,
    summary: "In a dump: a statement's place among its rivals")

  static let reviewed = onlyInDumps(
    "reviewed", clauses: [RestoredGrammar.by.signature, StandardClauses.because.signature], block: .commands,
    summary: "In a dump: by when a statement is to be looked at again")

  static let end = onlyInDumps(
    "end", head: [RestoredGrammar.lines.element],
    summary: "In a dump: that it is whole, and how many lines it has between the first and this one")

  private static func onlyInDumps(
    _ name: String, head: [HeadElement] = [], clauses: [ClauseSignature] = [], block: BlockShape = .none,
    summary: String
  ) -> CommandDefinition {
    CommandDefinition(
      CommandSignature(
        name: name, head: head, clauses: clauses, block: block, requiresBlock: block != BlockShape.none),
      group: .data, effect: .transacts, summary: summary, examples: []
    ) { (command, _) throws(Failure) in throw Failures.notOutsideDump(command.name) }
  }
}

extension Restoration {
  /// What the first line of a dump says of it.
  enum Header: String, CaseIterable, Sendable {
    case dump = "dump 3"
    case history = "history 4"
    /// Those do not say where they end.
    case openDump = "dump 2"
    case openHistory = "history 3"
    /// In those, transactions say nothing of what they are known by in other registries.
    case localHistory = "history 2"
    /// In those, the source of an alias was always who uses it, too.
    case firstDump = "dump 1"
    case firstHistory = "history 1"

    var isHistory: Bool { [.history, .openHistory, .localHistory, .firstHistory].contains(self) }
    /// Whether transactions say what they are known by in other registries.
    var hasIdentities: Bool { self == .history || self == .openHistory }
    /// Whether the last line says that it is the last.
    var hasEnd: Bool { self == .dump || self == .history }
    var isFirst: Bool { self == .firstDump || self == .firstHistory }
  }
}
