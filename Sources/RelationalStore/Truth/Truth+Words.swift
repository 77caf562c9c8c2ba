internal import RegistryModel
internal import RegistryStore

extension Truth {
  /// The row of a word that is kept once; it is written where it is not there.
  func wordID(_ text: String) throws(StoreProblem) -> Int64 {
    if let known = state.memory.words[ExactText(text)] { return known }
    var id = try db.integer("SELECT id FROM main.word WHERE text = ?", [.text(text)])
    if id == nil {
      try db.write("INSERT INTO main.word(text) VALUES (?)", [.text(text)])
      id = db.lastInsertedID
    }
    let found = id ?? 0
    state.memory.know(word: ExactText(text), found)
    return found
  }
}
