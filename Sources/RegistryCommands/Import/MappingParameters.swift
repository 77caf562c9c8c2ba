import CommandLanguage

/// The parameters that stand in a mapping, with their places.
struct MappingParameters: Sendable {
  struct Parameter: Sendable {
    var name: String
    var span: Span
    /// Whether nothing but a column can be meant; in a quoted text, a dollar sign may be one.
    var mustExist: Bool
    /// Whether it stands by itself where there may be any number of values.
    var takesSeveral = false
  }
  private(set) var found: [Parameter] = []

  /// The columns whose parameters stand where something is wrong.
  func columns(at span: Span) -> [String] {
    var names: [String] = []
    for parameter in found where parameter.span.start < span.end && span.start < parameter.span.end {
      if !names.contains(parameter.name) { names.append(parameter.name) }
    }
    return names
  }

  func contains(_ names: Set<String>) -> Bool { found.contains { names.contains($0.name) } }

  /// A command with all that is in its braces.
  mutating func collect(_ command: CommandSyntax) {
    collectHead(command)
    switch command.block {
    case .commands(let inner, _)?: for command in inner { collect(command) }
    case .claims(let claims, _)?: for claim in claims { collect(claim) }
    default: break
    }
  }

  /// A command without what is in its braces.
  mutating func collectHead(_ command: CommandSyntax) {
    for argument in command.arguments.values { collect(argument) }
    collect(command.clauses, command.qualifiers)
  }

  mutating func collect(_ claim: ClaimSyntax) {
    for value in claim.values { collect(value) }
    collect(claim.clauses, claim.qualifiers + claim.qualifiersInPath)
  }

  mutating func collect(_ clauses: [ClauseSyntax], _ qualifiers: [QualifierSyntax]) {
    for clause in clauses { collect(clause.argument) }
    collect(qualifiers)
  }

  mutating func collect(_ argument: ArgumentSyntax) {
    switch argument {
    case .name(let name): collect(name)
    case .names(let names): for name in names { collect(name) }
    case .path(let path):
      collect(path.name)
      collect(path.qualifiers)
    case .values(let values): for value in values { collect(value) }
    case .text(let word), .date(let word), .word(let word): collect(word)
    case .dateRange(let low, let high):
      collect(low)
      collect(high)
    case .qualifiers(let qualifiers): collect(qualifiers)
    default: break
    }
  }

  /// A qualifier has one value.
  private mutating func collect(_ qualifiers: [QualifierSyntax]) {
    let known = found.count
    for qualifier in qualifiers { collect(qualifier.value) }
    for place in found.indices[known...] { found[place].takesSeveral = false }
  }

  mutating func collect(_ value: ValueSyntax) {
    switch value.form {
    case .name(let name):
      let known = found.count
      collect(name)
      guard let column = name.wholeColumn else { return }
      for place in found.indices[known...] where found[place].name == column {
        found[place].takesSeveral = true
      }
    case .date(let text): collect(Word(text, value.span))
    default: break
    }
  }

  private mutating func collect(_ name: NameSyntax) {
    collect(Word(name.text, name.span), mustExist: name.form == .template)
    if case .new(_, let title?) = name.form { collect(title) }
  }

  private mutating func collect(_ word: Word, mustExist: Bool = false) {
    // `$Title`, whether in quotes or not, is hardly a sum of money.
    let isWhole = word.content.first == "$" && word.content.dropFirst().first?.isLetter == true
    for name in Template.parameters(in: word.content) {
      found.append(Parameter(name: name, span: word.span, mustExist: mustExist || isWhole))
    }
  }
}

extension NameSyntax {
  /// The column that it is, and nothing else beside: of several values there it means each.
  var wholeColumn: String? { form == .template && text.first == "$" ? String(text.dropFirst()) : nil }
}
