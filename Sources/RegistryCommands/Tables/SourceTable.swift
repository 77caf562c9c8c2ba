import CommandLanguage
import RegistryModel
import RegistryStore

/// A source as a row of a table.
struct SourceRow {
  var record: EntityRecord
  var data: SourceData
  /// How many statements cite it.
  var facts: Int
}

extension TableReader {
  /// `list sources`.
  func sourceTable(_ times: Times, _ schema: Schema, _ span: Span) -> TableHead<SourceRow> {
    let letters = SourceData.Reliability.allCases.map(\.rawValue)
    return TableHead(
      name: "sources",
      columns: [
        TableColumn(
          definition: .column("key", .entities([BuiltIn.source]), "its key"),
          values: { [.entity($0.record.key)] }, cell: { .key($0.record.key) }),
        .text("title", "its title") { $0.data.title },
        .text("publisher", "who published it") { $0.data.publisher },
        .date("published", "when it was published") { $0.data.published },
        .text("url", "where it can be read") { $0.data.url },
        .date("retrieved", "when it was read") { $0.data.retrieved },
        .text("language", "its language") { $0.data.language },
        // The better is the greater.
        .choice("reliability", letters.reversed(), "A (best) to F") { $0.data.reliability.rawValue },
        .text("note", "a remark") { $0.data.note },
        .count("facts", "how many statements cite it") { $0.facts },
      ],
      shown: ["title", "publisher", "published", "reliability", "facts"].map { Key(unchecked: $0) },
      always: [Key(unchecked: "key")], entity: { $0.record.key },
      certainty: times.published.map { published in
        { row in
          let out = row.data.published ?? row.data.retrieved
          return out.map { $0.latest <= published.latest } ?? false ? .certainly : .possibly
        }
      },
      read: { (_, more) throws(Failure) in _ = try more(try self.sourceRows(times, schema, span)) })
  }

  private func sourceRows(
    _ times: Times, _ schema: Schema, _ span: Span
  ) throws(Failure) -> [SourceRow] {
    // What a source says on a date is asked of statements: a source itself is of no date.
    var recorded = times
    recorded.on = nil
    return try storing(span) { () throws(StoreProblem) in
      let types = schema.typeAndSubtypes(of: BuiltIn.source)
      let sources = try store.entities(EntityQuery(types: types), Times(recorded: times.recorded)).rows
      let facts = try statementCounts(recorded)
      let known = try store.sources(.keys(sources.map(\.entity.key)), Times(recorded: times.recorded))
      var rows: [SourceRow] = []
      for source in sources.map(\.entity) {
        guard let data = known[source.key] else { continue }
        // What has no date may have been out before it was retrieved.
        if let published = times.published, let out = data.published, out.earliest > published.latest {
          continue
        }
        rows.append(SourceRow(record: source, data: data, facts: facts[source.key.text] ?? 0))
      }
      return rows
    }
  }

  /// How many statements cite each source.
  private func statementCounts(_ times: Times) throws(StoreProblem) -> [String: Int] {
    let citations = RelationDeclaration.citations
    let rows = try store.rows(
      RelationQuery(citations, [citations["source"]], counting: citations["statement"]), times)
    var counts: [String: Int] = [:]
    while try rows.next() { counts[rows.text(0)] = rows.integer(1).map(Int.init) }
    return counts
  }
}
