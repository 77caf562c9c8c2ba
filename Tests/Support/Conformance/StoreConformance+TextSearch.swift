import RegistryModel
import RegistryStore

/// Words found in texts, which a store may lack.
extension StoreConformance {
  /// What a store must do that finds words in texts (``TextSearching``).
  public static let checksOfTextSearch: [Check] = [
    Check("Full text finds names, texts and quotes, by words, beginnings and phrases") { store in
      let (texts, scene) = (try store.textSearching, StoreScene(store))
      try scene.transaction {
        try scene.source("s")
        try scene.add("thing", "a", "Price Forum")
        try scene.claim(
          "a", "purpose", .text("A floor under prices"), citing: "s", quote: "wants a price floor")
      }
      func places(_ text: String) throws -> Set<String> {
        Set(try texts.search(text, limit: 9, .all).map(\.place.rawValue))
      }
      try expect(try places("price"), is: ["name", "text", "quote"], "a beginning")
      try expect(try places("\"price floor\""), is: ["quote"], "a phrase")
      try expect(try places("FLOOR wants"), is: ["quote"], "words")
      try expect(try places("* OR ( \" -"), is: [], "signs")
      let hit = try texts.search("\"price floor\"", limit: 9, .all).first
      try expect(hit?.source?.text, is: "s", "source")
      try expect(hit?.excerpt.contains("«price floor»"), is: true, "excerpt")
      guard let id = hit?.statement else { return }
      try scene.transaction { try store.apply(.withdraw(id)) }
      try expect(try places("floor"), is: [], "withdrawn")
    },
    Check("Inside of a run of letters without blanks every word is found, whatever the script") { store in
      let (texts, scene) = (try store.textSearching, StoreScene(store))
      let names = [
        "a": "中国のネオジム磁石のシェア", "b": "東京日本会社19", "c": "대한민국 정부", "d": "องค์การสหประชาชาติ", "e": "Japan 日本 Ltd",
        "f": "シ ェ ア",
      ]
      try scene.transaction {
        for (key, name) in names.sorted(by: { $0.key < $1.key }) { try scene.add("thing", key, name) }
      }
      for (words, keys, mark) in [
        ("ネオジム", ["a"], "«ネオジム»磁石"), ("磁石", ["a"], "«磁石»の"), ("国の磁石", [], ""), ("会社", ["b"], "«会社»19"),
        ("日本", ["b", "e"], ""),
        ("日本会", ["b"], "«日本会»社"), ("会社19", ["b"], "«会社19»"), ("민국", ["c"], "대한«민국» 정부"),
        ("สหประชา", ["d"], ""),
        ("\"日本 ltd\"", ["e"], "«日本 Ltd»"), ("本", ["b", "e"], ""), ("中国 シェア", ["a"], ""),
        ("Jap", ["e"], "«Japan»"),
      ] {
        let hits = try texts.search(words, limit: 9, .all)
        try expect(hits.map(\.entity.key.text).sorted(), is: keys, words)
        if !mark.isEmpty {
          try expect(hits.first?.excerpt.contains(mark), is: true, "\(words): \(hits.first?.excerpt ?? "")")
        }
      }
      let missing = try texts.search("国の磁石", limit: 9, .all)
      try expect(missing.isEmpty, is: true, "no run")
    },
    Check("What fails atomically or is rolled back stands in no text, and nothing of short edits waits") {
      store in
      let (texts, scene) = (try store.textSearching, StoreScene(store))
      try scene.transaction {
        try scene.add("thing", "a", "Alpha")
        do {
          try store.atomically { () throws in
            try scene.add("thing", "b", "Beta")
            throw Failure(description: "on purpose")
          }
        } catch is Failure {}
      }
      try store.begin(TransactionInfo(author: "a", reason: nil, tool: "t", at: "2026-01-01T00:00:00.000Z"))
      try scene.add("thing", "c", "Gamma")
      try expect(try texts.search("Gamma", limit: 9, .all).count, is: 1, "its own edit")
      try store.rollback()
      for (word, count) in [("Alpha", 1), ("Beta", 0), ("Gamma", 0)] {
        try expect(try texts.search(word, limit: 9, .all).count, is: count, word)
      }
      try expect(try texts.textWaiting(), is: 0, "what waits")
      try expect(try texts.indexText(), is: 0, "what is left")
    },
  ]
}
