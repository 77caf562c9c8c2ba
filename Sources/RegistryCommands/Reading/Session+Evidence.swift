import CommandLanguage
import RegistryModel
import RegistryStore

/// What a `citing … { }` gives to every command between its braces.
struct EvidenceFrame: Hashable, Sendable {
  var source: Key
  var locator: String?
  var via: String?
  var qualifiers: [Qualifier]
}

extension Session {
  /// The citation that clauses make together with the `citing` around them; nothing where there is neither.
  func citation(_ clauses: [ClauseSyntax], _ span: Span, stance: Stance = .claims) throws(Failure)
    -> Citation?
  {
    func text(_ keyword: String) throws(Failure) -> String? {
      guard let clause = clauses.last(where: { $0.keyword.content == keyword }) else { return nil }
      guard case .text(let word) = clause.argument else { return nil }
      return try self.text(word)
    }
    var source = evidence.last?.source
    if case .name(let name)? = clauses.last(where: { $0.keyword.content == "citing" })?.argument {
      source = try self.source(name)
    }
    let inherits = source == evidence.last?.source
    let quote = try text("quote")
    let said = try text("said")
    let inferred = try text("inferred because")
    guard let source else {
      if quote != nil || said != nil { throw Failures.missingSource(span) }
      return nil
    }
    return Citation(
      source: source, via: try text("via") ?? (inherits ? evidence.last?.via : nil),
      locator: try text("at") ?? (inherits ? evidence.last?.locator : nil)
        ?? (quote == nil ? importing?.locator : nil),
      quote: quote, said: said,
      inferred: inferred, stance: stance)
  }

  /// The period that clauses give.
  func validity(_ clauses: [ClauseSyntax]) throws(Failure) -> Validity {
    var start: Validity.Start?
    var end: Validity.End?
    for clause in clauses {
      switch (clause.keyword.content, clause.argument) {
      case ("from", .date(let word)):
        let date = try date(word.content, word.span)
        start = .from(date)
      case ("until", .date(let word)): end = .until(try date(word.content, word.span))
      case ("through", .date(let word)): end = .through(try date(word.content, word.span))
      case ("on", .date(let word)): return Validity(.seen(try date(word.content, word.span)))
      case ("within", .dateRange(let first, let last)):
        let extent = Validity.Extent.within(
          try date(first.content, first.span), try date(last.content, last.span))
        return try possible(Validity(extent), [clause])
      default: break
      }
    }
    guard start != nil || end != nil else { return Validity() }
    return try possible(Validity(.period(start, end)), clauses)
  }

  /// Refuses a period that ends before it starts.
  private func possible(_ validity: Validity, _ clauses: [ClauseSyntax]) throws(Failure) -> Validity {
    if validity.isPossible { return validity }
    let span = clauses.last { ["until", "through", "within"].contains($0.keyword.content) }?.span
    throw Failures.periodReversed(span ?? clauses[0].span)
  }
}
