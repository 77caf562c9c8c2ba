internal import RegistryModel
internal import RegistryStore

/// The ids of citations in the uid of a transaction. What cites another line of the same file costs one block of the digest.
struct CitationID {
  private struct Rest: Hashable {
    var source: Key
    var place: String?
    var hasLine: Bool
    var via, quote, said, inferred: String?
    var stance: Stance
  }
  private var last: (rest: Rest, id: ContentID)?

  /// - Parameter citation: as it was recorded, with the first key of its source.
  mutating func id(of citation: Citation, on statement: ContentID) -> ContentID {
    let line = citation.locator.flatMap(CitationColumns.line)
    let rest = Rest(
      source: citation.source, place: line?.file ?? citation.locator, hasLine: line != nil, via: citation.via,
      quote: citation.quote, said: citation.said, inferred: citation.inferred, stance: citation.stance)
    if last?.rest != rest {
      last = (
        rest,
        ContentID(parts: [
          rest.source.text, rest.place, rest.hasLine ? "line" : nil, rest.via, rest.quote, rest.said,
          rest.inferred, rest.stance.rawValue,
        ])
      )
    }
    guard let last else { return statement }
    return ContentID(statement, last.id, line?.line ?? 0)
  }
}
