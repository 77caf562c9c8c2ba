import CommandLanguage
import RegistryModel

/// What `define type` is written with, in a script and in a dump.
enum TypeGrammar {
  static let type = Argument("type", .word)
  static let under = Clause("under", .word, "the type it is a kind of")
  static let plural = Clause("plural", .textOrWord, "what several are called")
  static let columns = Clause("columns", .words, "the properties that a list shows")
  static let begins = Clause("begins", .words, "what begins its things: launched, signed, status.active")
  static let ends = Clause("ends", .words, "what ends them: ended, dissolved, status.ended")
  static let about = Clause("about", .text, "what it means")
  static let clauses: [ClauseSignature] = [
    under.signature, plural.signature, columns.signature, begins.signature, ends.signature, about.signature,
  ]
}

/// What `define property` is written with, in a script and in a dump.
enum PropertyGrammar {
  static let property = Argument("property", .word)
  static let of = Clause("of", .words, "the types that have it; statement for a qualifier")
  static let to = Clause(
    "to", .valueRange,
    "what its values are: types, text, number, percent (0 to 100; percent any), money, date, choice A, B")
  static let many = Flag("many", "each value is its own fact")
  static let one = Clause(
    "one", .cardinalityOne,
    "any two values are rivals; at a time: where periods overlap; per Q, Q: with the same qualifiers")
  static let under = Clause("under", .word, "the property that it narrows")
  static let rules = Clause(
    "rules", .choices(ResolutionRule.allCases.map(\.rawValue)),
    "what chooses among rivals, in this order: rank, reliability, recency, precision, origins")
  static let unit = Clause("unit", .textOrWord, "the unit of a number")
  static let transitive = Flag("transitive", "a part's part is a part: it can be followed (including parts)")
  static let review = Clause(
    "review", .text, "for how long a fact is good behind its last evidence: \"6 months\"; see check stale")
  static let about = Clause("about", .text, "what it means")
  static let clauses: [ClauseSignature] = [
    of.signature, to.signature, many.signature, one.signature, under.signature, rules.signature,
    unit.signature, transitive.signature, review.signature, about.signature,
  ]
}
