internal import RegistryStore

extension SQLiteRegistry {
  public func atOneMoment<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard !isHeld, open == nil, db.isAutocommit else { return try body() }
    // Where it cannot be had, what `body` reads fails by itself and says why.
    isHeld = (try? db.run("BEGIN")) != nil
    defer { letGo() }
    return try body()
  }

  /// Ends what ``atOneMoment(_:)`` holds. Tables made in `temp` stay, so it is a commit, of nothing else.
  func letGo() {
    guard isHeld else { return }
    isHeld = false
    hasNoticed = false
    if !db.isAutocommit { _ = try? db.run("COMMIT") }
  }
}
