import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

extension Completer {
  /// What an expectation of the grammar means in this registry.
  func candidates(_ expectation: Expectation, _ point: CompletionPoint, _ lookup: Lookup) -> [Completion
    .Candidate]
  {
    switch expectation {
    case .command(let names):
      return lookup.choose(names.sorted().map { .init($0, commands[$0]?.summary ?? "") })
    case .keywords(let clauses): return lookup.choose(clauses.map { .init($0.keyword, $0.summary) })
    case .words(let words): return lookup.choose(words.map { .init($0, "") })
    case .shape(let shape, let command, let clause): return candidates(shape, command, clause, point, lookup)
    case .property where point.command == "conflicts":
      return lookup.choose([
        .init("kind", "how rivals differ"), .init("property", "only of this property"),
        .init("subject", "only of this entity"),
      ])
    case .property(let name): return properties(of: name, lookup)
    case .qualifierProperty: return properties(of: nil, lookup, qualifiers: true)
    case .value(let property?) where point.command == "conflicts":
      switch property {
      case "kind": return lookup.choose(ContradictionKind.allCases.map { .init($0.rawValue, "") })
      case "property": return properties(of: nil, lookup)
      default: return names(lookup, types: [])
      }
    case .qualifierValue(let property): return values(of: property, lookup)
    case .value(let property?):
      let found = values(of: property, lookup)
      // Where any number or text may stand, what is wanted is said instead.
      guard ["add", "claim"].contains(point.command), !found.isEmpty || !point.prefix.isEmpty else {
        return found
      }
      return found + lookup.choose(wordsBefore(property))
    case .value(nil): return names(lookup, types: [])
    }
  }

  private func candidates(
    _ shape: ArgumentShape, _ command: String, _ clause: String?, _ point: CompletionPoint, _ lookup: Lookup
  ) -> [Completion.Candidate] {
    guard let schema = try? store.schema(.all) else { return [] }
    switch shape {
    case .choice(let words), .choices(let words): return lookup.choose(words.map { .init($0, "") })
    case .file, .files: return files(lookup, point)
    case .date, .point: return dates(point, clause, lookup)
    case .words where command == ".schema":
      return lookup.choose(RelationDeclaration.all.map { .init($0.name, $0.about) })
    case .word where command == "about":
      return lookup.choose(analyses.map { .init($0.signature.name, $0.summary) })
    case .word, .words, .valueRange:
      let analysis = analyses.first { $0.signature.name == command }
      if analysis?.typeParameters.contains(clause ?? "") == true {
        return lookup.choose(types(schema, \.key.text))
      }
      if ["add", "define type", "define property"].contains(command),
        clause == nil || clause == "of" || clause == "to"
      {
        return lookup.choose(types(schema, \.key.text))
      }
      return properties(of: nil, lookup)
    case .path, .paths:
      var found: [Completion.Candidate] = []
      if command == "list" || command == "count" {
        found = types(schema, \.plural) + ["transactions", "types", "properties"].map { .init($0, "") }
        found = lookup.choose(found.sorted { $0.text < $1.text })
      }
      return found + names(lookup, types: [])
    case .name where command == "undo" || command == "redo":
      let newest = (try? store.transactions(limit: 20)) ?? []
      return lookup.choose(newest.map { .init("\($0.id)", $0.reason ?? "by \($0.author)") })
    case .name, .names:
      let onlySources =
        clause == "citing" || clause == "according to" || clause == "in" || command == "citing"
      return names(lookup, types: onlySources ? schema.typeAndSubtypes(of: BuiltIn.source) : [])
    case .restOfLine where command == "help" || command == ".help":
      let topics = HelpTopic.all.map { Completion.Candidate($0.name, $0.about) }
      let clauses = Set(commands.all.flatMap(\.signature.clauses).map(\.keyword)).sorted()
      return lookup.choose(
        commands.names.map { .init($0, commands[$0]?.summary ?? "") } + topics
          + clauses.map { .init($0, "a clause") })
    case .condition: return properties(of: nil, lookup)
    default: return []
    }
  }

  private func types(_ schema: Schema, _ text: KeyPath<TypeDefinition, String>) -> [Completion.Candidate] {
    schema.types.values.map { .init($0[keyPath: text], $0.about ?? "") }.sorted { $0.text < $1.text }
  }

  /// The properties of the type of what `name` means, or of any.
  private func properties(of name: String?, _ lookup: Lookup, qualifiers: Bool = false) -> [Completion
    .Candidate]
  {
    guard let schema = try? store.schema(.all) else { return [] }
    let thing = name.flatMap(entityForCompletion)
    let type = thing?.type
    let stated = thing.map(statedProperties) ?? []
    let found = schema.properties.values.filter { definition in
      guard definition.domain.contains(BuiltIn.statement) == qualifiers else { return false }
      guard let type else { return true }
      return definition.domain.contains { $0 == BuiltIn.entity || schema.isType(type, under: $0) }
    }
    let ordered = found.sorted {
      let (one, other) = (stated.contains($0.key), stated.contains($1.key))
      return one == other ? $0.key < $1.key : one
    }
    return lookup.choose(ordered.map { .init($0.key.text, $0.about ?? "") })
  }

  /// What is stated of a thing, which comes before what could be.
  private func statedProperties(of thing: EntityRecord) -> Set<Key> {
    var selection = StatementSelection(subjects: [thing.key])
    selection.limit = Lookup.mostStated
    return Set(((try? store.statements(selection, .all)) ?? []).map(\.statement.property))
  }

  /// What a name before the cursor means.
  private func entityForCompletion(_ name: String) -> EntityRecord? {
    Key(name).flatMap { try? store.entity($0, .all) } ?? (try? store.entities(named: name, .all))?.first
  }

  /// The values that a property can have.
  private func values(of property: String, _ lookup: Lookup) -> [Completion.Candidate] {
    guard let schema = try? store.schema(.all) else { return [] }
    if property == BuiltIn.type.text { return lookup.choose(types(schema, \.key.text)) }
    switch schema.properties[Key(unchecked: property)]?.range {
    case .choice(let words)?: return lookup.choose(words.map { .init($0, "") })
    case .entities(let types)?:
      let all = types.contains(BuiltIn.entity) ? [] : types.flatMap(schema.typeAndSubtypes(of:))
      return names(lookup, types: all)
    case .date? where lookup.isBegun:
      return lookup.choose([.init("today", "\(PartialDate(day: today).edtf); + and - count from it")])
    default: return []
    }
  }

  /// The words that may stand before the values of a claim.
  private func wordsBefore(_ property: String) -> [Completion.Candidate] {
    let forecast = Completion.Candidate("forecast", "it is still to come")
    guard case .entities? = (try? store.schema(.all))?.properties[Key(unchecked: property)]?.range else {
      return [forecast]
    }
    return [
      forecast, .init("jointly", "these together, as one: co-chairs"),
      .init("only", "these are the whole list"),
    ]
  }

  /// What has just this name; then keys that begin so, and the keys of what has a name that begins so.
  private func names(_ lookup: Lookup, types: [Key]) -> [Completion.Candidate] {
    switch lookup {
    case .prefix(let prefix):
      guard let found = try? store.names(.prefix(prefix, types: types, limit: 200)) else { return [] }
      // Among many keys no name has place any more.
      let called = prefix.isEmpty ? [] : (try? store.entities(named: prefix, .all)) ?? []
      let named = called.filter { $0.key.text != prefix && (types.isEmpty || types.contains($0.type)) }
      let all = named.map { NameMatch(text: $0.name, entity: $0) } + found
      return all.map { match in
        let key = match.entity.key
        return match.text == key.text
          ? .init(LanguageText.name(key), match.entity.name)
          : .init(LanguageText.name(key), "\(match.text) · \(match.entity.type)")
      }
    case .near(let word):
      // Names in which it is a later word, and then slips.
      let hits =
        word.count > 2 ? (try? store.textSearching.search(word, limit: 4 * Lookup.nearLimit, .all)) ?? [] : []
      let named = hits.filter { $0.place == .name && (types.isEmpty || types.contains($0.entity.type)) }
      let near = (try? store.names(.near(word, types: types, limit: Lookup.nearLimit))) ?? []
      let all = named.map { ($0.entity, $0.entity.name) } + near.map { ($0.entity, $0.text) }
      return all.prefix(Lookup.nearLimit).map { .init(LanguageText.name($0.0.key), "\($0.1) · \($0.0.type)") }
    }
  }

  /// Today, and the dates at which what is asked about begins or ends to hold.
  private func dates(_ point: CompletionPoint, _ clause: String?, _ lookup: Lookup) -> [Completion.Candidate]
  {
    let day = PartialDate(day: today).edtf
    var found = [day: "today", "today": "\(day); + and - count from it"]
    if case .path(let path)? = point.arguments["what"] ?? point.arguments["target"],
      let record = entityForCompletion(path.name.text),
      let statements = try? store.statements(StatementSelection(subjects: [record.key]), .all)
    {
      for statement in statements.prefix(500).map(\.statement) {
        for (word, date) in statement.validity.dates where found[date.edtf] == nil {
          found[date.edtf] = "\(record.key).\(statement.property) \(word)"
        }
      }
    }
    return lookup.choose(found.map { .init($0.key, $0.value) }.sorted { $0.text < $1.text })
  }
}

extension Validity {
  /// The dates that it names, with what is said of them.
  fileprivate var dates: [(word: String, date: PartialDate)] {
    switch extent {
    case .unstated: return []
    case .ongoing(let start, let still): return [("from", start), ("still on", still)]
    case .seen(let date): return [("on", date)]
    case .within(let first, let last): return [("within", first), ("within", last)]
    case .period(let start, let end):
      var dates: [(String, PartialDate)] = []
      if case .from(let date)? = start { dates.append(("from", date)) }
      switch end {
      case .until(let date)?: dates.append(("until", date))
      case .through(let date)?: dates.append(("through", date))
      case nil: break
      }
      return dates
    }
  }
}
