public import RegistryModel

extension StatementRecord {
  /// Who says so, each origin once: the speaker or originator inside a source (`via`), or else the source itself.
  ///
  /// Two papers that quote one figure of the IEA are one origin. Case, accents and hyphens do not make another one.
  public var origins: [String] {
    var seen: Set<String> = []
    return citations.filter { $0.stance == .claims }.compactMap { citation in
      // A source's key and the name of a speaker are told apart by the separator that no name has.
      let origin = citation.via.map(foldedName) ?? "\u{1}" + citation.source.text
      return seen.insert(origin).inserted ? citation.via ?? citation.source.text : nil
    }
  }
}
