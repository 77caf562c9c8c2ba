/// The clauses of a command, an entry or a block of fields, read by their declarations, and which were read.
///
/// A clause that was given and never read had no effect; ``unread`` tells it, and whoever carries a command out refuses
/// it. It is read from one thread.
public class ClauseReader {
  /// The clauses in the order in which they stand.
  private let clauses: [ClauseSyntax]
  /// By the places of the clauses; those behind the last of 64 count as read.
  private var read: UInt64 = 0

  /// - Throws: `duplicate-clause` where a clause stands twice that stands at most once.
  public init(_ clauses: [ClauseSyntax], of signatures: [ClauseSignature] = []) throws(Diagnostic) {
    self.clauses = clauses
    for (place, clause) in clauses.enumerated().dropFirst() {
      let keyword = clause.keyword.content
      guard clauses[..<place].contains(where: { $0.keyword.content == keyword }) else { continue }
      if !signatures.contains(where: { $0.keyword == keyword && $0.repeats }) {
        throw .duplicateClause(keyword, clause.keyword.span)
      }
    }
  }

  /// What stands behind a clause's keyword.
  public subscript<Content>(clause: Clause<Content>) -> Content? {
    take(clause.keyword).flatMap { clause.form.content($0.argument) }
  }

  /// Whether a keyword stands there.
  public subscript(flag: Flag) -> Bool { take(flag.keyword) != nil }

  /// What stands behind each of a repeated clause.
  public subscript<Content>(clause: RepeatableClause<Content>) -> [Content] {
    var contents: [Content] = []
    for (place, given) in clauses.enumerated() where given.keyword.content == clause.signature.keyword {
      mark(place)
      if let content = clause.form.content(given.argument) { contents.append(content) }
    }
    return contents
  }

  /// Whether a clause was given, which reads nothing of it.
  public func has<Content>(_ clause: Clause<Content>) -> Bool { place(of: clause.keyword) != nil }

  /// Whether a keyword was given, which reads nothing of it.
  public func has(_ flag: Flag) -> Bool { place(of: flag.keyword) != nil }

  /// Where a clause stands, for what is wrong with it.
  public func span<Content>(of clause: Clause<Content>) -> Span? {
    place(of: clause.keyword).map { clauses[$0].span }
  }

  /// Where a keyword stands, for what is wrong with it.
  public func span(of flag: Flag) -> Span? { place(of: flag.keyword).map { clauses[$0].span } }

  /// The keywords given among some, in the order in which they stand.
  public func keywords(among keywords: Set<String>) -> [Word] {
    clauses.map(\.keyword).filter { keywords.contains($0.content) }
  }

  /// The first clause that was given and not read.
  public var unread: ClauseSyntax? {
    clauses.enumerated().first { place, _ in place < 64 && read & (1 << UInt64(place)) == 0 }?.element
  }

  private func place(of keyword: String) -> Int? { clauses.firstIndex { $0.keyword.content == keyword } }

  private func mark(_ place: Int) { if place < 64 { read |= 1 << UInt64(place) } }

  private func take(_ keyword: String) -> ClauseSyntax? {
    guard let place = place(of: keyword) else { return nil }
    mark(place)
    return clauses[place]
  }
}
