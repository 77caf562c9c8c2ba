extension Transactor {
  func atOneMoment<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard !state.isHeld, state.transaction == nil, !db.isInTransaction else {
      // A question that is given up takes nothing of the open transaction with it.
      guard db.failsAsAWhole, state.transaction != nil, !state.isReadingInPart else { return try body() }
      state.isReadingInPart = true
      defer { state.isReadingInPart = false }
      return try atomically(body)
    }
    // Where it cannot be had, what `body` reads fails by itself and says why.
    state.isHeld = (try? db.begin(.reading)) != nil
    defer { state.letGo() }
    return try body()
  }
}
