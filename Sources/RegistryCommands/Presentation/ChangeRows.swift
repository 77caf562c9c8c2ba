import CommandLanguage
import RegistryModel
import RegistryStore

/// What transactions changed, as commands of the language: a statement's with each of its sources, then everything else.
struct ChangeRows {
  struct Row: Hashable {
    /// `+` for what came, `-` for what went.
    var sign: String
    var text: String
    var statement: StatementID?
  }

  private(set) var rows: [Row] = []
  private let writer: LanguageText
  private var lines = DumpLines()
  /// What is collected of one statement: whether it came or went, and who says so.
  private var current: Group?

  private struct Group {
    var statement: Statement
    var isAsserted: Bool
    var stances: [Stance] = []
    var citations: [Citation] = []
  }

  /// - Parameter schema: by which values are written.
  init(_ schema: Schema) { writer = LanguageText(schema) }

  /// Takes a change; those of one statement follow each other.
  mutating func add(_ change: RecordedChange) {
    let (content, isAsserted): (RecordedContent, Bool)
    switch change {
    case .transaction: return
    case .asserted(let given): (content, isAsserted) = (given, true)
    case .withdrawn(let given), .ended(let given, _): (content, isAsserted) = (given, false)
    }
    switch content {
    case .claim(let statement):
      open(statement, isAsserted)
      current?.stances.append(.claims)
    case .denial(let statement):
      open(statement, isAsserted)
      current?.stances.append(.denies)
    case .citation(let statement, let citation):
      open(statement, isAsserted)
      current?.citations.append(citation)
    case .rank(let statement, .preferred, let reason):
      finish()
      let because = reason.map { " because \(LanguageText.quoted($0))" } ?? ""
      add(isAsserted, "prefer \(statement.id.short)\(because)", statement.id)
    case .review(let statement, let due, let reason):
      finish()
      let because = reason.map { " because \(LanguageText.quoted($0))" } ?? ""
      add(
        isAsserted, "review \(statement.id.short) by \(LanguageText.date(due.edtf))\(because)", statement.id)
    default:
      finish()
      // It takes in what a definition says of the values behind it.
      add(isAsserted, lines.line(.asserted(content)), nil)
    }
  }

  /// Takes what is left in.
  mutating func finish() {
    guard let group = current else { return }
    current = nil
    let cited = group.citations.map { (stance: $0.stance, citation: Optional($0)) }
    let alone = group.stances.filter { stance in !group.citations.contains { $0.stance == stance } }
    for (stance, citation) in alone.map({ ($0, nil) }) + cited {
      let text = writer.command(group.statement, stance, citation)
      add(group.isAsserted, text, group.statement.id)
    }
  }

  private mutating func open(_ statement: Statement, _ isAsserted: Bool) {
    if let current, current.statement.isExactly(statement), current.isAsserted == isAsserted { return }
    finish()
    current = Group(statement: statement, isAsserted: isAsserted)
  }

  private mutating func add(_ isAsserted: Bool, _ text: String, _ statement: StatementID?) {
    rows.append(Row(sign: isAsserted ? "+" : "-", text: text, statement: statement))
  }
}

extension ChangeRows.Row {
  /// As a line of a difference.
  var line: String { "\(sign) \(text)" }

  var cells: [Cell] { [.text(sign), .text(text), statement.map { .text($0.short) } ?? .empty] }
}
