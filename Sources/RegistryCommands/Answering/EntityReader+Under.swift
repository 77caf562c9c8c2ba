import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What is under a thing: what belongs to it by `under`, and what belongs to that in turn where `under` is transitive.
extension EntityReader {
  static let under = Key(unchecked: "under")

  /// A thing and all that is under it or part of it, by whatever property can be followed, the thing itself first. Under
  /// `on D`, what may be so on that date.
  func withWhatIsUnder(_ key: Key, _ times: Times, _ span: Span) throws(Failure) -> [Key] {
    let paths = try context.paths(PathQuery(.parts, in: [key]), times, span)
    let parts = Set(paths.filter { $0.certainty != .not }.map(\.member)).subtracting([key])
    return [key] + parts.sorted()
  }

  /// The thing that a name means that is no type; nil where it means nothing.
  func thing(insteadOfType name: NameSyntax, _ schema: Schema) throws(Failure) -> EntityRecord? {
    switch name.form {
    case .bare, .quoted, .template: break
    default: return nil
    }
    guard schema.type(named: name.text) == nil else { return nil }
    return try entityIfKnown(name)
  }

  /// What `total` and `why total` add up: the things of a type, or the commitments under a thing and under what is under
  /// it, with these.
  func totalledQuery(
    _ command: Invocation, _ times: Times, _ schema: Schema
  ) throws(Failure) -> (read: ReadQuery, things: [Key]) {
    let name = command[TotalClauses.what]
    let groupsBy = command.has(TotalClauses.by)
    guard let thing = try thing(insteadOfType: name, schema) else {
      return (try query(name, command, times, schema, groupsBy: groupsBy), [])
    }
    guard let property = schema.properties[Self.under], case .entities(let range) = property.range,
      schema.canHave(thing.type, range)
    else { throw Failures.totalOfThing(thing, name.span) }
    let commitments = NameSyntax(.bare, CountedAmount.commitment.text, name.span)
    var read = try query(commitments, command, times, schema, groupsBy: groupsBy)
    let things = try withWhatIsUnder(thing.key, times, name.span)
    let beneath = Filter.compare(
      path: [schema.propertyAndNarrower(of: Self.under)], .equal, things.map { .entity($0) })
    read.query.filter = read.query.filter.map { .all([beneath, $0]) } ?? beneath
    return (read, things)
  }

  /// What is added up in a total of a thing: the commitments under it and under what is under it.
  static func totalledWords(_ things: [Key], but commitments: [Key]) -> String? {
    guard let thing = things.first else { return nil }
    let others = things.dropFirst().filter { !commitments.contains($0) }
    guard !others.isEmpty else { return "the commitments under \(thing)" }
    let most = 3
    let more = others.count > most ? " and \(others.count - most) more" : ""
    return "the commitments under \(thing), and under what is under it: "
      + others.prefix(most).map(\.text).joined(separator: ", ") + more
  }
}
