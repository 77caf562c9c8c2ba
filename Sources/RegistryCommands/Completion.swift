public import CommandLanguage
import RegistryModel
import RegistryStore

/// What can stand at the cursor.
public struct Completion: Hashable, Sendable {
  public struct Candidate: Hashable, Sendable {
    public var text: String
    /// One line beside it.
    public var about: String
    public init(_ text: String, _ about: String) {
      self.text = text
      self.about = about
    }
  }
  /// What the chosen candidate replaces, in UTF-8 bytes of the text.
  public var span: Span
  public var candidates: [Candidate]
  public init(span: Span, candidates: [Candidate]) {
    self.span = span
    self.candidates = candidates
  }
}

extension Session {
  /// What can stand at `cursor`, a place in UTF-8 bytes: a function of the text, the cursor and the registry.
  public func complete(_ text: String, cursor: Int) -> Completion {
    let point = CompletionPoint(text: text, cursor: cursor, signatures: commands.signatures)
    var found: [Completion.Candidate] = []
    for expectation in point.expectations {
      for candidate in candidates(expectation, point)
      where !found.contains(where: { $0.text == candidate.text }) {
        found.append(candidate)
      }
    }
    return Completion(span: point.replaced, candidates: found)
  }

  private func candidates(_ expectation: Expectation, _ point: CompletionPoint) -> [Completion.Candidate] {
    let prefix = point.prefix
    switch expectation {
    case .command(let names):
      return names.filter { $0.hasPrefix(prefix) }.sorted().map { .init($0, commands[$0]?.summary ?? "") }
    case .keywords(let clauses):
      return clauses.filter { $0.keyword.hasPrefix(prefix) }.map { .init($0.keyword, $0.summary) }
    case .words(let words): return words.filter { $0.hasPrefix(prefix) }.map { .init($0, "") }
    case .shape(let shape, let command, let clause): return candidates(shape, command, clause, point)
    case .property(let name): return properties(of: name, prefix)
    case .qualifierProperty: return properties(of: nil, prefix, qualifiers: true)
    case .qualifierValue(let property), .value(let property?): return values(of: property, point)
    case .value(nil): return names(prefix, types: [])
    }
  }

  private func candidates(
    _ shape: ArgumentShape, _ command: String, _ clause: String?, _ point: CompletionPoint
  ) -> [Completion.Candidate] {
    let prefix = point.prefix
    guard let schema = try? store.schema(.all) else { return [] }
    switch shape {
    case .choice(let words): return words.filter { $0.hasPrefix(prefix) }.map { .init($0, "") }
    case .word, .words, .valueRange:
      if ["add", "define type", "define property"].contains(command),
        clause == nil || clause == "of" || clause == "to"
      {
        return schema.types.values.filter { $0.key.text.hasPrefix(prefix) }.map {
          .init($0.key.text, $0.about ?? "")
        }
        .sorted { $0.text < $1.text }
      }
      return properties(of: nil, prefix)
    case .path, .paths:
      var found: [Completion.Candidate] = []
      if command == "list" || command == "count" {
        found = schema.types.values.filter { $0.plural.hasPrefix(prefix) }.map {
          .init($0.plural, $0.about ?? "")
        }
        found += ["transactions", "types", "properties"].filter { $0.hasPrefix(prefix) }.map { .init($0, "") }
        found.sort { $0.text < $1.text }
      }
      return found + names(prefix, types: [])
    case .name, .names:
      let onlySources =
        clause == "citing" || clause == "according to" || clause == "in" || command == "citing"
      return names(prefix, types: onlySources ? schema.typeAndSubtypes(of: BuiltIn.source) : [])
    case .restOfLine where command == "help":
      return (commands.names + HelpTopic.all.map(\.name)).filter { $0.hasPrefix(prefix) }.map {
        .init($0, commands[$0]?.summary ?? "")
      }
    case .condition: return properties(of: nil, prefix)
    default: return []
    }
  }

  /// The properties that begin so, of the type of what `name` means, or of any.
  private func properties(of name: String?, _ prefix: String, qualifiers: Bool = false) -> [Completion
    .Candidate]
  {
    guard let schema = try? store.schema(.all) else { return [] }
    var type: Key?
    if let name {
      let found =
        Key(name).flatMap { try? store.entity($0, .all) } ?? (try? store.entities(named: name, .all))?.first
      type = found?.type
    }
    return schema.properties.values.filter { definition in
      guard definition.key.text.hasPrefix(prefix), definition.domain.contains(BuiltIn.statement) == qualifiers
      else {
        return false
      }
      guard let type else { return true }
      return definition.domain.contains { $0 == BuiltIn.entity || schema.isType(type, under: $0) }
    }.sorted { $0.key < $1.key }.map { .init($0.key.text, $0.about ?? "") }
  }

  /// The values that a property can have.
  private func values(of property: String, _ point: CompletionPoint) -> [Completion.Candidate] {
    guard let schema = try? store.schema(.all) else { return [] }
    if property == BuiltIn.type.text {
      return schema.types.values.filter { $0.key.text.hasPrefix(point.prefix) }.map {
        .init($0.key.text, $0.about ?? "")
      }
      .sorted { $0.text < $1.text }
    }
    switch schema.properties[Key(unchecked: property)]?.range {
    case .choice(let words)?: return words.filter { $0.hasPrefix(point.prefix) }.map { .init($0, "") }
    case .entities(let types)?:
      let all = types.contains(BuiltIn.entity) ? [] : types.flatMap(schema.typeAndSubtypes(of:))
      return names(point.prefix, types: all)
    default: return []
    }
  }

  /// Keys that begin so; where none does, the keys of what has a name that begins so.
  private func names(_ prefix: String, types: [Key]) -> [Completion.Candidate] {
    guard let found = try? store.names(withPrefix: prefix, types: types, limit: 200) else { return [] }
    let keys = found.filter { $0.text == $0.entity.key.text }
    if !keys.isEmpty { return keys.map { .init($0.text, $0.entity.name) } }
    return found.map { .init($0.entity.key.text, "\($0.text) · \($0.entity.type)") }
  }
}
