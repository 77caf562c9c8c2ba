extension Transactor {
  func atOneMoment<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard !state.isHeld, state.transaction == nil, !db.isInTransaction else { return try body() }
    // Where it cannot be had, what `body` reads fails by itself and says why.
    state.isHeld = (try? db.begin(.reading)) != nil
    defer { state.letGo() }
    return try body()
  }
}
