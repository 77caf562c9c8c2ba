import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// Values that stand together: `jointly`, `only`, `each`, and what is forecast.
extension Failures {
  static func forecastInGroup(_ group: ValueSyntax.Group, _ span: Span) -> Failure {
    Failure(
      code: "forecast-in-group", "of the values behind \(group.rawValue), some are forecast and some are not",
      help: "write forecast \(group.rawValue) A, B where all are, and a claim of its own for the others",
      at: span)
  }
  static func forecastNotHere(_ span: Span) -> Failure {
    Failure(
      code: "forecast-not-here", "forecast says something of a statement, and here stands a value alone",
      help: "leave it out; only where a statement is claimed may it stand before any value", at: span)
  }
  static func groupDenied(_ group: ValueSyntax.Group, _ span: Span) -> Failure {
    Failure(
      code: "group-denied", "\(group.rawValue) claims, and this denies",
      help: "deny each value by itself: deny KEY.property = A, B", at: span)
  }
  static func groupNotHere(_ group: ValueSyntax.Group, _ span: Span) -> Failure {
    Failure(
      code: "group-not-here", "\(group.rawValue) stands before the values of a claim, and nowhere else",
      help: "retract what is wrong and claim it anew; a key called \(group.rawValue) stands in quotes",
      at: span)
  }
  static func groupOfUnknown(_ group: ValueSyntax.Group, _ span: Span) -> Failure {
    Failure(
      .refused, code: "group-of-unknown", "\(group.rawValue) wants things that have a key",
      help: "leave out unknown and none", at: span)
  }
  static func groupOfWords(_ group: ValueSyntax.Group, _ property: Key, _ span: Span) -> Failure {
    Failure(
      .refused, code: "group-of-words",
      "\(group.rawValue) is for properties whose values are things, not for \(property)",
      help: "leave it out, and claim each value", at: span)
  }
  static func groupRepeats(_ group: ValueSyntax.Group, _ key: Key, _ span: Span) -> Failure {
    Failure(
      .refused, code: "group-repeats", "\(key) stands behind \(group.rawValue) twice", help: "leave one out",
      at: span)
  }
  static func jointlyAlone(_ span: Span) -> Failure {
    Failure(
      .refused, code: "jointly-alone", "jointly wants two values or more",
      help: "leave it out, or name with whom: jointly A, B", at: span)
  }
  static func readingNotHere(_ reading: ValueSyntax.Reading, _ span: Span) -> Failure {
    Failure(
      .refused, code: "reading-not-here",
      "\(reading.rawValue) says how an amount of several is meant, and this is none",
      help: "leave it out; a text that ends in it stands in quotes", at: span)
  }
}
