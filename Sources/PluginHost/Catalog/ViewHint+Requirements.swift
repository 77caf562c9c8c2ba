/// What the drawings that there are require of a table.
extension ViewHint {
  /// What a column of a drawing must be able to say.
  private enum Part {
    case label, number, time, node, place

    /// The types of columns that can; `any` always may.
    var types: [String] {
      switch self {
      case .label: ["text", "key", "integer", "real", "decimal", "date", "boolean"]
      case .number: ["integer", "real", "decimal"]
      case .time: ["date", "integer"]
      case .node: ["text", "key"]
      case .place: ["key"]
      }
    }
  }

  private struct Drawing {
    /// What must be there, with the words for it.
    var required: [(words: String, part: Part)]
    /// What may follow.
    var optional: [(words: String, part: Part)] = []
  }

  private static let drawings: [String: Drawing] = [
    "bar": Drawing(required: [("a label", .label), ("a number", .number)]),
    "timeline": Drawing(required: [("a label", .label), ("a start", .time), ("an end", .time)]),
    "matrix": Drawing(required: [("a row", .label), ("a column", .label), ("a value", .label)]),
    "network": Drawing(required: [("from", .node), ("to", .node)], optional: [("a weight", .number)]),
    "map": Drawing(required: [("a place", .place)], optional: [("a number", .number)]),
  ]

  /// What is wrong with it for a table of these columns; a kind of a later version is passed over.
  func fault(over known: [ColumnDescription]) -> String? {
    if let unknown = columns.first(where: { name in !known.contains { $0.name == name } }) {
      return "its view draws a column that there is not: `\(unknown)`"
    }
    guard let drawing = ViewHint.drawings[kind] else { return nil }
    let parts = drawing.required + drawing.optional
    guard (drawing.required.count...parts.count).contains(columns.count) else {
      let words = drawing.required.map(\.words).joined(separator: ", ")
      return "a view of kind \(kind) draws \(words), and this one has \(columns.count) columns"
    }
    for (name, (words, part)) in zip(columns, parts) {
      guard let type = known.first(where: { $0.name == name })?.type, type != "any",
        !part.types.contains(type)
      else { continue }
      return "a view of kind \(kind) draws \(words), which `\(name)` of type \(type) cannot be"
    }
    return nil
  }
}
