import CommandLanguage
import RegistryModel
import RegistryStore

/// What a `citing … { }` gives to every command between its braces.
struct EvidenceFrame: Hashable, Sendable {
  var source: Key
  var locator: String?
  var via: String?
  var qualifiers: [Qualifier]

  /// The citation that it makes alone.
  /// - Parameter place: where the row stands that is read; nil where none is.
  func citation(at place: String?) -> Citation {
    Citation(
      source: source, via: via, locator: locator ?? place, quote: nil, said: nil, inferred: nil,
      stance: .claims)
  }
}

extension Interpreter {
  /// The citation that clauses make together with the `citing` around them; nothing where there is neither.
  func citation(_ clauses: ClauseReader, _ span: Span, stance: Stance = .claims) throws(Failure) -> Citation?
  {
    func text(_ clause: Clause<Word>) -> String? { clauses[clause].map(parameters.text) }
    var source = evidence?.source
    if let name = clauses[EvidenceClauses.citing] { source = try self.source(name) }
    let inherits = source == evidence?.source
    let quote = text(EvidenceClauses.quote)
    let (via, locator) = (text(EvidenceClauses.via), text(EvidenceClauses.at))
    let (said, inferred) = (text(EvidenceClauses.said), text(EvidenceClauses.inferred))
    guard let source else {
      if let keyword = clauses.keywords(among: EvidenceClauses.keywords).first {
        throw Failures.missingSource(keyword, span)
      }
      return nil
    }
    return Citation(
      source: source, via: via ?? (inherits ? evidence?.via : nil),
      locator: locator ?? (inherits ? evidence?.locator : nil)
        ?? (quote == nil ? row?.locator : nil),
      quote: quote, said: said,
      inferred: inferred, stance: stance)
  }

  /// The citation that the `citing` around a command makes alone.
  func citationAround() -> Citation? { evidence?.citation(at: row?.locator) }

  /// The period that clauses give: at most one word for its start, and one for its end or the day it was last seen.
  func validity(_ clauses: ClauseReader) throws(Failure) -> Validity {
    let words = clauses.keywords(among: PeriodClauses.keywords)
    guard !words.isEmpty else { return Validity() }
    func date(_ clause: Clause<Word>) throws(Failure) -> PartialDate? {
      try clauses[clause].map { (word) throws(Failure) in try self.date(word) }
    }
    let keywords = words.map(\.content)
    let allowed: [Set<String>] = [
      ["from", "until"], ["from", "through"], ["from", "still on"], ["on"], ["within"],
    ]
    guard allowed.contains(where: { $0.isSuperset(of: keywords) }) else {
      throw Failures.periodWords(keywords, words[1].span)
    }
    if let range = clauses[PeriodClauses.within] {
      return try possible(Validity(.within(try self.date(range.first), try self.date(range.last))), words)
    }
    if let seen = try date(PeriodClauses.on) { return Validity(.seen(seen)) }
    let start = try date(PeriodClauses.from)
    if let still = try date(PeriodClauses.stillOn) {
      // Without a start it says no more than `on`.
      guard let start else { return Validity(.seen(still)) }
      return try possible(Validity(.ongoing(start, still: still)), words)
    }
    let end: Validity.End?
    if let until = try date(PeriodClauses.until) {
      end = .until(until)
    } else {
      end = try date(PeriodClauses.through).map { .through($0) }
    }
    return try possible(Validity(.period(start.map { .from($0) }, end)), words)
  }

  /// Refuses a period that ends before it starts.
  private func possible(_ validity: Validity, _ keywords: [Word]) throws(Failure) -> Validity {
    if validity.isPossible { return validity }
    let span = keywords.last { ["until", "through", "within", "still on"].contains($0.content) }?.span
    throw Failures.periodReversed(span ?? keywords[0].span)
  }
}
