/// A folder in which plugins are looked for.
public struct PluginFolder: Hashable, Sendable {
  /// Whose it is.
  public enum Owner: String, Hashable, Sendable {
    /// The installation: its plugins are trusted as the program is, and run in it.
    case program
    /// The user, who installed plugins into it: each in a folder of its own, its files pinned.
    case user
    /// Named on the command line or in ENTENTE_PLUGIN_PATH.
    case given
  }

  /// Its path.
  public var path: String
  /// Whose it is.
  public var owner: Owner

  /// A folder of an owner.
  public init(_ path: String, _ owner: Owner) {
    self.path = path
    self.owner = owner
  }
}
