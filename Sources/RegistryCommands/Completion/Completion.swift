public import CommandLanguage
import Dispatch
import RegistryStore

/// What can stand at the cursor.
public struct Completion: Hashable, Sendable {
  public struct Candidate: Hashable, Sendable {
    public var text: String
    /// One line beside it.
    public var about: String
    /// Whether more of the same word can follow, as behind a folder's name.
    public var isUnfinished: Bool
    public init(_ text: String, _ about: String, isUnfinished: Bool = false) {
      self.text = text
      self.about = about
      self.isUnfinished = isUnfinished
    }
  }
  /// What the chosen candidate replaces, in UTF-8 bytes of the text.
  public var span: Span
  public var candidates: [Candidate]
  /// What is expected here, in words; empty where nothing is.
  public var hint: String
  public init(span: Span, candidates: [Candidate], hint: String = "") {
    self.span = span
    self.candidates = candidates
    self.hint = hint
  }
}

extension Session {
  /// What can stand at `cursor`, a place in UTF-8 bytes: a function of the text, the cursor and the registry, and of the
  /// folder where a file is wanted.
  ///
  /// Candidates begin as the word does; where none does, they are those that are near to it.
  public func complete(_ text: String, cursor: Int) -> Completion {
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
