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
  public init(name: String, about: String, columns: [Column]) {
    self.name = name
    self.about = about
    self.columns = columns
  }
}
