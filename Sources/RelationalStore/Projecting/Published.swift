/// When the sources of a fact came out, as SQL.
enum Published {
  /// The last day on which a source that claims the fact came out; NULL where none has a day.
  static func latest(of fact: String, in schema: String) -> String {
    """
    (SELECT max(coalesce(d.published_latest, d.retrieved_latest)) FROM \(schema).citation_now c
      CROSS JOIN main.source_data d ON d.id = \(SourceBook.row(of: "c.source", in: schema))
      WHERE c.statement = \(fact).statement AND c.stance = 'claims')
    """
  }
}
