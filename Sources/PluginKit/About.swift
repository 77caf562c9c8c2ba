/// What an analysis computes, for whoever is to trust its numbers: `about centrality` prints it, and the known answers are
/// tests.
public struct About: Hashable, Sendable, Encodable {
  /// What is computed, in sentences.
  public var definition: String
  /// How, as formulas in plain text, one a line; none where a definition says it all.
  public var formulas: [String]
  /// The papers, standards or programs that it follows.
  public var sources: [String]
  /// Published answers that it gives.
  public var known: [KnownAnswer]
  /// What it does not say: what a reader might take it for.
  public var limits: [String]

  /// What an analysis computes.
  public init(
    _ definition: String, formulas: [String] = [], sources: [String], known: [KnownAnswer] = [],
    limits: [String]
  ) {
    self.definition = definition
    self.formulas = formulas
    self.sources = sources
    self.known = known
    self.limits = limits
  }
}

/// An answer that somebody published, and the analysis gives.
public struct KnownAnswer: Hashable, Sendable, Encodable {
  /// What it is of, and who published it.
  public var of: String
  /// The name of the commands that fill a registry with its data.
  public var data: String
  /// The command that gives it.
  public var command: String
  /// What the first column of the row says.
  public var row: String
  /// The column.
  public var column: String
  /// The number, to as many digits as were published.
  public var value: String

  /// An answer in a row and a column of what a command gives on some data.
  public init(
    of what: String, data: String, _ command: String, row: String, column: String, _ value: String
  ) {
    of = what
    self.data = data
    self.command = command
    self.row = row
    self.column = column
    self.value = value
  }
}
