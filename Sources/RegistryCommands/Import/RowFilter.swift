import CommandLanguage
import FoundationEssentials
import RegistryModel

/// What `only where` asks of a row, by the texts of its fields.
///
/// An empty field is not stated, and no comparison with it holds. Texts are equal as they stand, without the white space
/// around them; what is less is asked of numbers and of dates.
struct RowFilter: Sendable {
  private indirect enum Test: Sendable {
    case all([Test])
    case any([Test])
    case not(Test)
    case isFilled(String)
    case compare(String, ConditionSyntax.Comparison, [String], Span)
  }
  private let test: Test
  /// The columns that it looks at.
  let columns: [Word]

  init(_ condition: ConditionSyntax) throws(Failure) {
    var columns: [Word] = []
    test = try RowFilter.test(condition, &columns)
    self.columns = columns
  }

  private static func test(_ condition: ConditionSyntax, _ columns: inout [Word]) throws(Failure) -> Test {
    switch condition {
    case .and(let parts): return .all(try tests(parts, &columns))
    case .or(let parts): return .any(try tests(parts, &columns))
    case .not(let part, _): return .not(try test(part, &columns))
    case .state(let properties, let state, let negated):
      let column = try column(properties, state.span, &columns)
      guard state.content == .stated else { throw Failures.rowState(state.content.rawValue, state.span) }
      return negated ? .not(.isFilled(column)) : .isFilled(column)
    case .compare(let properties, let comparison, let values):
      let column = try column(properties, comparison.span, &columns)
      let texts = try values.map { (value) throws(Failure) in try text(value) }
      return .compare(column, comparison.content, texts, comparison.span)
    case .qualified(let inner, let qualifiers):
      if let qualifier = qualifiers.joined().first { throw Failures.rowQualifier(qualifier.property) }
      return try test(inner, &columns)
    case .named(let words, _, _, _):
      throw Failures.rowColumn(words.map(\.content).joined(separator: "."), words[0].span)
    case .asked(let thing, _): throw Failures.rowColumn(thing.text, thing.span)
    case .undecided(_, _, let span): throw Failures.rowState("undecided", span)
    }
  }

  private static func tests(_ parts: [ConditionSyntax], _ columns: inout [Word]) throws(Failure) -> [Test] {
    var tests: [Test] = []
    for part in parts { tests.append(try test(part, &columns)) }
    return tests
  }

  private static func column(_ words: [Word], _ span: Span, _ columns: inout [Word]) throws(Failure) -> String
  {
    guard let word = words.first, words.count == 1, word.content.first == "$" else {
      throw Failures.rowColumn(words.map(\.content).joined(separator: "."), words.first?.span ?? span)
    }
    let name = String(word.content.dropFirst())
    columns.append(Word(name, word.span))
    return name
  }

  private static func text(_ value: ValueSyntax) throws(Failure) -> String {
    let isPlain = value.reading == nil && !value.forecast && value.group == nil
    switch value.form {
    case .name(let name) where isPlain && (name.form == .quoted || name.form == .bare): return name.text
    case .number(let number, .exact) where isPlain: return number.text
    case .date(let text) where isPlain: return text
    case .unknown where isPlain: return "unknown"
    case .none where isPlain: return "none"
    default: throw Failures.wrongKind("this", expected: "a text in quotes or a number", value.span)
    }
  }

  /// Whether the row is read.
  func takes(_ row: CurrentRow) throws(Failure) -> Bool { try holds(test, row) }

  private func holds(_ test: Test, _ row: CurrentRow) throws(Failure) -> Bool {
    switch test {
    case .all(let parts):
      for part in parts where try !holds(part, row) { return false }
      return true
    case .any(let parts):
      for part in parts where try holds(part, row) { return true }
      return false
    case .not(let part): return try !holds(part, row)
    case .isFilled(let column): return !fields(column, row).isEmpty
    case .compare(let column, let comparison, let texts, let span):
      let fields = fields(column, row)
      switch comparison {
      case .equal: return fields.contains { texts.contains($0) }
      case .unequal: return !fields.isEmpty && !fields.contains { texts.contains($0) }
      case .like:
        return fields.contains { field in
          texts.contains { foldedName(field).contains(foldedName($0)) }
        }
      case .less, .lessOrEqual, .greater, .greaterOrEqual:
        for field in fields {
          for text in texts where try compared(field, comparison, text, column, row, span) { return true }
        }
        return false
      }
    }
  }

  /// The values of a column that say something.
  private func fields(_ column: String, _ row: CurrentRow) -> [String] {
    let fields = row.elements(of: column) ?? [row.value(of: column)].compactMap(\.self)
    return fields.map(\.trimmed).filter { !$0.isEmpty }
  }

  private func compared(
    _ field: String, _ comparison: ConditionSyntax.Comparison, _ text: String, _ column: String,
    _ row: CurrentRow, _ span: Span
  ) throws(Failure) -> Bool {
    // What stands in the condition is written as the language writes it.
    let mark = row.options.decimalMark
    if let one = number(field, mark), let other = number(text, nil) ?? number(text, mark) {
      return holds(one, comparison, other)
    }
    let dates = [field, text].map { try? PartialDate(edtf: ForeignDate.edtf($0, row.options.dates)) }
    if let one = dates[0], let other = dates[1] {
      switch comparison {
      case .less: return one.latest < other.earliest
      case .greater: return one.earliest > other.latest
      case .lessOrEqual: return one.latest <= other.latest
      default: return one.earliest >= other.earliest
      }
    }
    throw Failures.rowComparison(column, field, text, span)
  }

  private func number(_ text: String, _ decimalMark: Character?) -> Decimal? {
    guard
      case .number(let number, .exact)? = ForeignNumber.syntax(text, decimalMark: decimalMark)?.form,
      number.isBare
    else { return nil }
    return Decimal(string: number.low)
  }

  private func holds(_ one: Decimal, _ comparison: ConditionSyntax.Comparison, _ other: Decimal) -> Bool {
    switch comparison {
    case .less: one < other
    case .lessOrEqual: one <= other
    case .greater: one > other
    default: one >= other
    }
  }
}
