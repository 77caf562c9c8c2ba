import CommandLanguage
import RegistryModel
import RegistryStore

/// The lines of a dump, read on a second thread: nothing in them is asked of the registry.
struct DumpReading: Sendable {
  private let path: Word
  private var lines: LinePieces
  /// What was read behind the first line.
  private var rest = ""

  init(_ path: Word, _ lines: LinePieces) { (self.path, self.lines) = (path, lines) }

  /// What it hands over.
  enum Read: Sendable {
    case lines(Lines)
    case question(Question<Asked>)
  }

  /// Some lines that were read.
  struct Lines: Sendable {
    var read: [(steps: [Restoration.Step], span: Span)] = []
    /// The text that they stand in, and the number of its first line.
    var text: String
    var first: Int
  }

  /// What is asked of the session.
  struct Asked {
    /// Reads a text that may have commands of plugins.
    let parse: (String) -> SourceTree
  }

  /// So many lines are handed over at once.
  private static let most = 500

  /// Reads the first line; nil where it is no dump's.
  mutating func begin() throws(Failure) -> Restoration.Header? {
    guard let first = try next(), let header = DumpHeader.read(first.text) else { return nil }
    rest = String(
      first.text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first
        ?? ""
    )
    return header
  }

  func readAll(
    _ header: Restoration.Header, _ handover: Handover<Read>, _ progress: ReadingProgress
  ) throws(Failure) {
    var reading = self
    var restoration = Restoration(header)
    var piece: (text: String, line: Int)? = (rest, 2)
    while let current = piece {
      progress.note(current.line, reading.lines.fraction)
      try read(current.text, from: current.line, &restoration, handover)
      piece = try reading.next()
    }
    try restoration.requireEnd(path.span)
  }

  private mutating func next() throws(Failure) -> (text: String, line: Int)? {
    do throws(FileProblem) {
      return try lines.next()
    } catch {
      throw Failures.cannotRead(path.content, error, path.span)
    }
  }

  /// Reads some lines, of which the first is `line`.
  private func read(
    _ text: String, from line: Int, _ restoration: inout Restoration, _ handover: Handover<Read>
  ) throws(Failure) {
    let tree = try tree(of: text, handover)
    if let error = tree.diagnostics.first(where: { $0.severity == .error }) {
      throw Failures.badLine(error, path.content, place(of: error.span, in: text, from: line), path.span)
    }
    var lines = Lines(text: text, first: line)
    func handOver() throws(Failure) {
      guard handover.put(.lines(lines)) else { throw Failure(.interrupted) }
      lines.read.removeAll(keepingCapacity: true)
    }
    for command in tree.commands {
      do throws(Failure) {
        lines.read.append((try restoration.read(command), command.span))
      } catch {
        // Those before it are carried out, and may fail first.
        try handOver()
        try locating(command.span, in: text, from: line) { () throws(Failure) in throw error }
      }
      if lines.read.count >= Self.most { try handOver() }
    }
    try handOver()
  }

  private func tree(of text: String, _ handover: Handover<Read>) throws(Failure) -> SourceTree {
    let tree = SourceTree(parsing: text, signatures: CommandTable.own.signatures)
    guard tree.diagnostics.contains(where: { $0.code == "unknown-command" }) else { return tree }
    let reply = Reply<Result<SourceTree, StoreProblem>>()
    handover.put(.question(Question(reply) { $0.parse(text) }))
    guard case .success(let known)? = reply.wait() else { throw Failure(.interrupted) }
    return known
  }

  /// Runs `body`, of whose failures the line of the dump is told.
  func locating(
    _ span: Span, in text: String, from line: Int, _ body: () throws(Failure) -> Void
  ) throws(Failure) {
    do throws(Failure) {
      try body()
    } catch {
      guard error.status != .storage, let first = error.diagnostics.first else { throw error }
      throw Failures.badLine(first, path.content, place(of: span, in: text, from: line), path.span)
    }
  }

  private func place(of span: Span?, in text: String, from line: Int) -> Int {
    line + text.utf8.prefix(span?.start ?? 0).count { $0 == UInt8(ascii: "\n") }
  }
}
