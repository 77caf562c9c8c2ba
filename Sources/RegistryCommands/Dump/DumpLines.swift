import RegistryModel
import RegistryStore

/// The lines of a dump: a statement with a citation, or another piece of content, on each.
struct DumpLines {
  static let header = "restore \"\(Restoration.Header.dump.rawValue)\""
  static let historyHeader = "restore \"\(Restoration.Header.history.rawValue)\""

  /// The last line.
  /// - Parameter lines: how many there are between the first and this one.
  static func end(_ lines: Int) -> String { "end \(lines)" }

  private var text = LanguageText(BuiltIn.properties)
  /// The statement whose citations are coming.
  private var current: Statement?
  private var isClaimed = false
  private var isDenied = false
  private var citations: [Citation] = []
  /// The lines of one property of one entity, which are sorted.
  private var cell: [Key] = []
  private var lines: [String] = []

  // MARK: What is asserted now

  /// Takes content in the order in which a registry tells it, and hands on the lines that are complete.
  mutating func add(_ content: RecordedContent, _ emit: (String) -> Void) {
    switch content {
    case .claim(let statement):
      begin(statement, emit)
      isClaimed = true
    case .denial(let statement):
      begin(statement, emit)
      isDenied = true
    case .citation(let statement, let citation):
      begin(statement, emit)
      citations.append(citation)
    default:
      end(emit)
      if case .property(let definition) = content { text.define(definition) }
      emit(line(content))
    }
  }

  /// Hands on what is left.
  mutating func end(_ emit: (String) -> Void) {
    finishStatement()
    finishCell(emit)
  }

  private mutating func begin(_ statement: Statement, _ emit: (String) -> Void) {
    if let current, current.isExactly(statement) { return }
    finishStatement()
    let next = [statement.subject, statement.property]
    if next != cell { finishCell(emit) }
    cell = next
    current = statement
  }

  private mutating func finishStatement() {
    guard let statement = current else { return }
    for (verb, stance, isAsserted) in [
      ("claim", Stance.claims, isClaimed), ("deny", Stance.denies, isDenied),
    ] {
      let said = citations.filter { $0.stance == stance }
      let words = "\(verb) \(text.statement(statement))"
      if isAsserted, said.isEmpty { lines.append(words) }
      for citation in said {
        let line = words + LanguageText.evidence(citation)
        // A citation can outlive the claim, where undo took back the one and not the other.
        lines.append(isAsserted ? line : "only { \(line) }")
      }
    }
    (current, isClaimed, isDenied, citations) = (nil, false, false, [])
  }

  private mutating func finishCell(_ emit: (String) -> Void) {
    for line in lines.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) { emit(line) }
    (lines, cell) = ([], [])
  }

  // MARK: History

  /// The line of a step of the history.
  mutating func line(_ change: RecordedChange) -> String {
    switch change {
    case .transaction(let transaction, let undone):
      var line = "transaction \(transaction.id) \(LanguageText.quoted(transaction.author))"
      line += " at \(LanguageText.quoted(transaction.at)) tool \(LanguageText.quoted(transaction.tool))"
      if let reason = transaction.reason { line += " because \(LanguageText.quoted(reason))" }
      if let identity = transaction.identity {
        line += " origin \(LanguageText.quoted(identity.origin)) number \(identity.number)"
        line += " clock \(identity.clock) uid \(LanguageText.quoted(identity.uid))"
      }
      if let arrived = transaction.arrived { line += " arrived \(LanguageText.quoted(arrived))" }
      if !undone.isEmpty { line += " undoing " + undone.map(\.description).joined(separator: ", ") }
      return line
    case .asserted(let content):
      if case .property(let definition) = content { text.define(definition) }
      return line(content)
    case .withdrawn(let content):
      if case .property(let definition) = content { text.undefine(definition) }
      return "withdraw { \(line(content)) }"
    case .ended(let content, let seen):
      if case .property(let definition) = content { text.undefine(definition) }
      return "withdraw seen \(seen.map(\.description).joined(separator: ", ")) { \(line(content)) }"
    }
  }

  // MARK: Content

  private func line(_ content: RecordedContent) -> String {
    switch content {
    case .claim(let statement): return "claim \(text.statement(statement))"
    case .denial(let statement): return "deny \(text.statement(statement))"
    case .citation(let statement, let citation):
      let verb = citation.stance == .denies ? "deny" : "claim"
      return "\(verb) \(text.statement(statement))\(LanguageText.evidence(citation))"
    case .rank(let statement, let rank, let reason):
      return "ranked \(rank.word)\(because(reason)) { claim \(text.statement(statement)) }"
    case .review(let statement, let due, let reason):
      return
        "reviewed by \(LanguageText.date(due.edtf))\(because(reason)) { claim \(text.statement(statement)) }"
    case .alias(let key, let name, let source, let isLocal, let reason):
      let place = source.map { " \(isLocal ? "in" : "citing") \(LanguageText.name($0))" } ?? ""
      return "alias \(LanguageText.name(key)) \(LanguageText.quoted(name))\(place)\(because(reason))"
    case .source(let key, let data): return line(key, data)
    case .type(let definition): return line(definition)
    case .property(let definition): return line(definition)
    case .merging(let key, let into, let reason):
      return "merge \(LanguageText.name(key)) into \(LanguageText.name(into))\(because(reason))"
    case .renaming(let key, let new, let reason):
      return "rename \(LanguageText.name(key)) to \(LanguageText.name(new))\(because(reason))"
    }
  }

  private func because(_ reason: String?) -> String {
    reason.map { " because \(LanguageText.quoted($0))" } ?? ""
  }

  private func line(_ key: Key, _ data: SourceData) -> String {
    var fields: [String] = []
    if let publisher = data.publisher { fields.append("publisher \(LanguageText.quoted(publisher))") }
    if let date = data.published { fields.append("published \(LanguageText.date(date.edtf))") }
    if let url = data.url { fields.append("url \(LanguageText.quoted(url))") }
    if let date = data.retrieved { fields.append("retrieved \(LanguageText.date(date.edtf))") }
    if let language = data.language { fields.append("language \(LanguageText.quoted(language))") }
    fields.append("reliability \(data.reliability.rawValue)")
    if !data.corrects.isEmpty {
      fields.append("corrects " + data.corrects.map(LanguageText.name).joined(separator: ", "))
    }
    if let note = data.note { fields.append("note \(LanguageText.quoted(note))") }
    let title = LanguageText.quoted(data.title)
    return "source \(LanguageText.name(key)) \(title) { \(fields.joined(separator: "; ")) }"
  }

  private func line(_ definition: TypeDefinition) -> String {
    var line = "define type \(definition.key)"
    if let parent = definition.parent { line += " under \(parent)" }
    line += " plural \(LanguageText.quoted(definition.plural))"
    if !definition.columns.isEmpty { line += " columns \(list(definition.columns))" }
    for (word, marks) in [("begins", definition.begins), ("ends", definition.ends)] where !marks.isEmpty {
      line += " \(word) " + marks.map(\.description).joined(separator: ", ")
    }
    return line + (definition.about.map { " about \(LanguageText.quoted($0))" } ?? "")
  }

  private func line(_ definition: PropertyDefinition) -> String {
    var line = "define property \(definition.key) of \(list(definition.domain)) to "
    switch definition.range {
    case .entities(let types): line += list(types)
    case .text: line += "text"
    case .number: line += "number"
    case .percent: line += "percent"
    case .anyPercent: line += "percent any"
    case .money: line += "money"
    case .date: line += "date"
    case .choice(let words): line += "choice " + words.joined(separator: ", ")
    }
    switch definition.cardinality {
    case .many: line += " many"
    case .one: line += " one"
    case .oneAtATime: line += " one at a time"
    case .onePer(let qualifiers): line += " one per \(list(qualifiers))"
    }
    if let parent = definition.parent { line += " under \(parent)" }
    if definition.rules != ResolutionRule.standard {
      line += " rules " + definition.rules.map(\.rawValue).joined(separator: ", ")
    }
    if definition.isTransitive { line += " transitive" }
    if let review = definition.review { line += " review \(LanguageText.quoted(review.description))" }
    if let unit = definition.unit { line += " unit \(LanguageText.quoted(unit))" }
    return line + (definition.about.map { " about \(LanguageText.quoted($0))" } ?? "")
  }

  private func list(_ keys: [Key]) -> String { keys.map(\.text).joined(separator: ", ") }
}

extension Rank {
  /// The word for it in a dump.
  var word: String {
    switch self {
    case .deprecated: "deprecated"
    case .normal: "normal"
    case .preferred: "preferred"
    }
  }
}
