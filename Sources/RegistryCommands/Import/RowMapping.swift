import CommandLanguage

/// The commands of an import's braces, and how they are read for one row: what speaks of a field that says nothing is
/// left out.
struct RowMapping {
  /// What a mapping may hold: the rest has no meaning for a row.
  static let allowed: Set<String> = ["claim", "deny", "add", "alias", "citing"]

  private let commands: [CommandSyntax]
  /// The columns of which fields are looked at, each with where it is first named.
  private(set) var parameters: [Parameter] = []
  struct Parameter {
    var name: String
    var span: Span
    /// Whether nothing but a column can be meant; in a quoted text, a dollar sign may be one.
    var mustExist: Bool
  }
  private var seen: Set<String> = []

  init(_ commands: [CommandSyntax]) throws(Failure) {
    self.commands = commands
    for command in commands { try collect(command) }
  }

  /// The commands for a row.
  /// - Parameter skipped: told of each column for the sake of which a command or a value was left out.
  func commands(for row: ImportScope, skipped: (String) -> Void) throws(Failure) -> [CommandSyntax] {
    if !row.columns.rivals.isEmpty { try refuseTwoFields(row) }
    // Most rows say something in every field that matters, and have one value in each.
    let isWhole = parameters.allSatisfy { parameter in
      row.value(of: parameter.name).map { !$0.isEmpty && row.count(of: parameter.name) == 1 } ?? true
    }
    if isWhole { return commands }
    var pruning = Pruning(row: row)
    let result = commands.compactMap { pruning.prune($0) }
    for name in pruning.skipped { skipped(name) }
    return result
  }

  /// Refuses a row that has two fields which one parameter means.
  private func refuseTwoFields(_ row: ImportScope) throws(Failure) {
    for parameter in parameters {
      guard let place = row.columns[parameter.name] else { continue }
      let given = ([place] + row.columns.sameSpelling(place)).count { row.row.given?.contains($0) ?? true }
      guard given > 1 else { continue }
      let fault = RowFault.twoFields(parameter.name, line: row.row.line)
      throw Failure(.refused, code: fault.code, fault.message, help: fault.help, at: parameter.span)
    }
  }

  // MARK: What is named

  private mutating func collect(_ command: CommandSyntax) throws(Failure) {
    guard RowMapping.allowed.contains(command.name.content) else {
      throw Failures.notInMapping(command.name)
    }
    for argument in command.arguments.values { collect(argument) }
    for clause in command.clauses { collect(clause.argument) }
    for qualifier in command.qualifiers { collect(qualifier.value) }
    switch command.block {
    case .commands(let inner, _)?: for command in inner { try collect(command) }
    case .claims(let claims, _)?:
      for claim in claims {
        for value in claim.values { collect(value) }
        for clause in claim.clauses { collect(clause.argument) }
        for qualifier in claim.qualifiers + claim.qualifiersInPath { collect(qualifier.value) }
      }
    default: break
    }
  }

  private mutating func collect(_ argument: ArgumentSyntax) {
    switch argument {
    case .name(let name): collect(name)
    case .names(let names): for name in names { collect(name) }
    case .path(let path):
      collect(path.name)
      for qualifier in path.qualifiers { collect(qualifier.value) }
    case .values(let values): for value in values { collect(value) }
    case .text(let word), .date(let word), .word(let word): collect(word)
    case .dateRange(let low, let high):
      collect(low)
      collect(high)
    case .qualifiers(let qualifiers): for qualifier in qualifiers { collect(qualifier.value) }
    default: break
    }
  }

  private mutating func collect(_ value: ValueSyntax) {
    switch value.form {
    case .name(let name): collect(name)
    case .date(let text): collect(Word(text, value.span))
    default: break
    }
  }

  private mutating func collect(_ name: NameSyntax) {
    collect(Word(name.text, name.span), mustExist: name.form == .template)
    if case .new(_, let title?) = name.form { collect(Word(title, name.span)) }
  }

  private mutating func collect(_ word: Word, mustExist: Bool = false) {
    // `$Title`, whether in quotes or not, is hardly a sum of money.
    let isWhole = word.content.first == "$" && word.content.dropFirst().first?.isLetter == true
    for name in Template.parameters(in: word.content) where seen.insert(name).inserted {
      parameters.append(Parameter(name: name, span: word.span, mustExist: mustExist || isWhole))
    }
  }
}

/// Leaves out of commands what a row says nothing of (a period or a quote alone, or a whole statement), and repeats a value for each of several.
private struct Pruning {
  let row: ImportScope
  /// The columns for the sake of which a command or a value was left out.
  var skipped: Set<String> = []

  private func blank(_ text: String) -> String? {
    Template.parameters(in: text).first { row.value(of: $0)?.isEmpty == true }
  }

  private func blank(_ name: NameSyntax) -> String? { blank(name.text) }

  private func blank(_ argument: ArgumentSyntax) -> String? {
    switch argument {
    case .name(let name): blank(name)
    case .path(let path): blank(path.name)
    case .text(let word), .date(let word), .word(let word): blank(word.content)
    case .dateRange(let low, let high): blank(low.content) ?? blank(high.content)
    default: nil
    }
  }

  mutating func prune(_ command: CommandSyntax) -> CommandSyntax? {
    var command = command
    for (key, argument) in command.arguments {
      switch argument {
      case .values(let values):
        let kept = prune(values, counts: true)
        if kept.isEmpty { return nil }
        command.arguments[key] = .values(kept)
      case .path(let path):
        if let column = blank(path.name) ?? blank(path.qualifiers) { return skip(column) }
      case .text:
        // A name that is not given leaves the thing with its key.
        if blank(argument) != nil { command.arguments[key] = nil }
      default: if let column = blank(argument) { return skip(column) }
      }
    }
    if let column = blank(command.qualifiers) { return skip(column) }
    command.clauses = prune(command.clauses)
    switch command.block {
    case .commands(let inner, let span)?:
      command.block = .commands(inner.compactMap { prune($0) }, span)
    case .claims(let claims, let span)?:
      command.block = .claims(claims.compactMap { prune($0) }, span)
    default: break
    }
    return command
  }

  private mutating func skip(_ column: String) -> CommandSyntax? {
    skipped.insert(column)
    return nil
  }

  private mutating func prune(_ claim: ClaimSyntax) -> ClaimSyntax? {
    var claim = claim
    claim.values = prune(claim.values, counts: false)
    if claim.values.isEmpty { return nil }
    if let column = blank(claim.qualifiers + claim.qualifiersInPath) {
      skipped.insert(column)
      return nil
    }
    claim.clauses = prune(claim.clauses)
    return claim
  }

  private func prune(_ clauses: [ClauseSyntax]) -> [ClauseSyntax] {
    clauses.filter { blank($0.argument) == nil }
  }

  /// A qualifier says what a statement is about: without it, it would be another one.
  private func blank(_ qualifiers: [QualifierSyntax]) -> String? {
    qualifiers.lazy.compactMap { blank($0.value) }.first
  }

  private func blank(_ value: ValueSyntax) -> String? {
    switch value.form {
    case .name(let name): blank(name)
    case .date(let text): blank(text)
    default: nil
    }
  }

  private mutating func prune(_ values: [ValueSyntax], counts: Bool) -> [ValueSyntax] {
    values.flatMap { value -> [ValueSyntax] in
      if let column = blank(value) {
        if counts { skipped.insert(column) }
        return []
      }
      guard case .name(let name) = value.form, name.form == .template, name.text.first == "$" else {
        return [value]
      }
      let column = String(name.text.dropFirst())
      let count = row.count(of: column)
      guard count > 1 else { return [value] }
      return (0..<count).map { index in
        var name = name
        name.text = "$" + ImportScope.name(column, element: index)
        var copy = value
        copy.form = .name(name)
        return copy
      }
    }
  }
}
