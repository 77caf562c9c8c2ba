/// How much an analysis may give and use.
public struct PluginLimits: Hashable, Sendable {
  /// The most rows of a result.
  public var rows: Int
  /// The most bytes that all that a run gives may take in the program: rows, texts, notes, and the lines that it logs.
  public var bytes: Int
  /// The most notes of a result.
  public var notes: Int
  /// The most relations that are open at once.
  public var cursors: Int
  /// The most seconds that a run may take.
  public var seconds: Double
  /// The most bytes of memory that a worker may have.
  public var memory: Int

  /// Limits; by default what suits a desk.
  public init(
    rows: Int = 1_000_000, bytes: Int = 512 * 1024 * 1024, notes: Int = 1000, cursors: Int = 256,
    seconds: Double = 600, memory: Int = 2 * 1024 * 1024 * 1024
  ) {
    self.rows = rows
    self.bytes = bytes
    self.notes = notes
    self.cursors = cursors
    self.seconds = seconds
    self.memory = memory
  }
}

/// What is told of a run while it is under way, on the thread that runs it.
public struct PluginObserver {
  /// How far it is, from 0 to 1 or nothing where that is not known, and at what.
  public var progress: (Double?, String) -> Void
  /// A line for whoever looks into the plugin's working.
  public var log: (String) -> Void
  /// A line that the plugin's process wrote to standard error; what it does to a terminal is not yet taken from it.
  public var said: (String) -> Void

  /// An observer; what is left out is not looked at.
  public init(
    progress: @escaping (Double?, String) -> Void = { _, _ in }, log: @escaping (String) -> Void = { _ in },
    said: @escaping (String) -> Void = { _ in }
  ) {
    self.progress = progress
    self.log = log
    self.said = said
  }
}
