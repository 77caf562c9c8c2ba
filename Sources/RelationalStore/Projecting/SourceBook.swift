/// What is known of a page that is cited: by itself, else of what it counts as, else of what counts as that.
enum SourceBook {
  /// The row of `source_data` that says what is known of a source; NULL where nothing does.
  static func row(of source: String, in schema: String) -> String {
    let counted = Identity.counted(source, in: schema)
    return """
      coalesce((SELECT d.id FROM \(schema).source_now d WHERE d.source = \(source)),
        (SELECT d.id FROM \(schema).source_now d WHERE d.source = \(counted)),
        (SELECT d.id FROM \(schema).identity_now i CROSS JOIN \(schema).source_now d ON d.source = i.id
          WHERE i.target = \(counted) ORDER BY d.source DESC LIMIT 1))
      """
  }

  /// The entities that have, or had, the keys of a list in `?1`, whatever they count as.
  static func pages(in schema: String) -> String {
    """
    SELECT j.value AS key, coalesce(\(Identity.owner(of: "j.value", in: schema)),
        \(Identity.owner(of: "j.value", in: "main"))) AS id
    FROM json_each(?1) j
    """
  }
}
