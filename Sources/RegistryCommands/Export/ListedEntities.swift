import CommandLanguage
import RegistryModel
import RegistryStore

/// The entities that a list in braces finds, and from where it asks.
struct ListedEntities {
  var keys: [Key]
  var times: Times

  /// - Parameter refusal: what is said of anything that lists no entities.
  init(_ command: CommandSyntax, in session: Session, _ refusal: (Span) -> Failure) throws(Failure) {
    guard command.name.content == CommandDefinition.list.name else { throw refusal(command.span) }
    self = try session.perform(command, CommandDefinition.list.signature) { (list) throws(Failure) in
      let times = try session.times(list)
      let path = list[ListGrammar.what]
      guard path.properties.isEmpty else { throw refusal(command.span) }
      let entities = session.interpreter(at: times).entityReader
      let read = try entities.query(path.name, list, times, try entities.schema(at: path.span, times))
      let rows = try storing(command.span) { () throws(StoreProblem) in
        try session.store.entities(read.query, times).rows
      }
      return ListedEntities(keys: rows.map(\.entity.key), times: times)
    }
  }

  private init(keys: [Key], times: Times) { (self.keys, self.times) = (keys, times) }
}
