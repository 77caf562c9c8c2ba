/// A relation as a value: what SQL reads as a view and plugins open by its name, with what its columns are and mean, and
/// which of the three times change what is in it.
///
/// It is declared once. The views that a store makes, what plugins may ask for, the contract's header and the pages that
/// describe them all come from here; each is held to it by a test.
public struct RelationDeclaration: Hashable, Sendable {
  /// A column, and what its cells are where they are not empty.
  public struct Column: Hashable, Sendable {
    /// What a cell is.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
      case text, key, integer, decimal
      /// As its source has it: a day, a month, a year, or words such as `unknown`.
      case date
      /// A date of one day: a bound of something.
      case day
      case boolean
    }
    /// Its name.
    public let name: String
    /// What its cells are.
    public let kind: Kind
    /// What it says.
    public let about: String

    init(_ name: String, _ kind: Kind, _ about: String) {
      self.name = name
      self.kind = kind
      self.about = about
    }

    static func text(_ name: String, _ about: String) -> Column { Column(name, .text, about) }
    static func key(_ name: String, _ about: String) -> Column { Column(name, .key, about) }
    static func integer(_ name: String, _ about: String) -> Column { Column(name, .integer, about) }
    static func decimal(_ name: String, _ about: String) -> Column { Column(name, .decimal, about) }
    static func date(_ name: String, _ about: String) -> Column { Column(name, .date, about) }
    static func day(_ name: String, _ about: String) -> Column { Column(name, .day, about) }
    static func boolean(_ name: String, _ about: String) -> Column { Column(name, .boolean, about) }
  }

  /// What of the times asked for changes a relation.
  public struct Following: OptionSet, Hashable, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// On which date it holds.
    public static let date = Following(rawValue: 1)
    /// Which sources were out.
    public static let sources = Following(rawValue: 2)
    /// What was recorded.
    public static let record = Following(rawValue: 4)
    /// Whose word counts; groups and parts are background, and taken from all sources.
    public static let speakers = Following(rawValue: 8)

    /// All of them.
    public static let every: Following = [.date, .sources, .record, .speakers]
  }

  /// What it is opened by.
  public let name: String
  /// What its rows are.
  public let about: String
  /// Which of the three times, and whether whose word counts, change what is in it.
  public let follows: Following
  /// Its columns; later versions append.
  public let columns: [Column]

  init(_ name: String, _ about: String, follows: Following, _ columns: [Column]) {
    self.name = name
    self.about = about
    self.follows = follows
    self.columns = columns
  }

  /// All of them, in the order in which they are listed.
  public static let all: [RelationDeclaration] = ofThings + ofMembers + basic + ofStatements + ofSchema

  /// The relation of a name.
  public static func named(_ name: String) -> RelationDeclaration? { all.first { $0.name == name } }

  /// The column of a name.
  public func column(_ name: String) -> Column? { columns.first { $0.name == name } }

  /// A column that the program's own text names.
  package subscript(_ name: StaticString) -> Column {
    guard let column = column("\(name)") else { preconditionFailure("\(self.name) has no column \(name)") }
    return column
  }
}
