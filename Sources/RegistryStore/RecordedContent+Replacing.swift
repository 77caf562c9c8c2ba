public import RegistryModel

extension RecordedContent {
  /// The same, said of another thing wherever it speaks of one. What says under which key a thing is shown stays as it is.
  public func replacing(_ key: Key, with other: Key) -> RecordedContent {
    func of(_ one: Key) -> Key { one == key ? other : one }
    func cited(_ citation: Citation) -> Citation {
      var citation = citation
      citation.source = of(citation.source)
      return citation
    }
    switch self {
    case .claim(let statement): return .claim(statement.replacing(key, with: other))
    case .denial(let statement): return .denial(statement.replacing(key, with: other))
    case .citation(let statement, let citation):
      return .citation(statement.replacing(key, with: other), cited(citation))
    case .rank(let statement, let rank, let reason):
      return .rank(statement.replacing(key, with: other), rank, reason: reason)
    case .review(let statement, let date, let reason):
      return .review(statement.replacing(key, with: other), by: date, reason: reason)
    case .alias(let one, let name, let source, let isLocal, let reason):
      return .alias(of(one), name: name, source: source.map(of), isLocal: isLocal, reason: reason)
    case .source(let one, var data):
      data.corrects = data.corrects.map(of)
      return .source(of(one), data)
    case .merging(let one, let into, let reason): return .merging(of(one), into: of(into), reason: reason)
    case .type, .property, .renaming: return self
    }
  }
}

extension Statement {
  /// The same, said of another thing, or with another thing for a value.
  public func replacing(_ key: Key, with other: Key) -> Statement {
    func of(_ value: Value) -> Value { value == .entity(key) ? .entity(other) : value }
    return Statement(
      subject: subject == key ? other : subject, property: property, value: of(value),
      qualifiers: qualifiers.map { Qualifier($0.property, of($0.value)) }, validity: validity)
  }
}
