import CommandLanguage
import RegistryModel
import RegistryStore

extension CommandDefinition {
  static let defineType = CommandDefinition(
    CommandSignature(
      name: "define type", head: [TypeGrammar.type.element], clauses: TypeGrammar.clauses),
    group: .schema, effect: .writes, summary: "Define a type of entity, or define it anew",
    details: """
      `begins` and `ends` name properties whose values are dates, or a word of a choice behind a point: by them `on D` tells \
      whether a thing was there. A type that names none takes them from the type that it is under; what has no beginning \
      (a state, a mineral) is there until its end.
      """,
    examples: [
      Example(
        "define type treaty under initiative plural treaties", gives: #"-- t2: defined the type treaty"#)
    ]
  ) { (command, session) throws(Failure) in
    let word = command[TypeGrammar.type]
    guard !BuiltIn.types.map(\.key.text).contains(word.content), word.content != BuiltIn.statement.text else {
      throw Failures.builtIn("the type \(word.content)", word.span)
    }
    guard let key = Key(word.content) else { throw Failures.malformedKey(word.content, word.span) }
    let reader = DefinitionReader(interpreter: session.interpreter)
    let schema = try reader.schema(at: command.span)
    var definition = TypeDefinition(key: key, parent: BuiltIn.entity, plural: plural(key.text))
    if let parent = command[TypeGrammar.under] {
      let wider = try reader.type(parent, schema).key
      guard !schema.isType(wider, under: key) else { throw Failures.underItself(key, wider, parent.span) }
      definition.parent = wider
    }
    if let text = command[TypeGrammar.plural] { definition.plural = text.content }
    try reader.refuseSharedWord(definition, schema, command.span(of: TypeGrammar.plural) ?? word.span)
    definition.about = command[TypeGrammar.about]?.content
    if let words = command[TypeGrammar.columns] {
      definition.columns = words.map { Key(unchecked: $0.content) }
    }
    if let words = command[TypeGrammar.begins] { definition.begins = try reader.marks(words, schema) }
    if let words = command[TypeGrammar.ends] { definition.ends = try reader.marks(words, schema) }
    try reader.refuseTable(definition.plural, command.span(of: TypeGrammar.plural) ?? word.span)
    try session.recorder.apply(.defineType(definition), word.span)
    session.transactor.gather(
      .type, key, command.span(of: TypeGrammar.columns) ?? word.span, in: session.currentText)
    return .message("defined the type \(key)")
  }

  static let defineProperty = CommandDefinition(
    CommandSignature(
      name: "define property", head: [PropertyGrammar.property.element], clauses: PropertyGrammar.clauses),
    group: .schema, effect: .writes, summary: "Define a property, or define it anew",
    details: """
      Cardinality makes statements rivals: `one`, any two values; `one at a time`, values whose periods overlap; `one \
      per mineral, year`, values with the same of these qualifiers, which also address the figure; `many`, none. A property \
      that narrows another takes its domain, values, cardinality and rules where it names none. A new definition chooses \
      anew among what is recorded. `percent` is a part of a whole, from 0 to 100; a rate of growth or a tariff is `percent any`.
      """,
    examples: [
      Example(
        "define property sponsor under involves of initiative to actor many",
        gives: #"-- t2: defined the property sponsor"#),
      Example(
        "define property tariff of measure to percent any one per mineral, year",
        gives: #"-- t2: defined the property tariff"#),
      Example(
        "define property holder of office to person one at a time rules rank, recency, precision",
        gives: #"-- t2: defined the property holder"#),
    ]
  ) { (command, session) throws(Failure) in
    let word = command[PropertyGrammar.property]
    guard !BuiltIn.properties.map(\.key.text).contains(word.content), word.content != "alias" else {
      throw Failures.builtIn("the property \(word.content)", word.span)
    }
    guard let key = Key(word.content) else { throw Failures.malformedKey(word.content, word.span) }
    let reader = DefinitionReader(interpreter: session.interpreter)
    let schema = try reader.schema(at: command.span)
    var definition = PropertyDefinition(key: key, domain: [BuiltIn.entity], range: .text)
    if let parent = command[PropertyGrammar.under] {
      let wider = try reader.property(parent, schema)
      guard !schema.propertyAndNarrower(of: key).contains(wider.key) else {
        throw Failures.underItself(key, wider.key, parent.span)
      }
      definition = wider
      definition.key = key
      definition.about = nil
      definition.parent = wider.key
    } else if !command.has(PropertyGrammar.of) || !command.has(PropertyGrammar.to) {
      throw Failures.propertyNeedsRange(key, command.span)
    }
    if let words = command[PropertyGrammar.of] {
      definition.domain = try reader.types(words, schema, allowing: BuiltIn.statement)
    }
    if let words = command[PropertyGrammar.to] { definition.range = try reader.range(words, schema) }
    if command[PropertyGrammar.many], let span = command.span(of: PropertyGrammar.one) {
      throw Failures.twoCardinalities(span)
    }
    if command[PropertyGrammar.many] { definition.cardinality = .many }
    if let cardinality = command[PropertyGrammar.one] { definition.cardinality = Cardinality(cardinality) }
    if let words = command[PropertyGrammar.rules] { definition.rules = try rules(words) }
    if definition.range != .number { definition.unit = nil }
    if let text = command[PropertyGrammar.unit] {
      guard definition.range == .number else {
        throw Failures.unitOfNoNumber(key, definition.range, text.span)
      }
      definition.unit = text.content
    }
    if case .entities = definition.range {} else { definition.isTransitive = false }
    if command[PropertyGrammar.transitive] {
      guard case .entities = definition.range else {
        throw Failures.transitiveValues(key, command.span(of: PropertyGrammar.transitive) ?? word.span)
      }
      definition.isTransitive = true
    }
    if let text = command[PropertyGrammar.review] { definition.review = try ReviewPeriod(text) }
    if let text = command[PropertyGrammar.about] { definition.about = text.content }
    if definition.domain.contains(BuiltIn.statement), LanguageText.isReserved(key.text) {
      throw Failures.keywordAsQualifier(key, word.span)
    }
    try reader.refuseBreaking(definition, schema, word.span)
    try session.recorder.apply(.defineProperty(definition), word.span)
    session.transactor.gather(
      .property, key, command.span(of: PropertyGrammar.one) ?? word.span, in: session.currentText)
    return .message("defined the property \(key)")
  }
}

/// The usual English plural, for a type that is given none.
private func plural(_ word: String) -> String {
  if word.hasSuffix("y"), let before = word.dropLast().last, !"aeiou".contains(before) {
    return word.dropLast() + "ies"
  }
  return ["s", "x", "ch", "sh"].contains { word.hasSuffix($0) } ? word + "es" : word + "s"
}

/// The rules in the order named.
private func rules(_ words: [Word]) throws(Failure) -> [ResolutionRule] {
  var rules: [ResolutionRule] = []
  for word in words {
    guard let rule = ResolutionRule(rawValue: word.content) else {
      let known = ResolutionRule.allCases.map(\.rawValue)
      throw Failures.unknownChoice(word.content, of: "rule", known, word.span)
    }
    if !rules.contains(rule) { rules.append(rule) }
  }
  return rules
}

extension Cardinality {
  init(_ syntax: CardinalitySyntax) {
    switch syntax {
    case .many: self = .many
    case .one: self = .one
    case .oneAtATime: self = .oneAtATime
    case .onePer(let words): self = .onePer(words.map { Key(unchecked: $0.content) })
    }
  }
}

/// Reads what `define` says, and refuses what would break what is there.
private struct DefinitionReader: CommandReader {
  let interpreter: Interpreter

  /// Refuses a type whose words mean another type already: of two with one plural, a list would be of one.
  func refuseSharedWord(
    _ definition: TypeDefinition, _ schema: Schema, _ span: Span
  ) throws(Failure) {
    for other in schema.types.values.sorted(by: { $0.key < $1.key }) where other.key != definition.key {
      if [other.key.text, other.plural].contains(definition.plural) {
        throw Failures.wordOfOtherType(definition.plural, definition.key, other, span)
      }
      if other.plural == definition.key.text {
        throw Failures.wordOfOtherType(definition.key.text, definition.key, other, span)
      }
    }
  }

  /// Refuses a new definition of a property that recorded values would break.
  func refuseBreaking(
    _ definition: PropertyDefinition, _ schema: Schema, _ span: Span
  ) throws(Failure) {
    guard let old = schema.properties[definition.key],
      old.range != definition.range || old.unit != definition.unit
    else { return }
    // Its types may be narrowed: that says who is asked, and leaves every value readable.
    var tested = definition
    tested.domain = old.domain
    let properties = schema.properties.values.map { $0.key == definition.key ? tested : $0 }
    let changed = Schema(types: Array(schema.types.values), properties: properties)
    let found = try storing(span) { () throws(StoreProblem) in
      try store.statements(StatementSelection(properties: [definition.key]), .all)
    }
    var broken: [StatementRecord] = []
    for record in found where try interpreter.violation(of: record.statement, changed, span) != nil {
      broken.append(record)
    }
    guard broken.isEmpty else {
      throw Failures.breaksRecorded(definition.key, broken.map { LanguageText.told($0.statement) }, span)
    }
  }

  /// Refuses a plural that means a table, which `list` would show instead.
  func refuseTable(_ plural: String, _ span: Span) throws(Failure) {
    guard let table = TableName(rawValue: plural), table != .sources else { return }
    throw Failures.pluralOfTable(plural, span)
  }

  /// What begins or ends things: a property with dates, or a word of a property's choice.
  func marks(_ words: [Word], _ schema: Schema) throws(Failure) -> [ExistenceMark] {
    try words.map { (word) throws(Failure) in
      let mark = ExistenceMark(text: word.content)
      let property = try interpreter.property(Word(mark.property.text, word.span), schema, isWritten: true)
      switch (property.range, mark.word) {
      case (.date, nil): return mark
      case (.choice(let words), let word?) where words.contains(word): return mark
      default: throw Failures.noExistenceMark(mark, property, word.span)
      }
    }
  }
}
