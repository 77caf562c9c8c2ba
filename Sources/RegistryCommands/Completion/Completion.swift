public import CommandLanguage

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
