public import FoundationEssentials

/// One cell of a result, typed so that every output format can say it in its own way.
///
/// What is large stands behind a reference, so that a cell takes 24 bytes.
public enum Cell: Hashable, Sendable {
  /// Nothing is stated here.
  case empty
  case text(String)
  case key(Key)
  case integer(Int64)
  case decimal(Decimal)
  case real(Double)
  indirect case quantity(Quantity)
  indirect case date(PartialDate)
  indirect case validity(Validity)
  /// A list, joined by commas where a format has no lists.
  case list([Cell])
  /// The ids of the statements that a row stands for: the first is shown, with how many more there are.
  case statements([StatementID])
}

/// A column of a result.
public struct Column: Hashable, Sendable {
  public var name: String
  /// Numbers and money stand right.
  public var alignsRight: Bool
  public init(_ name: String, alignsRight: Bool = false) {
    self.name = name
    self.alignsRight = alignsRight
  }
}

/// How a result is best drawn, and from which of its columns.
public struct ResultView: Hashable, Sendable {
  /// The drawings that there are.
  public enum Kind: String, Hashable, Sendable {
    /// Of a label and a number.
    case bar
    /// Of a label, a start and an end.
    case timeline
    /// Of a row, a column and a value.
    case matrix
    /// Of two ends and, where it is told, a weight.
    case network
    /// Of places, such as the keys of states, and, where it is told, a word or a number.
    case map
  }
  public var kind: Kind
  /// Places of columns, in the order that the kind asks for.
  public var columns: [Int]
  public init(_ kind: Kind, _ columns: [Int]) {
    self.kind = kind
    self.columns = columns
  }

  /// A table of which each row, and each column but the first, is one of a matrix.
  public static let wideMatrix = ResultView(.matrix, [])
  public var isWideMatrix: Bool { self == Self.wideMatrix }
}

/// The statements behind the rows of a result, as whoever made it names them, so that `why row` can show claims, quotes and
/// sources.
public struct ResultEvidence: Hashable, Sendable {
  /// Those behind a column of each row, or behind all of a row.
  public struct Behind: Hashable, Sendable {
    /// The heading; nothing for the whole row.
    public var column: String?
    /// Row by row.
    public var statements: [[StatementID]]
    public init(column: String?, statements: [[StatementID]]) {
      self.column = column
      self.statements = statements
    }
  }
  public var behind: [Behind]
  public init(_ behind: [Behind]) { self.behind = behind }
}

/// The answer to a command: typed columns, rows, and notes that go beside them, not into them.
public struct ResultTable: Hashable, Sendable {
  /// What the table is of, for a heading on a terminal.
  public var title: String?
  public var columns: [Column]
  public var rows: [[Cell]]
  /// Sentences for the reader, such as `7 not stated, left out`; they go to standard error off a terminal.
  public var notes: [String]
  /// From where it was asked, for a picture that goes on without the question: `as of 2026-11-22`.
  public var ofWhen: String?
  /// How the result is best drawn, where somebody says so.
  public var view: ResultView?
  /// What stands behind its rows, where that is known.
  public var evidence: ResultEvidence?
  /// The page that its rows are of, which formats for people write in their place.
  public var page: Page?
  /// What an analysis calls it, where it gives several.
  public var name: String?
  /// The further tables of an analysis that gives several.
  public var following: [ResultTable] = []
  /// What a picture of it is called, where that says more: what was asked.
  public var pictureTitle: String?
  /// The things that it was asked of, which stand before that.
  public var pictureThings: [Key] = []
  /// The sources behind its rows, by their keys, where no column names them.
  public var pictureSources: [String] = []
  /// The tables that it was given with, which a picture of it may read.
  public var beside: [ResultTable] = []
  /// Whether its plain numbers measure what its rows are, so that a drawing may compare them: of what a user asked for
  /// in SQL, or what an analysis found. Numbers of the program's own tables may be years, places or counts of unlike things.
  public var hasMeasures = false
  /// Whether it is written to be read again, so that cells say exactly what they stand for, to whoever looks at them too.
  public var isToComeBack = false

  public init(title: String? = nil, columns: [Column], rows: [[Cell]] = [], notes: [String] = []) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.notes = notes
  }
}
