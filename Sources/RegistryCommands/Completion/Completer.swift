import CommandLanguage
import Dispatch
import FoundationEssentials
import RegistryModel
import RegistryStore

/// Tells what can stand at a place of a text: by the grammar of the commands, what the registry has, and, where a file is
/// wanted, the folder.
struct Completer {
  let store: any RegistryStore
  let commands: CommandTable
  /// What plugins offer.
  let analyses: [AnalysisSignature]
  /// The day that reading takes for today.
  let today: Day
  /// The folder that relative paths are read from.
  let folder: URL

  /// What can stand at `cursor`, a place in UTF-8 bytes: a function of the text, the cursor and the registry, and of the
  /// folder where a file is wanted.
  ///
  /// Candidates begin as the word does; where none does, they are those that are near to it.
  func complete(_ text: String, cursor: Int) -> Completion {
    let point = CompletionPoint(text: text, cursor: cursor, signatures: commands.signatures)
    var found = candidates(point, .prefix(point.prefix))
    if found.isEmpty, point.prefix.count > 1 {
      found = within(milliseconds: 80) { candidates(point, .near(point.prefix)) }
    }
    return Completion(span: point.replaced, candidates: found, hint: hint(point))
  }

  /// Breaks reading off after a time, with what was found by then: nobody waits for a guess.
  private func within<Result>(milliseconds: UInt64, _ body: () -> Result) -> Result {
    let outer = store.isInterrupted
    defer { store.isInterrupted = outer }
    let deadline = DispatchTime.now().uptimeNanoseconds + milliseconds * 1_000_000
    var isOver = false
    store.isInterrupted = {
      // Once: what was found is still to be read.
      guard !isOver, DispatchTime.now().uptimeNanoseconds > deadline else { return false }
      isOver = true
      return true
    }
    return body()
  }

  private func candidates(_ point: CompletionPoint, _ lookup: Lookup) -> [Completion.Candidate] {
    var found: [Completion.Candidate] = []
    var seen: Set<String> = []
    for expectation in point.expectations {
      for candidate in candidates(expectation, point, lookup) where seen.insert(candidate.text).inserted {
        found.append(candidate)
      }
    }
    return found
  }
}

extension Session {
  /// What can stand at `cursor`, a place in UTF-8 bytes: a function of the text, the cursor and the registry, and of the
  /// folder where a file is wanted.
  public func complete(_ text: String, cursor: Int) -> Completion {
    Completer(
      store: store, commands: commands, analyses: analyses?.analyses ?? [], today: today, folder: files.folder
    ).complete(text, cursor: cursor)
  }
}
