import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What is refused as the head of `list` and `count`, where something else was meant by it.
extension Interpreter {
  /// Refuses `initiatives of japan` and `conflicts of forge`, of which the first word is no property, with what to write.
  func refuseOtherHeads(
    _ path: PathSyntax, isCommand: (String) -> Bool
  ) throws(Failure) {
    let schema = try schema(at: path.span)
    guard let word = path.properties.first else {
      let isNothing = schema.type(named: path.name.text) == nil
      if path.name.form == .bare, isNothing, isCommand(path.name.text),
        try entityIfKnown(path.name) == nil
      {
        throw Failures.commandForHead(Word(path.name.text, path.name.span), nil)
      }
      return
    }
    let property = schema.property(named: word.content)
    let isQualifier = property.map { $0.domain == [BuiltIn.statement] } == true
    guard path.properties.count == 1, property == nil || isQualifier, let thing = try entityIfKnown(path.name)
    else { return }
    if let type = schema.type(named: word.content) {
      throw Failures.typeForProperty(word, thing, ways(from: type, to: thing, schema))
    }
    if isCommand(word.content) { throw Failures.commandForHead(word, thing.key) }
    if isQualifier { throw Failures.rule(.onlyAQualifier(Key(unchecked: word.content)), schema, word.span) }
    if nearest(to: word.content, in: schema.properties.keys.map(\.text)).isEmpty {
      throw Failures.noSuchProperty(of: thing, word)
    }
  }

  /// A path with the properties as they are defined, which whoever asks may have named in the plural.
  func defined(_ path: PathSyntax) throws(Failure) -> PathSyntax {
    guard !path.properties.isEmpty else { return path }
    let schema = try schema(at: path.span)
    var copy = path
    copy.properties = path.properties.map { word in
      schema.property(named: word.content).map { Word($0.key.text, word.span) } ?? word
    }
    return copy
  }

  /// How things of a type and a thing may belong together: by properties of theirs that name it, or of its own that name
  /// them. What narrows such a property is not told beside it.
  private func ways(from type: TypeDefinition, to thing: EntityRecord, _ schema: Schema) -> [String] {
    let key = LanguageText.name(thing.key)
    func widest(_ fits: (PropertyDefinition) -> Bool) -> [Key] {
      schema.properties.values.filter { property in
        fits(property)
          && !schema.propertyAndBroader(of: property.key).dropFirst().contains {
            schema.properties[$0].map(fits) == true
          }
      }.map(\.key).sorted()
    }
    func names(_ property: PropertyDefinition, _ owner: Key, _ value: Key) -> Bool {
      guard case .entities(let range) = property.range, !property.domain.contains(BuiltIn.statement),
        !property.domain.contains(BuiltIn.entity)
      else { return false }
      return schema.canHave(owner, property.domain) && schema.canHave(value, range)
    }
    let theirs = widest { names($0, type.key, thing.type) }.map { "list \(type.plural) where \($0) = \(key)" }
    let own = widest { names($0, thing.type, type.key) }.map { "list \(key).\($0)" }
    return Array((theirs + own).prefix(3))
  }
}
