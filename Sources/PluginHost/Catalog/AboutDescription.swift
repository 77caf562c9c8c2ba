/// What an analysis says that it computes.
public struct AboutDescription: Hashable, Sendable {
  /// An answer that somebody published, and it gives.
  public struct KnownAnswer: Hashable, Sendable, Decodable {
    /// What it is of, and who published it.
    public var of: String
    /// The name of the commands that fill a registry with its data.
    public var data: String
    /// The command that gives it.
    public var command: String
    /// What the first column of the row says, the column, and the number to as many digits as were published.
    public var row: String
    public var column: String
    public var value: String
  }

  /// In sentences.
  public var definition: String
  /// How, one a line.
  public var formulas: [String]
  /// The papers, standards or programs that it follows.
  public var sources: [String]
  /// Published answers that it gives.
  public var known: [KnownAnswer]
  /// What it does not say.
  public var limits: [String]
}

extension AboutDescription: Decodable {
  private enum Field: String, CodingKey { case definition, formulas, sources, known, limits }

  /// Reads it; all but the definition may be left out.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    definition = try fields.decode(String.self, forKey: .definition)
    formulas = try fields.decodeIfPresent([String].self, forKey: .formulas) ?? []
    sources = try fields.decodeIfPresent([String].self, forKey: .sources) ?? []
    known = try fields.decodeIfPresent([KnownAnswer].self, forKey: .known) ?? []
    limits = try fields.decodeIfPresent([String].self, forKey: .limits) ?? []
  }
}

extension AboutDescription {
  /// Every text of it, changed.
  func mapped(_ change: (String) -> String) -> AboutDescription {
    var copy = self
    copy.definition = change(definition)
    copy.formulas = formulas.map(change)
    copy.sources = sources.map(change)
    copy.limits = limits.map(change)
    copy.known = known.map { known in
      KnownAnswer(
        of: change(known.of), data: change(known.data), command: change(known.command),
        row: change(known.row),
        column: change(known.column), value: change(known.value))
    }
    return copy
  }
}
