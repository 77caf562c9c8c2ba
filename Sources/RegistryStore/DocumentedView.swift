/// A view that SQL and plugins read, with what its columns mean.
public struct DocumentedView: Hashable, Sendable {
  public struct Column: Hashable, Sendable {
    public var name: String
    public var about: String
    public init(_ name: String, _ about: String) {
      self.name = name
      self.about = about
    }
  }
  public var name: String
  public var about: String
  public var columns: [Column]
  /// Which of the three times, and whether whose word counts, change what is in it.
  public var follows: Following

  /// What of the times asked for changes a view.
  public struct Following: OptionSet, Hashable, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// On which date it holds.
    public static let date = Following(rawValue: 1)
    /// Which sources were out, and which count.
    public static let sources = Following(rawValue: 2)
    /// What was recorded.
    public static let record = Following(rawValue: 4)
  }

  public init(name: String, about: String, columns: [Column], follows: Following) {
    self.name = name
    self.about = about
    self.columns = columns
    self.follows = follows
  }
}
