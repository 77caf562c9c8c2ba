public import RegistryModel

/// Which paths: from members through groups to a group (``Groups``), or from parts through wholes to a whole, each by one
/// property that can be followed (``Parts``).
public struct PathQuery: Hashable, Sendable {
  public enum Following: Hashable, Sendable { case groups, parts }

  public var following: Following
  /// Where they begin: members or parts; nothing for anywhere.
  public var members: [Key]?
  /// Where they end: groups or wholes; nothing for anywhere.
  public var reached: [Key]?

  public init(_ following: Following, of members: [Key]? = nil, in reached: [Key]? = nil) {
    self.following = following
    self.members = members
    self.reached = reached
  }
}
