import RegistryRules
import RegistryStore

/// What is told where groups or parts may go on deeper than they are followed.
enum DepthNote {
  static func words(_ following: PathQuery.Following) -> String {
    switch following {
    case .groups:
      "groups within groups are followed \(Groups.longestPath) deep: what lies deeper is not in this answer"
    case .parts:
      "parts of parts are followed \(Parts.longestPath) deep: what lies deeper is not in this answer"
    }
  }
}
