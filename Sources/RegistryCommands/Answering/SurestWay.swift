import RegistryModel

/// How sure something is by several ways, of which one is enough.
struct SurestWay {
  var certainty: Certainty
  /// Whether the sources of a way that makes it so sure were certainly out: that those of another one were, which makes it
  /// only possible, is no help.
  var evidence: Certainty

  /// - Parameter most: no surer than this is it by what all ways share.
  init?(_ ways: [SurestWay], notAbove most: Certainty = .certainly) {
    guard let surest = ways.map(\.certainty).max() else { return nil }
    let certainty = min(surest, most)
    self.init(certainty, ways.filter { $0.certainty >= certainty }.map(\.evidence).max() ?? .possibly)
  }

  init(_ certainty: Certainty, _ evidence: Certainty) {
    (self.certainty, self.evidence) = (certainty, evidence)
  }
}
