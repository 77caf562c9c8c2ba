import CommandLanguage
import RegistryModel
import RegistryStore

/// Writes a graph of entities and the statements that join them (GraphML 1.0).
///
/// What Gephi takes for labels is called `label` (its ImporterGraphML), and the days between which a thing or a tie may have
/// been there `start` and `end`, which its Data Laboratory merges into a time interval.
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
      ("label", "node"), ("name", "node"), ("type", "node"), ("start", "node"), ("end", "node"),
      ("edgelabel", "edge"), ("edgestart", "edge"), ("edgeend", "edge"), ("property", "edge"),
      ("when", "edge"), ("qualifiers", "edge"),
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
      // An id is of one domain; what is shown has the same name in both.
      let shown = ["edgelabel", "edgestart", "edgeend"].contains(name) ? String(name.dropFirst(4)) : name
      text += #"  <key id="\#(name)" for="\#(domain)" attr.name="\#(shown)" attr.type="string"/>"# + "\n"
    }
    text += #"  <graph id="registry" edgedefault="directed">"# + "\n"
    // An edge needs both its nodes: those that edges lead to come along.
    var written: Set<Key> = []
    var edges = ""
    let schema = try schema(at: span, times)
    try entityReader.forEachEntity(keys, times, span) { (record, statements) throws(Failure) in
      if written.insert(record.key).inserted {
        text += node(record, lifetime(record, statements, schema, times))
      }
      for statement in statements {
        guard statement.isClaimed, case .entity(let key) = statement.statement.value else { continue }
        // Of all entities each is written, sooner or later; from another time not all are there.
        if keys != nil || !times.isAll, !written.contains(key) {
          guard let other = try self.record(key, times, span) else { continue }
          written.insert(key)
          let own = try storing(span) { () throws(StoreProblem) in
            try store.statements(
              StatementSelection(
                subjects: [key],
                properties: (schema.begins(other.type) + schema.ends(other.type)).flatMap {
                  schema.propertyAndNarrower(of: $0.property)
                }
              ), times)
          }
          text += node(other, lifetime(other, own, schema, times))
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

  private func node(_ record: EntityRecord, _ lifetime: Lifetime) -> String {
    let details = [
      data("label", record.name), data("name", record.name), data("type", record.type.text),
      data("start", lifetime.start), data("end", lifetime.end),
    ].joined()
    return """
          <node id="\(xml(record.key.text))">\(details)</node>

      """
  }

  /// The first day on which something may have been there, and the last; empty where they are not known.
  private struct Lifetime {
    var start = ""
    var end = ""

    init(first: Day?, last: Day?) {
      if let first, first != .distantPast { start = PartialDate(day: first).edtf }
      if let last, last != .distantFuture { end = PartialDate(day: last).edtf }
    }
  }

  /// When a thing begins and ends, by what its type says begins and ends it.
  private func lifetime(
    _ record: EntityRecord, _ statements: [StatementRecord], _ schema: Schema, _ times: Times
  ) -> Lifetime {
    func days(_ marks: [ExistenceMark], isEnd: Bool) -> [Day] {
      statements.filter { $0.isClaimed && $0.counts(times) }.compactMap { record in
        let statement = record.statement
        guard
          let mark = marks.first(where: { mark in
            schema.propertyAndNarrower(of: mark.property).contains(statement.property)
          })
        else { return nil }
        switch (statement.value, mark.word) {
        case (.date(let date), nil): return isEnd ? date.latest : date.earliest
        case (.text(let text), let word?) where text == word:
          let bounds = statement.validity.bounds
          return isEnd ? bounds.startLatest : bounds.startEarliest
        default: return nil
        }
      }
    }
    return Lifetime(
      first: days(schema.begins(record.type), isEnd: false).min(),
      last: days(schema.ends(record.type), isEnd: true).max())
  }

  private func edge(_ record: StatementRecord, to key: Key, _ times: Times) -> String {
    let statement = record.statement
    let sources = Cell.sources(record.citations).compactMap {
      if case .text(let text) = $0 { text } else { nil }
    }
    let bounds = statement.validity.bounds
    let lifetime = Lifetime(first: bounds.startEarliest, last: bounds.endLatest)
    let details = [
      data("edgelabel", statement.property.text), data("edgestart", lifetime.start),
      data("edgeend", lifetime.end), data("property", statement.property.text),
      data("when", statement.validity.canonicalText),
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
      case _
      where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0xFFFE
        || scalar.value == 0xFFFF:
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
