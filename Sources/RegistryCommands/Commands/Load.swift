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

/// Reads a dump into an empty registry.
struct DumpLoading {
  let session: Session
  let path: Word
  private var store: any RegistryStore { session.store }

  init(session: Session, path: Word) { (self.session, self.path) = (session, path) }

  func load() throws(Failure) -> Answer {
    let url = session.files.url(path.content)
    var lines: LinePieces
    do throws(FileProblem) {
      lines = LinePieces(try FilePieces(url, encoding: .utf8))
    } catch {
      throw Failures.cannotRead(path.content, error, path.span)
    }
    guard let first = try next(&lines), let header = DumpHeader.read(first.text) else {
      throw Failures.notADump(path.content, path.span)
    }
    let restorer = DumpRestorer(header, session.transactor, author: session.settings.author)
    defer { session.onProgress?(nil) }
    let rest = first.text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).dropFirst()
    var piece: (text: String, line: Int)? = (String(rest.first ?? ""), 2)
    let wasOpen = store.isInTransaction
    if wasOpen, header.isHistory { throw Failures.historyNeedsLoad(path.span) }
    if !wasOpen, !header.isHistory {
      let info = session.transactionInfo(reason: "load \(url.lastPathComponent)")
      try session.transactor.begin(info, path.span)
    }
    do throws(Failure) {
      while let current = piece {
        try restore(current.text, from: current.line, restorer)
        session.onProgress?(
          Session.Progress(
            what: url.lastPathComponent, done: current.line, unit: "lines", fraction: lines.fraction))
        if store.isInterrupted?() == true { throw Failure(.interrupted, at: path.span) }
        piece = try next(&lines)
      }
      if !wasOpen, store.isInTransaction {
        try storing(path.span) { () throws(StoreProblem) in _ = try store.commit() }
        session.fullText.completeAfterCommit()
      }
    } catch {
      if !wasOpen, store.isInTransaction { try? store.rollback() }
      throw error
    }
    return .message("loaded \(path.content)")
  }

  private func next(_ lines: inout LinePieces) throws(Failure) -> (text: String, line: Int)? {
    do throws(FileProblem) {
      return try lines.next()
    } catch {
      throw Failures.cannotRead(path.content, error, path.span)
    }
  }

  /// Carries out some lines, of which the first is `line`.
  private func restore(_ text: String, from line: Int, _ restorer: DumpRestorer) throws(Failure) {
    let tree = session.parsed(text)
    func place(_ span: Span?) -> Int {
      line + text.utf8.prefix(span?.start ?? 0).count { $0 == UInt8(ascii: "\n") }
    }
    if let error = tree.diagnostics.first(where: { $0.severity == .error }) {
      throw Failures.badLine(error, path.content, place(error.span), path.span)
    }
    for command in tree.commands {
      do throws(Failure) {
        try restorer.restore(command)
      } catch {
        guard error.status != .storage, let first = error.diagnostics.first else { throw error }
        throw Failures.badLine(first, path.content, place(command.span), path.span)
      }
    }
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
    let line = text.prefix { $0 != "\n" }
    return Restoration.Header.allCases.first { line == "restore \"\($0.rawValue)\"" }
  }
}

/// Whole lines of a file, many at a time.
struct LinePieces {
  private var pieces: FilePieces
  private var held: [UInt8] = []
  private var line = 1
  private var isAtEnd = false

  init(_ pieces: FilePieces) { self.pieces = pieces }

  var fraction: Double? {
    pieces.size.map { $0 == 0 ? 1 : Double(pieces.bytesRead - held.count) / Double($0) }
  }

  /// The next lines with the number of the first; nothing at the end.
  mutating func next() throws(FileProblem) -> (text: String, line: Int)? {
    while !isAtEnd {
      let piece = try pieces.next()
      isAtEnd = piece.isEmpty
      held += piece
      guard
        let end = isAtEnd
          ? held.indices.last : piece.lastIndex(of: UInt8(ascii: "\n")).map({ held.count - piece.count + $0 })
      else { continue }
      let bytes = held[...end]
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw FileProblem(words: "it is not UTF-8 text")
      }
      let first = line
      line += bytes.count { $0 == UInt8(ascii: "\n") }
      held.removeSubrange(...end)
      return (text, first)
    }
    return nil
  }
}
