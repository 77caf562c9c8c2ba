internal import RegistryModel
internal import RegistryStore

/// Definitions as rows. Lists are one to a line, since words of a choice may hold blanks and commas.
extension Truth {
  func definitionRow(_ definition: TypeDefinition) throws(StoreProblem) -> ContentRow {
    let columns = definition.columns.map(\.text).joined(separator: "\n")
    let (begins, ends) = (DefinitionText.marks(definition.begins), DefinitionText.marks(definition.ends))
    return try insert(
      "definition", ["kind", "key", "parent", "about", "plural", "columns", "begins", "ends"],
      [
        "type", .text(definition.key.text), SQL(definition.parent?.text), SQL(definition.about),
        .text(definition.plural), .text(columns), SQL(begins), SQL(ends),
      ],
      digestOf: [
        "type", definition.key.text, definition.parent?.text, definition.about, definition.plural, columns,
        // Definitions from before there were beginnings stay the same.
      ] + (begins == nil && ends == nil ? [] : [begins, ends]))
  }

  func definitionRow(_ definition: PropertyDefinition) throws(StoreProblem) -> ContentRow {
    let domain = definition.domain.map(\.text).joined(separator: "\n")
    let (range, targets) = DefinitionText.range(definition.range)
    let (cardinality, per) = DefinitionText.cardinality(definition.cardinality)
    let rules = DefinitionText.rules(definition.rules)
    return try insert(
      "definition",
      [
        "kind", "key", "parent", "about", "domain", "range", "targets", "unit", "cardinality", "per", "rules",
        "transitive", "review",
      ],
      [
        "property", .text(definition.key.text), SQL(definition.parent?.text), SQL(definition.about),
        .text(domain),
        .text(range), SQL(targets), SQL(definition.unit), .text(cardinality), SQL(per),
        SQL(rules), definition.isTransitive ? .integer(1) : .null,
        SQL(definition.review?.description),
      ],
      digestOf: [
        "property", definition.key.text, definition.parent?.text, definition.about, domain, range, targets,
        definition.unit, cardinality, per,
        // The usual rules are no part of the content: definitions from before there were others stay the same.
      ] + (rules.map { [$0] } ?? []) + (definition.isTransitive ? ["transitive"] : [])
        + (definition.review.map { ["review", $0.description] } ?? []))
  }
}
