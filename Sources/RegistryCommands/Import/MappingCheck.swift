import CommandLanguage
import RegistryModel
import RegistryRules

/// What is wrong with a mapping whatever the rows say: told once, before any row is read.
struct MappingCheck: CommandReader {
  let interpreter: Interpreter

  func check(_ commands: [CommandSyntax]) throws(Failure) {
    let schema = try schema()
    // What the rows themselves make and name cannot be known yet.
    let isOpen = MappingCheck.makesNames(commands)
    for command in commands { try check(command, schema, namesAreOpen: isOpen) }
  }

  private func check(_ command: CommandSyntax, _ schema: Schema, namesAreOpen: Bool) throws(Failure) {
    switch command.name.content {
    case "claim", "deny":
      guard case .path(let path)? = command.arguments["target"],
        case .values(let values)? = command.arguments["values"], let word = path.properties.first
      else { break }
      try check(path.name, namesAreOpen)
      try check(
        word, values, command.clauses, path.qualifiers + command.qualifiers, schema, namesAreOpen)
    case "add":
      if case .word(let word)? = command.arguments["type"] { _ = try type(word, schema) }
    default: break
    }
    for clause in command.clauses { try check(clause, namesAreOpen) }
    switch command.block {
    case .commands(let inner, _)?:
      for command in inner { try check(command, schema, namesAreOpen: namesAreOpen) }
    case .claims(let claims, _)?:
      for claim in claims where claim.property.content != "alias" {
        try check(
          claim.property, claim.values, claim.clauses, claim.qualifiersInPath + claim.qualifiers, schema,
          namesAreOpen)
      }
    default: break
    }
  }

  private func check(
    _ word: Word, _ values: [ValueSyntax], _ clauses: [ClauseSyntax], _ qualifiers: [QualifierSyntax],
    _ schema: Schema, _ namesAreOpen: Bool
  ) throws(Failure) {
    let definition = try property(word, schema, isWritten: true)
    if let group = values.first?.group, !definition.range.isEntities {
      throw Failures.groupOfWords(group, definition.key, values[0].span)
    }
    for value in values { try check(value, definition, namesAreOpen) }
    for qualifier in qualifiers {
      let definition = try property(qualifier.property, schema, isWritten: true)
      guard definition.domain.contains(BuiltIn.statement) else {
        throw Failures.rule(.notAQualifier(definition.key), schema, qualifier.property.span)
      }
      try check(qualifier.value, definition, namesAreOpen)
    }
    for clause in clauses { try check(clause, namesAreOpen) }
  }

  private func check(_ clause: ClauseSyntax, _ namesAreOpen: Bool) throws(Failure) {
    switch clause.argument {
    case .date(let word) where !MappingCheck.isTemplate(word.content): _ = try interpreter.date(word)
    case .dateRange(let first, let last):
      for word in [first, last] where !MappingCheck.isTemplate(word.content) {
        _ = try interpreter.date(word)
      }
    case .name(let name) where clause.keyword.content == EvidenceClauses.citing.keyword:
      guard !namesAreOpen, !MappingCheck.isTemplate(name) else { return }
      _ = try source(name)
    default: break
    }
  }

  private func check(
    _ value: ValueSyntax, _ definition: PropertyDefinition, _ namesAreOpen: Bool
  ) throws(Failure) {
    switch value.form {
    case .name(let name):
      if MappingCheck.isTemplate(name) { return }
      if case .new(let type, _) = name.form {
        _ = try self.type(Word(type, name.span), try schema())
        return
      }
      if definition.range.isEntities, namesAreOpen { return }
    case .date(let text): if MappingCheck.isTemplate(text) { return }
    default: break
    }
    _ = try interpreter.bareValue(value, for: definition)
  }

  private func check(_ name: NameSyntax, _ namesAreOpen: Bool) throws(Failure) {
    guard !namesAreOpen, !MappingCheck.isTemplate(name) else { return }
    _ = try entity(name)
  }

  static func isTemplate(_ text: String) -> Bool { text.utf8.contains(UInt8(ascii: "$")) }

  static func isTemplate(_ name: NameSyntax) -> Bool { name.form == .template || isTemplate(name.text) }

  /// Whether the rows make things or give names, which a name in the mapping may mean.
  static func makesNames(_ commands: [CommandSyntax]) -> Bool {
    commands.contains { command in
      if ["add", "alias"].contains(command.name.content) { return true }
      if case .commands(let inner, _)? = command.block, makesNames(inner) { return true }
      return command.arguments.values.contains { argument in
        guard case .values(let values) = argument else { return false }
        return values.contains {
          if case .name(let name) = $0.form, case .new = name.form { true } else { false }
        }
      }
    }
  }

  /// What is wrong with the words of a mapping, and not with a row.
  static let codes: Set<String> = [
    "duplicate-clause", "group-denied", "group-of-words", "missing-argument", "missing-property",
    "missing-source", "not-a-qualifier", "not-in-mapping", "only-a-qualifier", "period-words",
    "unknown-command", "unknown-property", "unknown-type", "unread-clause",
  ]
}

extension ValueRange {
  var isEntities: Bool {
    if case .entities = self { return true }
    return false
  }
}
