public import RegistryModel

/// What is read of a relation, as a value: any store can answer it, and none has to read another's language.
///
/// A row's cells are those of ``columns``, in their order.
public struct RelationQuery: Hashable, Sendable {
  /// How a column must compare with values.
  public enum Comparison: Hashable, Sendable, CaseIterable {
    case isIn, isNotIn, isAtLeast, isAtMost, isAbove, isBelow
  }

  /// What all rows must have in a column.
  public struct Filter: Hashable, Sendable {
    /// The column.
    public var column: RelationDeclaration.Column
    /// How it compares; all but the first two have one value.
    public var comparison: Comparison
    /// Keys and texts mean the same, dates their EDTF text. ``Cell/empty`` is what stands where nothing does.
    public var values: [Cell]

    public init(
      column: RelationDeclaration.Column, comparison: Comparison = .isIn, values: [Cell]
    ) {
      self.column = column
      self.comparison = comparison
      self.values = values
    }
  }

  /// What a row must be like.
  public indirect enum Condition: Hashable, Sendable {
    case filter(Filter)
    /// A boolean column says yes.
    case isTrue(RelationDeclaration.Column)
    /// What stands in the column is what the one column of another query finds somewhere.
    case isFound(RelationDeclaration.Column, RelationQuery)
    /// One of them is enough.
    case any([Condition])
  }

  /// By what rows are sorted. What is empty comes first, and in descending order last.
  public struct Order: Hashable, Sendable {
    public var column: RelationDeclaration.Column
    public var isDescending: Bool

    public static func ascending(_ column: RelationDeclaration.Column) -> Order {
      Order(column: column, isDescending: false)
    }
    public static func descending(_ column: RelationDeclaration.Column) -> Order {
      Order(column: column, isDescending: true)
    }
  }

  /// What is read.
  public var relation: RelationDeclaration
  /// Which of its columns, in this order.
  public var columns: [RelationDeclaration.Column]
  /// What all rows must be like.
  public var conditions: [Condition]
  /// By what the rows are sorted; nothing for any order.
  public var order: [Order]
  /// Where it is given, rows that are the same in all of ``columns`` are one, with a further cell: how many different
  /// values of this column they have.
  public var counted: RelationDeclaration.Column?
  /// At most so many rows.
  public var limit: Int?

  public init(
    _ relation: RelationDeclaration, _ columns: [RelationDeclaration.Column],
    where conditions: [Condition] = [],
    order: [Order] = [], counting counted: RelationDeclaration.Column? = nil, limit: Int? = nil
  ) {
    self.relation = relation
    self.columns = columns
    self.conditions = conditions
    self.order = order
    self.counted = counted
    self.limit = limit
  }

  /// Whether it reads a relation, itself or in a condition.
  public func reads(_ other: RelationDeclaration) -> Bool {
    func reads(_ condition: Condition) -> Bool {
      switch condition {
      case .filter, .isTrue: false
      case .isFound(_, let query): query.reads(other)
      case .any(let conditions): conditions.contains(where: reads)
      }
    }
    return relation.name == other.name || conditions.contains(where: reads)
  }
}

extension Cell {
  /// The date that it is, by its text: what a column of dates is compared with.
  package var asDate: PartialDate? {
    switch self {
    case .date(let date): try? PartialDate(edtf: date.edtf)
    case .text(let text): try? PartialDate(edtf: text)
    default: nil
    }
  }
}
