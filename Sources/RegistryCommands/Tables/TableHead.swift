import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// What `list` and `count` can be of beside the entities of a type: statements, sources, transactions, types, properties,
/// and the values of a path. Each is a table with columns of its own, which `where`, `sort`, `columns` and `by` name.
struct TableHead<Row> {
  /// What it is called behind `list`.
  var name: String
  /// Everything that can be asked for.
  var columns: [TableColumn<Row>]
  /// What is shown where nothing else is asked for.
  var shown: [Key]
  /// What always stands first, so that a row can be told from others.
  var always: [Key] = []
  /// The entity that a row is of, whose properties can be asked for too.
  var entity: ((Row) -> Key?)?
  /// Whether a row is certain at the times asked for, where they can make it merely possible.
  var certainty: ((Row) -> Certainty)?
  /// What is said of a row that is not certain, where there is a word for it.
  var word: ((Row) -> String?)?
  /// How many rows are shown where no limit is told.
  var usualLimit: Int?
  /// Hands on the rows in batches, as long as it is told to go on. What is narrowed by columns may be given anyway.
  var read: (_ narrowed: TableNarrowing, _ more: ([Row]) throws(Failure) -> Bool) throws(Failure) -> Void

  /// The column of a name.
  func column(_ name: String) -> TableColumn<Row>? { columns.first { $0.definition.key.text == name } }
}

/// A column of a table: what its values are, as a property's definition says it, and how they are had.
struct TableColumn<Row> {
  /// How what a condition compares it with is read.
  enum Reading {
    /// By the range of the definition.
    case byRange
    /// `t12`, which counts as its number.
    case transaction
    /// A type, by its key or its plural.
    case type
    /// A property.
    case property
    /// A word, or a type.
    case word
    /// Whatever it may be.
    case anything
  }

  var definition: PropertyDefinition
  var reading = Reading.byRange
  var values: (Row) -> [Value]
  /// What a condition is tested on, where that is more than what is shown: a property stands for what it narrows.
  var tested: ((Row) -> [Value])?
  /// What is shown, where that is not just the values.
  var cell: ((Row) -> Cell)?

  var key: Key { definition.key }
}

extension TableColumn {
  /// A column of texts.
  static func text(_ name: String, _ about: String, _ text: @escaping (Row) -> String?) -> TableColumn {
    TableColumn(definition: .column(name, .text, about)) { row in text(row).map { [.text($0)] } ?? [] }
  }

  /// A column of dates.
  static func date(
    _ name: String, _ about: String, _ date: @escaping (Row) -> PartialDate?
  ) -> TableColumn {
    TableColumn(definition: .column(name, .date, about)) { row in date(row).map { [.date($0)] } ?? [] }
  }

  /// A column of counts.
  static func count(_ name: String, _ about: String, _ count: @escaping (Row) -> Int) -> TableColumn {
    TableColumn(
      definition: .column(name, .number, about), values: { [.quantity(Quantity(low: .init(count($0))))] },
      cell: { .integer(Int64(count($0))) })
  }

  /// A column of `yes` and `no`.
  static func flag(_ name: String, _ about: String, _ flag: @escaping (Row) -> Bool) -> TableColumn {
    TableColumn(definition: .column(name, .choice(["no", "yes"]), about)) { [.text(flag($0) ? "yes" : "no")] }
  }

  /// A column of words in their order.
  static func choice(
    _ name: String, _ words: [String], _ about: String, _ word: @escaping (Row) -> String
  ) -> TableColumn {
    TableColumn(definition: .column(name, .choice(words), about)) { [.text(word($0))] }
  }

  /// A column of transactions.
  static func transaction(
    _ name: String, _ about: String, _ id: @escaping (Row) -> TransactionID?
  ) -> TableColumn {
    TableColumn(
      definition: .column(name, .number, about), reading: .transaction,
      values: { row in id(row).map { [.quantity(Quantity(low: .init($0.number)))] } ?? [] },
      cell: { row in id(row).map { .text($0.description) } ?? .empty })
  }
}

extension PropertyDefinition {
  /// What a column is, in the words of definitions.
  static func column(_ name: String, _ range: ValueRange, _ about: String) -> PropertyDefinition {
    PropertyDefinition(key: Key(unchecked: name), domain: [BuiltIn.entity], range: range, about: about)
  }
}

/// What a condition demands of every row by equality, so that the store need not read the others.
struct TableNarrowing {
  /// By column, any of the values.
  var equalities: [Key: [Value]] = [:]
}
