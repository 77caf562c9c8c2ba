import RegistryModel
import RegistryStore

/// What names were found to mean before anybody asked: asked for many rows at once, and true until somebody is given a name,
/// which may be one of these in another spelling.
final class AnswersAhead {
  private var known: [NameQuery: [NameMatch]] = [:]
  /// How often names were given.
  private(set) var givings = 0

  /// The answer to a question, where there is one.
  func answer(_ query: NameQuery) -> [NameMatch]? { known.isEmpty ? nil : known[query] }

  /// Takes in answers in place of those before.
  func know(_ answers: [NameQuery: [NameMatch]]) { known = answers }

  /// Somebody is given a name.
  func noteGiving() {
    givings += 1
    known = [:]
  }
}
