import CommandLanguage
import RegistryModel
import RegistryStore

extension Session {
  /// The entities that a list in braces finds, and from where it asks.
  /// - Parameter refusal: what is said of anything that lists no entities.
  func listedEntities(
    _ command: CommandSyntax, _ refusal: (Span) -> Failure
  ) throws(Failure) -> (keys: [Key], times: Times) {
    guard command.name.content == CommandDefinition.list.name else { throw refusal(command.span) }
    return try perform(command, CommandDefinition.list.signature) { (list) throws(Failure) in
      let times = try self.times(list)
      let path = list[ListGrammar.what]
      guard path.properties.isEmpty else { throw refusal(command.span) }
      let entities = interpreter(at: times).entityReader
      let read = try entities.query(path.name, list, times, try entities.schema(at: path.span, times))
      return try storing(command.span) { () throws(StoreProblem) in
        (try store.entities(read.query, times).rows.map(\.entity.key), times)
      }
    }
  }
}
