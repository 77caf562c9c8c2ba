import CommandLanguage
import RegistryModel
import RegistryStore

extension Completer {
  /// What is expected at the cursor, in words: shown where there is nothing to offer.
  func hint(_ point: CompletionPoint) -> String {
    // What a value is of tells more than that one is wanted.
    for case .value(let property?) in point.expectations { return hint(valueOf: property) }
    for case .qualifierValue(let property) in point.expectations { return hint(valueOf: property) }
    for expectation in point.expectations {
      switch expectation {
      case .shape(let shape, let command, let clause): return hint(shape, command, clause)
      case .value: return ArgumentShape.values.expectation
      case .property: return "a property; list properties shows them"
      case .qualifierValue, .qualifierProperty, .keywords, .words, .command: continue
      }
    }
    return ""
  }

  private func hint(valueOf property: String) -> String {
    let range = (try? store.schema(.all))?.properties[Key(unchecked: property)]?.range
    return "\(property): \(range.map(Failures.describe) ?? ArgumentShape.values.expectation)"
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
