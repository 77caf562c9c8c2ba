import CommandLanguage
import RegistryModel
import RegistryStore

/// Writes a graph of entities and the statements that join them (GraphML 1.0).
struct GraphMLWriter: CommandReader {
  let interpreter: Interpreter

  /// Writes the entities and what joins them to others.
  /// - Parameters:
  ///   - keys: the entities; nothing for all.
  ///   - times: from where is asked.
  /// - Returns: how many entities were written.
  func write(
    _ keys: [Key]?, _ times: Times, to file: WrittenFile, _ span: Span
  ) throws(Failure) -> Int {
    var attributes = [
      ("name", "node"), ("type", "node"), ("property", "edge"), ("when", "edge"), ("qualifiers", "edge"),
      ("sources", "edge"),
    ]
    // Of a date it is told how sure that is, and of sources how sure it is that they were out.
    if times.on != nil { attributes.append(("certainty", "edge")) }
    if times.published != nil { attributes.append(("evidence", "edge")) }
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
    try entityReader.forEachEntity(keys, times, span) { (record, statements) throws(Failure) in
      if written.insert(record.key).inserted { text += node(record) }
      for statement in statements {
        guard statement.isClaimed, case .entity(let key) = statement.statement.value else { continue }
        // Of all entities each is written, sooner or later; from another time not all are there.
        if keys != nil || !times.isAll, !written.contains(key) {
          guard let other = try self.record(key, times, span) else { continue }
          written.insert(key)
          text += node(other)
        }
        edges += edge(statement, to: key, times)
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

  private func edge(_ record: StatementRecord, to key: Key, _ times: Times) -> String {
    let statement = record.statement
    let sources = Cell.sources(record.citations).compactMap {
      if case .text(let text) = $0 { text } else { nil }
    }
    let details = [
      data("property", statement.property.text), data("when", statement.validity.canonicalText),
      data("qualifiers", statement.qualifierWords), data("sources", sources.joined(separator: ", ")),
      times.on == nil
        ? "" : data("certainty", record.held?.certainty == .certainly ? "certainly" : "possibly"),
      times.published == nil ? "" : data("evidence", record.evidence == .certainly ? "certain" : "possible"),
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
