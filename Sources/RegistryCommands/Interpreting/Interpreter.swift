import CommandLanguage
import RegistryModel
import RegistryStore

/// What commands say: their values, periods, citations and conditions, by the names and definitions of a registry.
///
/// Nothing is recorded here, but for what `new TYPE KEY` stands for, which is handed to who records.
final class Interpreter: CommandReader {
  let names: NameResolver
  /// What the `citing … { }` around a command gives; nil where there is none.
  let evidence: EvidenceFrame?

  init(names: NameResolver, evidence: EvidenceFrame?) { (self.names, self.evidence) = (names, evidence) }

  var interpreter: Interpreter { self }
  var parameters: Parameters { names.parameters }
  /// The row that is read, in the mapping of an import.
  var row: CurrentRow? { names.parameters.row }

  /// The same with other parameters.
  func with(_ parameters: Parameters) -> Interpreter {
    var names = names
    names.parameters = parameters
    return Interpreter(names: names, evidence: evidence)
  }

  /// The same where names mean what they mean in the source that clauses cite, too.
  func naming(_ clauses: ClauseReader) throws(Failure) -> Interpreter {
    guard let name = clauses[EvidenceClauses.citing] else { return self }
    var names = names
    names.citedSources = Set([try source(name), evidence?.source].compactMap(\.self)).sorted()
    return Interpreter(names: names, evidence: evidence)
  }
}

/// What reads a registry on behalf of a command, by what its words mean.
protocol CommandReader {
  var interpreter: Interpreter { get }
}

extension CommandReader {
  var context: ReadContext { interpreter.names.context }
  var store: any RegistryStore { context.store }

  func schema(at span: Span? = nil, _ times: Times = .all) throws(Failure) -> Schema {
    try context.schema(at: span, times)
  }

  func record(_ key: Key, _ times: Times, _ span: Span?) throws(Failure) -> EntityRecord? {
    try context.record(key, times, span)
  }

  func entity(_ name: NameSyntax, for property: PropertyDefinition? = nil) throws(Failure) -> EntityRecord {
    try interpreter.names.entity(name, for: property)
  }

  func entityIfKnown(_ name: NameSyntax) throws(Failure) -> EntityRecord? {
    try interpreter.names.entityIfKnown(name)
  }

  func source(_ name: NameSyntax) throws(Failure) -> Key { try interpreter.names.source(name) }

  func property(
    _ word: Word, _ schema: Schema, isWritten: Bool = false
  ) throws(Failure) -> PropertyDefinition {
    try interpreter.names.property(word, schema, isWritten: isWritten)
  }

  func type(_ word: Word, _ schema: Schema) throws(Failure) -> TypeDefinition {
    try interpreter.names.type(word, schema)
  }

  var entityReader: EntityReader { EntityReader(interpreter: interpreter) }
  var statementReader: StatementReader { StatementReader(interpreter: interpreter) }
  var tableReader: TableReader { TableReader(interpreter: interpreter) }
  var staleReader: StaleReader { StaleReader(interpreter: interpreter) }
  var claimReader: ClaimReader { ClaimReader(interpreter: interpreter) }
  var evidenceReader: EvidenceReader { EvidenceReader(interpreter: interpreter) }
  var changeReader: ChangeReader { ChangeReader(interpreter: interpreter) }
}
