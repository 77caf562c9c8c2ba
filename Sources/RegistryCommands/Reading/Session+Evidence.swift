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

  /// The period that clauses give: at most one word for its start, and one for its end or the day it was last seen.
  func validity(_ clauses: [ClauseSyntax]) throws(Failure) -> Validity {
    let words = clauses.filter { Self.periodWords.contains($0.keyword.content) }
    guard let first = words.first else { return Validity() }
    func date(_ keyword: String) throws(Failure) -> PartialDate? {
      guard case .date(let word)? = words.first(where: { $0.keyword.content == keyword })?.argument else {
        return nil
      }
      return try self.date(word.content, word.span)
    }
    let keywords = words.map(\.keyword.content)
    let allowed: [Set<String>] = [
      ["from", "until"], ["from", "through"], ["from", "still on"], ["on"], ["within"],
    ]
    guard Set(keywords).count == keywords.count, allowed.contains(where: { $0.isSuperset(of: keywords) })
    else {
      throw Failures.periodWords(keywords, words[1].span)
    }
    if case .dateRange(let low, let high) = first.argument {
      let extent = Validity.Extent.within(
        try self.date(low.content, low.span), try self.date(high.content, high.span))
      return try possible(Validity(extent), words)
    }
    if let seen = try date("on") { return Validity(.seen(seen)) }
    let start = try date("from")
    if let still = try date("still on") {
      // Without a start it says no more than `on`.
      guard let start else { return Validity(.seen(still)) }
      return try possible(Validity(.ongoing(start, still: still)), words)
    }
    let end: Validity.End?
    if let until = try date("until") {
      end = .until(until)
    } else {
      end = try date("through").map { .through($0) }
    }
    return try possible(Validity(.period(start.map { .from($0) }, end)), words)
  }

  private static let periodWords = Set(StandardClauses.validity.map(\.keyword))

  /// Refuses a period that ends before it starts.
  private func possible(_ validity: Validity, _ clauses: [ClauseSyntax]) throws(Failure) -> Validity {
    if validity.isPossible { return validity }
    let span = clauses.last { ["until", "through", "within", "still on"].contains($0.keyword.content) }?.span
    throw Failures.periodReversed(span ?? clauses[0].span)
  }
}
