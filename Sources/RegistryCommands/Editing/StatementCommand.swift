import RegistryModel

/// A statement as the command that records it, for people to read and to change.
enum StatementCommand {
  /// With one citation, or with none.
  static func text(
    _ statement: Statement, _ stance: Stance, _ citation: Citation?, _ schema: Schema
  ) -> String {
    let verb = stance == .denies ? "deny" : "claim"
    let value = literal(statement.value, schema.properties[statement.property])
    let (forecast, others) = statement.qualifiersBesidesForecast
    var words = ["\(verb) \(statement.subject.written).\(statement.property) = \(forecast)\(value)"]
    words += others.map {
      "\($0.property) \(literal($0.value, schema.properties[$0.property]))"
    }
    words.append(statement.validity.canonicalText)
    if let citation {
      words.append("citing \(citation.source)")
      let parts: [(String, String?)] = [
        ("at", citation.locator), ("via", citation.via), ("said", citation.said),
        ("inferred because", citation.inferred), ("quote", citation.quote),
      ]
      words += parts.compactMap { keyword, text in text.map { "\(keyword) \(literal($0))" } }
    }
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// A value as its property reads it: a number has the property's unit without naming it.
  private static func literal(_ value: Value, _ definition: PropertyDefinition?) -> String {
    switch value {
    case .entity(let key): return key.written
    case .text(let text): return literal(text)
    case .quantity(var quantity):
      if quantity.unit == definition?.unit { quantity.unit = "" }
      return quantity.canonicalText
    case .date(let date): return date.edtf
    case .unknown: return "unknown"
    case .none: return "none"
    }
  }

  /// A text in quotes, on one line.
  private static func literal(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": literal += "\\\(scalar)"
      case "\n": literal += "\\n"
      case "\t": literal += "\\t"
      case _ where scalar.properties.generalCategory == .control:
        literal += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
