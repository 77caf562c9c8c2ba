/// What a completer offers for the text around the cursor.
public struct CompletionResult: Hashable, Sendable {
  /// One way to go on.
  public struct Candidate: Hashable, Sendable {
    /// What replaces the range, whole.
    public var text: String
    /// One line that tells what it is; may be empty.
    public var description: String
    /// Whether more of the same word can follow, as behind a folder's name; then no space is added.
    public var isUnfinished: Bool

    /// A way to go on, and what it is.
    public init(_ text: String, _ description: String = "", isUnfinished: Bool = false) {
      self.text = text
      self.description = description
      self.isUnfinished = isUnfinished
    }
  }

  /// What a candidate replaces, in UTF-8 offsets into the text.
  public var replaced: Range<Int>
  /// In the order in which they are listed.
  public var candidates: [Candidate]
  /// What is expected here, shown where there is nothing to offer; may be empty.
  public var hint: String

  /// An offer; none when `candidates` is empty.
  public init(replaced: Range<Int>, candidates: [Candidate], hint: String = "") {
    self.replaced = replaced
    self.candidates = candidates
    self.hint = hint
  }

  /// What the Tab key does about an offer.
  enum Effect: Hashable {
    /// Nothing fits.
    case none
    /// `text` takes the place of the UTF-8 range.
    case replace(Range<Int>, with: String)
    /// Several fit and share no more than what is typed.
    case list
    /// Nothing fits, and this is what could.
    case hint(String)
  }

  /// The only candidate is inserted, what several share likewise, and only then are they listed. A range that does
  /// not fit into the text counts as no offer.
  func effect(on text: String) -> Effect {
    let bytes = Array(text.utf8)
    guard let first = candidates.first, replaced.lowerBound >= 0, replaced.upperBound <= bytes.count else {
      return hint.isEmpty ? .none : .hint(hint)
    }
    let typed = String(decoding: bytes[replaced], as: UTF8.self)
    if candidates.count == 1 {
      let followedBySpace = bytes.dropFirst(replaced.upperBound).first == UInt8(ascii: " ")
      return .replace(replaced, with: first.text + (!first.isUnfinished && !followedBySpace ? " " : ""))
    }
    // What begins otherwise was found by another name: what the rest shares goes on with what is typed, one of them alone
    // would take the place of all others.
    let fitting = candidates.map(\.text).filter { $0.lowercased().hasPrefix(typed.lowercased()) }
    if fitting.count == 1 { return .list }
    let texts = fitting.isEmpty ? candidates.map(\.text) : fitting
    let shared = texts.dropFirst().reduce(texts[0], commonPrefix)
    let goesFurther = shared.count > typed.count && shared.lowercased().hasPrefix(typed.lowercased())
    return goesFurther ? .replace(replaced, with: shared) : .list
  }

  private func commonPrefix(_ one: String, _ other: String) -> String {
    String(zip(one, other).prefix { $0 == $1 }.map(\.0))
  }
}
