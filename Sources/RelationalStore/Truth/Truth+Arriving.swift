internal import RegistryModel
internal import RegistryStore

/// Asserting and ending what others may have asserted and ended meanwhile.
extension Truth {
  /// What another registry, or a dump, says that a transaction is known by.
  /// - Throws: `historyRefused` where it cannot be counted on from.
  func tested(
    _ identity: TransactionIdentity?, of transaction: TransactionID
  ) throws(StoreProblem) -> TransactionIdentity? {
    guard let identity, !identity.isPossible else { return identity }
    throw .historyRefused(transaction, .isImpossible(number: identity.number, clock: identity.clock))
  }

  /// Begins a life of a thing beside those that it has.
  func assertToo(_ thing: Thing, _ id: Int64) throws(StoreProblem) {
    let number = try transactionNumber()
    if thing.saysByItself, let own = try ownLife(thing, id) {
      let end = own.ended.map(String.init) ?? openEnd
      try db.run(
        "INSERT INTO main.life(thing, id, tx_in, tx_out) VALUES (?, ?, ?, \(end))",
        [.integer(thing.rawValue), .integer(id), .integer(own.began)])
      try db.run("UPDATE main.\(thing.table) SET tx = NULL, ended = NULL WHERE id = ?", [.integer(id)])
    }
    try db.run(
      "INSERT INTO main.life(thing, id, tx_in) VALUES (?, ?, ?)",
      [.integer(thing.rawValue), .integer(id), .integer(number)])
    try note(thing, id)
    try touch(thing, id)
  }

  /// Ends what goes on of the life that an earlier transaction began, and of those by which it was brought back here since:
  /// what others asserted beside it goes on.
  /// - Returns: whether any did.
  func withdraw(_ thing: Thing, _ id: Int64, since began: Int64) throws(StoreProblem) -> Bool {
    let open: [Int64] =
      if thing.saysByItself, let own = try ownLife(thing, id) {
        own.ended == nil ? [own.began] : []
      } else {
        try db.integers(
          "SELECT tx_in FROM main.life WHERE thing = ? AND id = ? AND tx_out = \(openEnd)",
          [.integer(thing.rawValue), .integer(id)])
      }
    var ours: [Int64] = []
    for transaction in open {
      if transaction == began {
        ours.append(transaction)
      } else if transaction > began {
        let isOurs = try db.integer(
          "SELECT 1 FROM main.tx WHERE id = ? AND arrived IS NULL", [.integer(transaction)])
        if isOurs != nil { ours.append(transaction) }
      }
    }
    if ours.count == open.count { return try withdraw(thing, id) }
    for transaction in ours { try end(thing, id, begunBy: transaction) }
    return !ours.isEmpty
  }

  /// Ends the life that a transaction began; where another ended it before, that this one did too is kept.
  func end(_ thing: Thing, _ id: Int64, begunBy began: Int64) throws(StoreProblem) {
    let number = try transactionNumber()
    let life: [SQL] = [.integer(thing.rawValue), .integer(id), .integer(began)]
    var isEnded = false
    if thing.saysByItself, let own = try ownLife(thing, id), own.began == began {
      isEnded = own.ended == nil
      if isEnded {
        try db.run(
          "UPDATE main.\(thing.table) SET ended = ? WHERE id = ?", [.integer(number), .integer(id)])
      }
    } else {
      isEnded =
        try db.run(
          """
          UPDATE main.life SET tx_out = ?4 WHERE thing = ?1 AND id = ?2 AND tx_in = ?3 AND tx_out = \(openEnd)
          """, life + [.integer(number)]) > 0
    }
    if !isEnded {
      try db.run(
        "INSERT INTO main.ending(thing, id, tx_in, tx_out) VALUES (?, ?, ?, ?)", life + [.integer(number)])
    }
    try note(thing, id, seen: began)
    try touch(thing, id)
  }
}
