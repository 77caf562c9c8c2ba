internal import RegistryStore

extension RegistryState {
  /// Whether facts of a scope are a view.
  func isViewed(_ scope: Scope) -> Bool { scope == .temp && memory.past?.views != nil }

  /// ``Facts/only(_:in:isViewed:)`` of a scope as it is read.
  func facts(_ part: Facts.Part, in scope: Scope) -> String {
    Facts.only(part, in: scope, isViewed: isViewed(scope))
  }
}
