import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

extension Interpreter {
  /// What a statement breaks first.
  /// - Parameter type: that of its subject, looked up where it is not known.
  func violation(of statement: Statement, type: Key? = nil, _ schema: Schema, _ span: Span) throws(Failure)
    -> RuleViolation?
  {
    var known: [Key: Key] = [:]
    known[statement.subject] = type
    var entities = [statement.subject]
    for value in [statement.value] + statement.qualifiers.map(\.value) {
      if case .entity(let key) = value { entities.append(key) }
    }
    for key in entities where known[key] == nil {
      known[key] = try record(key, .all, span)?.type
    }
    return StatementRules(schema, typeOf: { known[$0] }).violations(of: statement).first
  }
}
