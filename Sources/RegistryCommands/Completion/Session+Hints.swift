import CommandLanguage
import RegistryModel
import RegistryStore

extension Session {
  /// What is expected at the cursor, in words: shown where there is nothing to offer.
  func hint(_ point: CompletionPoint) -> String {
    for expectation in point.expectations {
      switch expectation {
      case .shape(let shape, let command, let clause):
        return hint(shape, command, clause)
      case .value(let property?), .qualifierValue(let property):
        guard let range = (try? store.schema(.all))?.properties[Key(unchecked: property)]?.range else {
          continue
        }
        return "\(property): \(Failures.describe(range))"
      case .value(nil): return ArgumentShape.values.expectation
      case .property: return "a property; list properties shows them"
      case .qualifierProperty, .keywords, .words, .command: continue
      }
    }
    return ""
  }

  private func hint(_ shape: ArgumentShape, _ command: String, _ clause: String?) -> String {
    guard let definition = commands[command] else { return shape.expectation }
    if let clause = definition.signature.clauses.first(where: { $0.keyword == clause }) {
      return "\(clause.usage): \(clause.summary); \(shape.expectation)"
    }
    if command.hasPrefix(".") { return "\(definition.signature.usage): \(definition.summary)" }
    return "\(definition.signature.usage): \(shape.expectation)"
  }
}
