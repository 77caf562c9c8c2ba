import CommandLanguage
import RegistryModel
import RegistryStore

/// What is refused of groups and parts that cannot be followed.
extension Session {
  /// Refuses to follow groups among values that are no things.
  func refuseGroups(of path: PathSyntax, _ times: Times) throws(Failure) {
    guard let word = path.properties.first else { return }
    if case .entities = try property(word, try schema(at: path.span, times)).range { return }
    throw Failures.groupsOfWords(word)
  }

  /// Refuses to follow groups where nothing that is asked for can be in one.
  func refuseGroups(of properties: [Key], _ schema: Schema, _ command: Invocation) throws(Failure) {
    let spans = [StandardClauses.groups, StandardClauses.parts].compactMap { command.span(of: $0) }
    guard let span = spans.first else { return }
    let named = properties.contains { key in
      if case .entities? = schema.properties[key]?.range { true } else { false }
    }
    if !named { throw Failures.groupsOfNobody(span) }
  }
}
