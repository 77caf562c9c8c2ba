import CommandLanguage

extension CommandSignature {
  /// The command's grammar in a line: `show WHAT [on DATE] [as FORMAT]`.
  var usage: String {
    var parts = [name]
    for element in head {
      switch element.kind {
      case .literal(let text): parts.append(element.isOptional ? "[\(text)]" : text)
      case .argument(let shape):
        let text =
          switch shape {
          case .raw: "… or { … }"
          case .choice, .query, .command, .variable, .parameter: shape.placeholder
          default: element.name.uppercased()
          }
        parts.append(element.isOptional ? "[\(text)]" : text)
      }
    }
    switch block {
    case .none: break
    case .commands: parts.append("{ COMMANDS }")
    case .claims: parts.append("[{ PROPERTY = VALUE …; … }]")
    case .fields: parts.append("[{ FIELD VALUE; … }]")
    }
    if takesElse { parts.append("[else { COMMANDS }]") }
    return parts.joined(separator: " ")
  }

  /// Each clause with what stands behind it and what it does.
  var clauseLines: [(usage: String, summary: String)] {
    var lines = clauses.map { (usage: $0.usage, summary: $0.summary) }
    switch block {
    case .fields(let fields): lines += fields.map { ("{ \($0.usage) }", $0.summary) }
    case .none, .commands, .claims: break
    }
    return lines
  }
}

extension ClauseSignature {
  var usage: String {
    let argument = shape.placeholder
    return argument.isEmpty ? keyword : "\(keyword) \(argument)"
  }
}

extension ArgumentShape {
  /// What stands for an argument of this shape in a grammar.
  var placeholder: String {
    switch self {
    case .name: "NAME"
    case .names: "NAME, …"
    case .path: "KEY.property"
    case .paths: "KEY.property, …"
    case .word: "WORD"
    case .words: "WORD, …"
    case .valueRange: "TYPE, …|text|number|percent|money|date|choice WORD, …"
    case .choice(let words): words.joined(separator: "|")
    case .choices(let words): words.joined(separator: "|") + ", …"
    case .text: "\"…\""
    case .file: "\"…\""
    case .files: "\"…\", …"
    case .assignment: "$NAME = \"…\""
    case .textOrWord: "WORD|\"…\""
    case .date: "DATE"
    case .dateRange: "DATE..DATE"
    case .integer: "N"
    case .values: "VALUE, …"
    case .condition: "CONDITION"
    case .claim: "CLAIM"
    case .sort: "PROPERTY [desc], …"
    case .cardinalityOne: "[at a time | per QUALIFIER, …]"
    case .qualifiers: "QUALIFIER VALUE; …"
    case .point: "tN|DATE"
    case .restOfLine: "WORDS"
    case .raw: "…"
    case .flag: ""
    case .query: "{ COMMAND }"
    case .command: "COMMAND"
    case .comparison: "=|!=|<|<=|>|>= N"
    case .variable: "$NAME"
    case .parameter: "NAME:"
    }
  }
}
