import FoundationEssentials
import RegistryCommands
import RegistryModel

/// Writes the commands that were carried out to a script that can be carried out again: what was asked stands in `expect` with
/// what was answered. What failed is left out, and so is what is a matter of the session only; what was not kept stands in
/// comments, and so does what was undone: a script is one transaction, in which there is nothing yet to undo.
final class Recorder {
  private struct Entry {
    var command: CommandText
    /// What it answered, as it is compared; nil where that is not known of it alone.
    var answer: String?
    var failed = false
    /// The transaction in which it was recorded.
    var transaction: TransactionID?
    /// What it took back, or brought back.
    var reversed: Answer.Reversed?
  }

  /// What stands in the file.
  private struct Piece {
    var text: String
    /// The command in a comment.
    var commented: String
    var isExpectation = false
    /// The edit that it is, or is a part of.
    var edit: TransactionID?
    var isTakenBack = false
    /// Whether it expects what is not any more, since an edit before it was taken back.
    var isPast = false
    var written: String {
      isTakenBack ? "# undone: " + commented : isPast ? "# was asked: " + commented : text
    }
  }

  private let path: String
  private var outlet: Outlet
  private let parameters: String
  private var entries: [Entry] = []
  private var pieces: [Piece] = []
  /// The transactions that are left out, since they took back, or brought back, an edit that is recorded here.
  private var reversals: [TransactionID: Answer.Reversed] = [:]
  /// Where the `begin` stands that nothing has ended, and what was taken back since, which `rollback` brings back.
  private var beginning: Int?
  private var waiting: [Entry] = []
  /// How many commands were carried out since the last answer.
  private var unanswered = 0
  private let newest: () -> (id: TransactionID, isOpen: Bool)?
  private var last: TransactionID?

  /// - Parameters:
  ///   - parameters: what `$name` stands for already, as commands.
  ///   - newest: the transaction that is open, or else the one that was recorded last.
  init(_ path: String, parameters: [String], newest: @escaping () -> (id: TransactionID, isOpen: Bool)?)
    throws(Failure)
  {
    self.path = path
    self.parameters = parameters.map { $0 + "\n" }.joined()
    self.newest = newest
    outlet = try Outlet(.file(path))
    last = newest()?.id
    try outlet.write(self.parameters)
  }

  /// A command is carried out from here on.
  func begin(_ command: CommandText) {
    entries.append(Entry(command: command))
    unanswered += 1
  }

  /// What was answered.
  /// - Parameter text: as it is compared; nil where another time would give another.
  func answered(_ text: String?, reversed: Answer.Reversed?) {
    guard !entries.isEmpty else { return }
    // What a script answered that was read is the answer of several.
    if unanswered == 1, let text { entries[entries.count - 1].answer = text }
    entries[entries.count - 1].reversed = reversed
    unanswered = 0
    noteTransaction()
  }

  /// It failed.
  func fail() {
    if !entries.isEmpty { entries[entries.count - 1].failed = true }
    unanswered = 0
  }

  /// What was carried out since the last transaction is a part of the one that is there now.
  private func noteTransaction() {
    guard let found = newest(), let name = entries.last?.command.name else { return }
    if found.id != last || found.isOpen {
      for place in entries.indices.reversed() {
        guard entries[place].transaction == nil else { break }
        entries[place].transaction = found.id
      }
    }
    // Its number was there before it was committed.
    if name == "commit" { entries[entries.count - 1].transaction = found.id }
    last = found.id
  }

  /// A text has ended, and it is known what becomes of all that was carried out of it.
  func endText(isKept: Bool) throws(Failure) {
    defer {
      entries = []
      unanswered = 0
    }
    noteTransaction()
    for entry in entries where !entry.failed && isReplayed(entry.command) {
      var piece = piece(entry, isKept: isKept)
      switch entry.command.name {
      case "begin":
        (beginning, waiting) = (pieces.count, [])
        piece.edit = nil
      case "commit", "rollback": try end(&piece, isCommitted: entry.command.name == "commit")
      default:
        if let reversed = entry.reversed, isKept, isRecorded(reversed) {
          if beginning == nil { try reverse(reversed, in: entry.transaction) } else { waiting.append(entry) }
          continue
        }
        if beginning != nil { piece.edit = nil }
      }
      try write(piece)
    }
  }

  /// What was typed since `begin` is one edit from now on, with what it took back; or nothing.
  private func end(_ piece: inout Piece, isCommitted: Bool) throws(Failure) {
    defer { (beginning, waiting) = (nil, []) }
    guard isCommitted, let beginning else {
      piece.edit = nil
      return
    }
    for place in beginning..<pieces.count where !pieces[place].isExpectation {
      pieces[place].edit = piece.edit
    }
    for entry in waiting {
      if let reversed = entry.reversed { try reverse(reversed, in: piece.edit) }
    }
  }

  private func write(_ piece: Piece) throws(Failure) {
    pieces.append(piece)
    try outlet.write(piece.written)
  }

  private func piece(_ entry: Entry, isKept: Bool) -> Piece {
    let text = entry.command.text
    var piece = Piece(text: text + "\n", commented: Self.commented(text), edit: entry.transaction)
    if !isKept {
      piece.text = "# not kept: " + piece.commented
    } else if entry.command.isQuestion, !text.contains(" save "), let answer = entry.answer {
      piece.text = "expect { \(text) } gives \(ComparedAnswers.expected(answer))\n"
      piece.isExpectation = true
      piece.edit = nil
    } else if let reversed = entry.reversed, !namesTransaction(text) {
      // A script names what it undoes.
      piece.text = "\(entry.command.name) \(reversed.edit)\(text.dropFirst(entry.command.name.count))\n"
    }
    return piece
  }

  private func namesTransaction(_ text: String) -> Bool {
    let words = text.split(whereSeparator: \.isWhitespace)
    return words.count > 1 && words[1].first == "t" && words[1].dropFirst().allSatisfy(\.isNumber)
  }

  /// The edit that was taken back, or brought back, in the end.
  private func meant(by reversed: Answer.Reversed) -> Answer.Reversed {
    guard let meant = reversals[reversed.edit] else { return reversed }
    return Answer.Reversed(
      edit: meant.edit, isBroughtBack: meant.isBroughtBack == reversed.isBroughtBack)
  }

  private func isRecorded(_ reversed: Answer.Reversed) -> Bool {
    let edit = meant(by: reversed).edit
    return pieces.contains { $0.edit == edit }
  }

  /// Leaves out what is recorded here and was taken back, or puts it here that it was brought back.
  private func reverse(_ reversed: Answer.Reversed, in transaction: TransactionID?) throws(Failure) {
    let reversed = meant(by: reversed)
    let own = pieces.indices.filter { pieces[$0].edit == reversed.edit }
    guard let first = own.first else { return }
    if let transaction { reversals[transaction] = reversed }
    if reversed.isBroughtBack {
      for place in own {
        var piece = pieces[place]
        (piece.isTakenBack, piece.isPast) = (false, false)
        pieces[place].edit = nil
        try write(piece)
      }
      return
    }
    for place in own { pieces[place].isTakenBack = true }
    for place in pieces.indices where place > first && pieces[place].isExpectation {
      pieces[place].isPast = true
    }
    outlet = try Outlet(.file(path))
    try outlet.write(parameters)
    for piece in pieces { try outlet.write(piece.written) }
  }

  /// Whether a command does the same in another session: what is read from a script stands there command by command, and
  /// an editor opens for nobody.
  private func isReplayed(_ command: CommandText) -> Bool {
    let name = command.name
    return name.first != "." ? name != "edit" : [".on", ".published", ".recorded"].contains(name)
  }

  /// A command in the lines of a comment, whose sign stands before the first of them.
  private static func commented(_ text: String) -> String {
    text.split(separator: "\n").joined(separator: "\n#   ") + "\n"
  }
}
