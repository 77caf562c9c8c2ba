import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let file = Argument("file", .file)
}

extension CommandDefinition {
  static let load = CommandDefinition(
    CommandSignature(name: "load", head: [Grammar.file.element]),
    group: .data, effect: .transacts, summary: "Make a registry anew from a dump",
    details: """
      Only a registry with nothing in it takes a dump: start with `--seed none` on a new file. A dump without history \
      becomes one transaction, all of it or nothing; one with history gets the transactions that it tells, with their \
      authors, times and numbers.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    let path = command[Grammar.file]
    guard !session.settings.readOnly else { throw Failures.readOnlySession(command.name) }
    guard !session.settings.safe else { throw Failures.safeSession("reading files", path.span) }
    try DumpRestorer.requireEmpty(session.store, path.span)
    return try DumpLoading(session: session, path: path).load()
  }
}

/// What the first line of a file says.
enum DumpHeader {
  /// Nothing where the file is no dump, or cannot be read as text.
  static func read(file url: URL) -> Restoration.Header? {
    guard var pieces = try? FilePieces(url, encoding: .utf8), let start = try? pieces.next() else {
      return nil
    }
    return read(String(decoding: start.prefix(100), as: UTF8.self))
  }

  static func read(_ text: String) -> Restoration.Header? {
    // A line may end as it does elsewhere.
    let line = text.prefix { !$0.isNewline }
    return Restoration.Header.allCases.first { line == "restore \"\($0.rawValue)\"" }
  }
}
