/// What could stand at a place of a text.
public enum Expectation: Hashable, Sendable {
  /// A command, with the names of those there are.
  case command([String])
  /// One of these clauses; those already given that do not repeat are left out.
  case keywords([ClauseSignature])
  /// What stands at a command's head, or behind one of its clauses.
  case shape(ArgumentShape, command: String, clause: String?)
  /// A property of what this name or path (`us-au-pipeline`, `forge.chair`) means, or any property.
  case property(of: String?)
  /// The property of a qualifier.
  case qualifierProperty
  /// The value of a qualifier with this property.
  case qualifierValue(of: String)
  /// A value of this property, where the text names it.
  case value(of: String?)
  /// One of these words or signs: `into`, `and`, `>=`.
  case words([String])
}

/// Collects what the parser would have accepted at the cursor. A class, so that recording is no change of the
/// parser, and an expectation is only made where it is recorded.
final class CompletionRecorder {
  private(set) var expectations: [Expectation] = []
  /// What is replaced, where that begins before the last word: `define ty`.
  var replaced: Span?

  func add(_ expectation: Expectation) {
    if !expectations.contains(expectation) { expectations.append(expectation) }
  }
}
