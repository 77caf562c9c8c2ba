internal import RegistryStore

/// Asserting and ending what others may have asserted and ended meanwhile.
extension Truth {
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

  /// Ends the life that an earlier transaction began, if it goes on.
  /// - Returns: whether it did.
  func withdraw(_ thing: Thing, _ id: Int64, begunBy began: Int64) throws(StoreProblem) -> Bool {
    let isOpen =
      if thing.saysByItself, let own = try ownLife(thing, id) {
        own.began == began && own.ended == nil
      } else {
        try db.integer(
          "SELECT 1 FROM main.life WHERE thing = ? AND id = ? AND tx_in = ? AND tx_out = \(openEnd)",
          [.integer(thing.rawValue), .integer(id), .integer(began)]) != nil
      }
    if isOpen { try end(thing, id, begunBy: began) }
    return isOpen
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
          UPDATE main.life SET tx_out = \(number) WHERE thing = ? AND id = ? AND tx_in = ? AND tx_out = \(openEnd)
          """, life) > 0
    }
    if !isEnded {
      try db.run("INSERT INTO main.ending(thing, id, tx_in, tx_out) VALUES (?, ?, ?, \(number))", life)
    }
    try note(thing, id, seen: began)
    try touch(thing, id)
  }
}
