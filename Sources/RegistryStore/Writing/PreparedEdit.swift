public import RegistryModel

/// An edit with what follows from it alone: by what its statement and its citation are known. A digest takes as long as
/// a row of a table, and needs no registry: whoever has a thread to spare prepares edits there.
public struct PreparedEdit: Hashable, Sendable {
  public let edit: Edit
  /// Of a claim or a denial whose keys are those that its entities had first; nil for any other edit.
  public let known: KnownContent?

  /// An edit of which nothing was made out.
  public init(_ edit: Edit) { (self.edit, known) = (edit, nil) }

  fileprivate init(_ edit: Edit, _ known: KnownContent) { (self.edit, self.known) = (edit, known) }
}

/// Content of a dump with what follows from it alone, as a ``PreparedEdit``.
public struct PreparedContent: Hashable, Sendable {
  public let content: RecordedContent
  /// Of a claim, a denial or a citation; nil for any other content.
  public let known: KnownContent?

  /// Content of which nothing was made out.
  public init(_ content: RecordedContent) { (self.content, known) = (content, nil) }

  fileprivate init(_ content: RecordedContent, _ known: KnownContent) {
    (self.content, self.known) = (content, known)
  }
}

/// By what a statement and what cites it are known, under the keys that they are written with.
public struct KnownContent: Hashable, Sendable {
  public let statement: StatementID
  /// As it counts in the uid of a transaction; nil where nothing is cited.
  public let citation: ContentID?
}

/// Prepares edits one after the other.
public struct EditPreparer {
  private var citing = CitationDigest()
  /// The statement that was prepared last: a dump says of each what is claimed and who says so.
  private var last: (statement: Statement, id: StatementID)?

  public init() {}

  public mutating func prepare(_ edit: Edit) -> PreparedEdit {
    switch edit {
    case .claim(let statement, let citation): PreparedEdit(edit, known(statement, citation, .claims))
    case .deny(let statement, let citation): PreparedEdit(edit, known(statement, citation, .denies))
    default: PreparedEdit(edit)
    }
  }

  public mutating func prepare(_ content: RecordedContent) -> PreparedContent {
    switch content {
    case .claim(let statement): PreparedContent(content, known(statement, nil, .claims))
    case .denial(let statement): PreparedContent(content, known(statement, nil, .denies))
    case .citation(let statement, let citation):
      PreparedContent(content, known(statement, citation, citation.stance))
    default: PreparedContent(content)
    }
  }

  private mutating func known(
    _ statement: Statement, _ citation: Citation?, _ stance: Stance
  ) -> KnownContent {
    let id: StatementID
    if let last, last.statement.isExactly(statement) { id = last.id } else { id = statement.id }
    last = (statement, id)
    guard var citation else { return KnownContent(statement: id, citation: nil) }
    citation.stance = stance
    return KnownContent(
      statement: id, citation: citing.id(of: citation, on: ContentID(digest: id.digest)))
  }
}
