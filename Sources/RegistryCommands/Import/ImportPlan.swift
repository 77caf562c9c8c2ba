import CommandLanguage

/// What an import does with each row: the commands of its mapping, read and tested once.
///
/// For a row, what speaks of a field that says nothing is left out.
struct ImportPlan: Sendable {
  /// What a mapping may hold: the rest has no meaning for a row.
  static let allowed: Set<String> = ["claim", "deny", "add", "alias", "citing"]

  /// The mapping as it was written.
  let text: MappingText
  private var commands: [CommandSyntax] { text.commands }
  /// Every parameter of the text, where it stands.
  let places: MappingParameters
  /// The columns of which fields are looked at, each with where it is first named.
  let parameters: [MappingParameters.Parameter]
  /// Where one value is wanted of a column.
  private let singles: [MappingParameters.Parameter]
  /// The names that may be those of things.
  let names: [NameSyntax]

  /// Whether every row asks what stands, as each alias does: who else is called so.
  let asksForEachRow: Bool

  /// Refuses what is wrong with a mapping whatever the rows say.
  init(_ text: MappingText, _ interpreter: Interpreter) throws(Failure) {
    self.text = text
    try text.locating { () throws(Failure) in
      try ImportPlan.refuseOthers(text.commands)
      try MappingCheck(interpreter: interpreter).check(text.commands)
    }
    var places = MappingParameters()
    for command in text.commands { places.collect(command) }
    self.places = places
    // The first in the text is told; that one must exist which once stands where nothing else can be meant.
    var firsts: [MappingParameters.Parameter] = []
    for parameter in places.found.sorted(by: { $0.span.start < $1.span.start }) {
      if let known = firsts.firstIndex(where: { $0.name == parameter.name }) {
        if parameter.mustExist, !firsts[known].mustExist { firsts[known] = parameter }
      } else {
        firsts.append(parameter)
      }
    }
    parameters = firsts
    singles = places.found.filter { !$0.takesSeveral }
    names = MappingNames(text.commands, try interpreter.schema()).names
    asksForEachRow = text.commands.contains { $0.hasAlias }
  }

  private static func refuseOthers(_ commands: [CommandSyntax]) throws(Failure) {
    for command in commands {
      guard allowed.contains(command.name.content) else { throw Failures.notInMapping(command.name) }
      if case .commands(let inner, _)? = command.block { try refuseOthers(inner) }
    }
  }

  /// The commands for a row.
  /// - Parameters:
  ///   - bad: columns whose fields cannot be recorded: what speaks of them is left out.
  ///   - skipped: told of what was left out for the sake of an empty field.
  func commands(
    for row: CurrentRow, without bad: Set<String> = [], skipped: (ImportSkip) -> Void
  ) throws(Failure) -> [CommandSyntax] {
    if !row.columns.rivals.isEmpty { try refuseTwoFields(row) }
    if !row.raw.lists.isEmpty { try refuseLists(row, without: bad) }
    // Most rows say something in every field that matters, and have one value in each.
    let isWhole =
      bad.isEmpty
      && parameters.allSatisfy { parameter in
        row.value(of: parameter.name).map { !$0.isEmpty && row.elements(of: parameter.name) == nil } ?? true
      }
    if isWhole { return commands }
    var pruning = Pruning(row: row, bad: bad)
    let result = commands.compactMap { pruning.prune($0) }
    for skip in pruning.skipped { skipped(skip) }
    return result
  }

  /// Refuses a list where one value is wanted: which of them is meant cannot be told. A field that a clause splits is one
  /// text there, as it stands.
  private func refuseLists(_ row: CurrentRow, without bad: Set<String>) throws(Failure) {
    for parameter in singles where !bad.contains(parameter.name) {
      guard let place = row.columns[parameter.name], row.raw.lists[place] != nil,
        let elements = row.elements(of: parameter.name), elements.count > 1
      else { continue }
      throw Failures.listInField(row.columns.names[place], elements.count, parameter.span)
    }
  }

  /// Refuses a row that has two fields which one parameter means.
  private func refuseTwoFields(_ row: CurrentRow) throws(Failure) {
    for parameter in parameters {
      guard let place = row.columns[parameter.name] else { continue }
      let given = ([place] + row.columns.sameSpelling(place)).count { row.raw.given?.contains($0) ?? true }
      guard given > 1 else { continue }
      let fault = RowFault.twoFields(parameter.name, line: row.raw.line)
      throw Failure(.refused, code: fault.code, fault.message, help: fault.help, at: parameter.span)
    }
  }
}

/// What was left out of a row for the sake of an empty field.
struct ImportSkip: Hashable, Sendable, Comparable {
  var column: String
  /// The clause without which it was recorded; nothing where all that speaks of the column was left out.
  var clause: String?

  static func < (one: ImportSkip, other: ImportSkip) -> Bool {
    (one.column, one.clause ?? "") < (other.column, other.clause ?? "")
  }
}

/// Leaves out of commands what a row says nothing of (a period or a quote alone, or a whole statement) and what speaks of
/// a bad cell, and repeats a value for each of several.
private struct Pruning {
  let row: CurrentRow
  /// Columns whose fields cannot be recorded.
  let bad: Set<String>
  /// What was left out for the sake of empty fields.
  var skipped: Set<ImportSkip> = []

  init(row: CurrentRow, bad: Set<String>) { (self.row, self.bad) = (row, bad) }

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

  /// Whether something speaks of a bad cell.
  private func isBad(_ collect: (inout MappingParameters) -> Void) -> Bool {
    guard !bad.isEmpty else { return false }
    var parameters = MappingParameters()
    collect(&parameters)
    return parameters.contains(bad)
  }

  mutating func prune(_ command: CommandSyntax) -> CommandSyntax? {
    var command = command
    if isBad({ parameters in
      for (name, argument) in command.arguments where name != "values" { parameters.collect(argument) }
      parameters.collect(command.clauses, command.qualifiers)
    }) {
      return nil
    }
    for (key, argument) in command.arguments {
      switch argument {
      case .values(let values):
        let kept = prune(values)
        if kept.isEmpty { return nil }
        command.arguments[key] = .values(kept)
      case .path(let path):
        if let column = blank(path.name) ?? blank(path.qualifiers) { return skip(column) }
      case .text:
        // A name that is not given leaves the thing with its key.
        if let column = blank(argument) {
          skipped.insert(ImportSkip(column: column, clause: "a name"))
          command.arguments[key] = nil
        }
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
    skipped.insert(ImportSkip(column: column))
    return nil
  }

  private mutating func prune(_ claim: ClaimSyntax) -> ClaimSyntax? {
    var claim = claim
    if isBad({ $0.collect(claim.clauses, claim.qualifiers + claim.qualifiersInPath) }) { return nil }
    claim.values = prune(claim.values)
    if claim.values.isEmpty { return nil }
    if let column = blank(claim.qualifiers + claim.qualifiersInPath) {
      skipped.insert(ImportSkip(column: column))
      return nil
    }
    claim.clauses = prune(claim.clauses)
    return claim
  }

  private mutating func prune(_ clauses: [ClauseSyntax]) -> [ClauseSyntax] {
    clauses.filter { clause in
      guard let column = blank(clause.argument) else { return true }
      skipped.insert(ImportSkip(column: column, clause: clause.keyword.content))
      return false
    }
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

  private mutating func prune(_ values: [ValueSyntax]) -> [ValueSyntax] {
    // Of values that are meant together, one cannot be missing.
    if values.first?.group != nil, isBad({ for value in values { $0.collect(value) } }) { return [] }
    return values.flatMap { value -> [ValueSyntax] in
      if isBad({ $0.collect(value) }) { return [] }
      if let column = blank(value) {
        skipped.insert(ImportSkip(column: column))
        return []
      }
      guard case .name(let name) = value.form, let column = name.wholeColumn,
        let elements = row.elements(of: column)
      else { return [value] }
      if elements.isEmpty { skipped.insert(ImportSkip(column: column)) }
      return elements.indices.map { index in
        var name = name
        name.text = "$" + CurrentRow.name(column, element: index)
        var copy = value
        copy.form = .name(name)
        return copy
      }
    }
  }
}

extension CommandSyntax {
  /// Whether it gives aliases, or a command in its braces does.
  fileprivate var hasAlias: Bool {
    switch block {
    case .commands(let inner, _)?: inner.contains { $0.hasAlias }
    case .claims(let claims, _)?: claims.contains { $0.property.content == "alias" }
    default: name.content == "alias"
    }
  }
}
