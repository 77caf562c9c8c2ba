public import RegistryModel

/// The ids of citations in the uid of a transaction. What cites another line of the same file costs one block of the digest.
public struct CitationDigest {
  private struct Rest: Hashable {
    var source: Key
    var place: ExactText?
    var hasLine: Bool
    var via, quote, said, inferred: ExactText?
    var stance: Stance
  }
  private var last: (rest: Rest, id: ContentID)?

  public init() {}

  /// - Parameter citation: as it was recorded, with the first key of its source.
  public mutating func id(of citation: Citation, on statement: ContentID) -> ContentID {
    let line = citation.line
    let rest = Rest(
      source: citation.source, place: (line?.file ?? citation.locator).map(ExactText.init),
      hasLine: line != nil, via: citation.via.map(ExactText.init), quote: citation.quote.map(ExactText.init),
      said: citation.said.map(ExactText.init), inferred: citation.inferred.map(ExactText.init),
      stance: citation.stance)
    if last?.rest != rest {
      last = (
        rest,
        ContentID(parts: [
          rest.source.text, rest.place?.text, rest.hasLine ? "line" : nil, rest.via?.text, rest.quote?.text,
          rest.said?.text, rest.inferred?.text, rest.stance.rawValue,
        ])
      )
    }
    guard let last else { return statement }
    return ContentID(statement, last.id, line?.line ?? 0)
  }
}

extension Citation {
  /// The file and the line of a locator such as `deals.csv:17`; nothing where reading it back would give another text.
  public var line: (file: String, line: Int64)? {
    guard let locator, let colon = locator.utf8.lastIndex(of: UInt8(ascii: ":")), colon > locator.startIndex
    else { return nil }
    let digits = locator.utf8[locator.utf8.index(after: colon)...]
    guard (1...18).contains(digits.count), digits.first != UInt8(ascii: "0"),
      digits.allSatisfy({ (0x30...0x39).contains($0) }), let line = Int64(Substring(digits))
    else { return nil }
    return (String(locator[..<colon]), line)
  }
}
