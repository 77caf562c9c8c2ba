import CommandLanguage

/// A table with the commands of the language as its users know them.
enum TestSignatures {
  static let reading: [ClauseSignature] = [
    ClauseSignature("on", .date, "what held then"),
    ClauseSignature("published by", .date, "what sources said by then"),
    ClauseSignature("recorded by", .point, "what the registry held then"),
    ClauseSignature("known", .date, "on and published by"),
    ClauseSignature("according to", .names, "only these sources"),
    ClauseSignature("including groups", .flag, "members of members too"),
    ClauseSignature("as", .choice(["csv", "matrix", "table"]), "the format"),
    ClauseSignature("save", .text, "a file"),
  ]
  static let evidence: [ClauseSignature] = [
    ClauseSignature("citing", .name, "the source"),
    ClauseSignature("at", .text, "the locator"),
    ClauseSignature("via", .name, "who says it there"),
    ClauseSignature("quote", .text, "verbatim"),
    ClauseSignature("said", .text, "the date in the source's words"),
    ClauseSignature("inferred because", .text, "what we supplied"),
  ]
  static let validity: [ClauseSignature] = [
    ClauseSignature("from", .date, "start"),
    ClauseSignature("until", .date, "ended in"),
    ClauseSignature("through", .date, "to the end of"),
    ClauseSignature("on", .date, "seen then"),
    ClauseSignature("within", .dateRange, "some time between"),
  ]
  static let claims = evidence + validity
  static let because = ClauseSignature("because", .textOrWord, "the reason")

  static let selecting: [ClauseSignature] =
    reading + [
      ClauseSignature("where", .condition, "which"),
      ClauseSignature("by", .words, "groups"),
      ClauseSignature("sort", .sort, "order"),
      ClauseSignature("limit", .integer, "how many"),
      ClauseSignature("columns", .words, "which properties"),
    ]

  static let table = SignatureTable(readers + writers + definitions)

  private static let readers: [CommandSignature] = [
    CommandSignature(name: "show", head: [.argument("target", .path)], clauses: reading),
    CommandSignature(name: "list", head: [.argument("target", .path)], clauses: selecting),
    CommandSignature(name: "count", head: [.argument("target", .path)], clauses: selecting),
    CommandSignature(name: "find", head: [.argument("text", .restOfLine)], clauses: selecting),
    CommandSignature(name: "why", head: [.argument("target", .path)], clauses: reading),
    CommandSignature(name: "history", head: [.argument("target", .path)], clauses: reading),
    CommandSignature(
      name: "diff",
      head: [
        .optional("axis", .choice(["published", "recorded"])), .argument("from", .point),
        .argument("to", .point),
      ], clauses: reading),
    CommandSignature(name: "conflicts", clauses: selecting),
    CommandSignature(name: "sql", head: [.argument("query", .raw)], clauses: reading),
    CommandSignature(
      name: "overlap", head: [.argument("entities", .names)],
      clauses: reading + [ClauseSignature("threshold", .integer, "at least")]),
    CommandSignature(
      name: "concentration",
      clauses: reading + [ClauseSignature("mineral", .name, "of"), ClauseSignature("stage", .name, "at")]),
  ]

  private static let writers: [CommandSignature] = [
    CommandSignature(
      name: "citing", head: [.argument("source", .name)],
      clauses: [
        ClauseSignature("at", .text, "the locator"), ClauseSignature("via", .name, "who says it there"),
        ClauseSignature("with", .qualifiers, "on each claim"),
      ], block: .commands, requiresBlock: true),
    CommandSignature(
      name: "add", head: [.argument("type", .name), .argument("key", .name), .optional("name", .text)],
      clauses: claims + [ClauseSignature("under", .name, "parent")], block: .claims(claims)),
    CommandSignature(
      name: "claim",
      head: [.argument("target", .path), .literal("="), .argument("values", .values)],
      clauses: claims, takesQualifiers: true),
    CommandSignature(
      name: "deny", head: [.argument("target", .path), .literal("="), .argument("values", .values)],
      clauses: claims, takesQualifiers: true),
    CommandSignature(
      name: "alias", head: [.argument("entity", .name), .argument("names", .values)],
      clauses: [ClauseSignature("in", .name, "source"), because]),
    CommandSignature(name: "correct", head: [.argument("statement", .name)], clauses: evidence + [because]),
    CommandSignature(name: "retract", head: [.argument("statements", .names)], clauses: [because]),
    CommandSignature(name: "prefer", head: [.argument("statement", .name)], clauses: [because]),
    CommandSignature(name: "distinct", head: [.argument("entities", .names)], clauses: [because]),
    CommandSignature(
      name: "merge", head: [.argument("from", .name), .literal("into"), .argument("to", .name)],
      clauses: [because]),
    CommandSignature(name: "begin", head: [.optional("reason", .text)]),
    CommandSignature(name: "commit"),
    CommandSignature(name: "rollback"),
    CommandSignature(name: "undo", head: [.optional("transaction", .name)]),
    CommandSignature(
      name: "import", head: [.argument("file", .text)], clauses: [ClauseSignature("citing", .name, "source")],
      block: .commands),
  ]

  private static let definitions: [CommandSignature] = [
    CommandSignature(
      name: "source", head: [.argument("key", .name), .argument("title", .text)],
      block: .fields([
        ClauseSignature("publisher", .text, ""), ClauseSignature("published", .date, ""),
        ClauseSignature("url", .text, ""), ClauseSignature("language", .text, ""),
        ClauseSignature("retrieved", .date, ""),
        ClauseSignature("reliability", .choice(["A", "B", "C", "D", "E", "F"]), ""),
        ClauseSignature("note", .text, "", repeats: true),
      ])),
    CommandSignature(
      name: "define type", head: [.argument("key", .name)],
      clauses: [
        ClauseSignature("under", .name, ""), ClauseSignature("plural", .textOrWord, ""),
        ClauseSignature("columns", .words, ""), ClauseSignature("about", .text, ""),
      ]),
    CommandSignature(
      name: "define property", head: [.argument("key", .name)],
      clauses: [
        ClauseSignature("of", .words, ""), ClauseSignature("to", .valueRange, ""),
        ClauseSignature("many", .flag, ""),
        ClauseSignature("one", .cardinalityOne, ""), ClauseSignature("under", .name, ""),
        ClauseSignature("unit", .textOrWord, ""), ClauseSignature("about", .text, ""),
      ]),
    CommandSignature(name: ".read", head: [.argument("file", .file)]),
  ]
}

/// Reads a text with the test's commands.
func parse(_ text: String) -> SourceTree { SourceTree(parsing: text, signatures: TestSignatures.table) }

extension CommandSyntax {
  /// The clause with this keyword.
  func clause(_ keyword: String) -> ClauseSyntax? { clauses.first { $0.keyword.content == keyword } }
}
