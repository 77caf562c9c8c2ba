import CommandLanguage
import RegistryModel
import RegistryStore

/// A graph of entities and the statements that join them (GraphML 1.0).
extension Session {
  /// Writes the entities and what joins them to others.
  /// - Parameter keys: the entities; nothing for all.
  /// - Returns: how many entities were written.
  func writeGraph(_ keys: [Key]?, to file: WrittenFile, _ span: Span) throws(Failure) -> Int {
    let attributes = [
      ("name", "node"), ("type", "node"), ("property", "edge"), ("when", "edge"), ("qualifiers", "edge"),
      ("sources", "edge"),
    ]
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <graphml xmlns="http://graphml.graphdrawing.org/xmlns">

      """
    for (name, domain) in attributes {
      text += #"  <key id="\#(name)" for="\#(domain)" attr.name="\#(name)" attr.type="string"/>"# + "\n"
    }
    text += #"  <graph id="registry" edgedefault="directed">"# + "\n"
    // An edge needs both its nodes: those that edges lead to come along.
    var written: Set<Key> = []
    var edges = ""
    try forEachEntity(keys, span) { (record, statements) throws(Failure) in
      if written.insert(record.key).inserted { text += node(record) }
      for statement in statements {
        guard statement.isClaimed, case .entity(let key) = statement.statement.value else { continue }
        if keys != nil, !written.contains(key), let other = try self.record(key, .all, span) {
          written.insert(key)
          text += node(other)
        }
        edges += edge(statement, to: key)
      }
      // Nodes and edges may stand in any order.
      try file.write(text + edges)
      (text, edges) = ("", "")
    }
    try file.write(text + "  </graph>\n</graphml>\n")
    return written.count
  }

  private func node(_ record: EntityRecord) -> String {
    """
        <node id="\(xml(record.key.text))">\(data("name", record.name))\(data("type", record.type.text))</node>

    """
  }

  private func edge(_ record: StatementRecord, to key: Key) -> String {
    let statement = record.statement
    let sources = sources(record.citations).compactMap { if case .text(let text) = $0 { text } else { nil } }
    let details = [
      data("property", statement.property.text), data("when", statement.validity.canonicalText),
      data("qualifiers", qualifierWords(statement)), data("sources", sources.joined(separator: ", ")),
    ].joined()
    return """
          <edge id="\(record.id.digest)" source="\(xml(statement.subject.text))" target="\(xml(key.text))">\(details)</edge>

      """
  }

  private func data(_ key: String, _ text: String) -> String {
    text.isEmpty ? "" : "<data key=\"\(key)\">\(xml(text))</data>"
  }

  /// A text as XML has it; the control characters that it cannot have are replaced.
  private func xml(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += "&#\(scalar.value);"
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
