/// How a row of the full text says where its text is from: the row of the content, times four, and the kind.
enum Found: Int64 {
  case statement = 0
  case citation = 1
  case alias = 2

  static func row(_ kind: Found, _ id: Int64) -> Int64 { id * 4 + kind.rawValue }

  /// The full text of a scope, from its projections.
  static func rows(in schema: String) -> String {
    """
    SELECT f.statement * 4, f.text FROM \(schema).fact f WHERE f.kind = 1 AND f.property != 'type'
    UNION ALL SELECT c.id * 4 + 1, c.quote FROM \(schema).citation_now c WHERE c.quote IS NOT NULL
    UNION ALL SELECT a.id * 4 + 2, a.name FROM \(schema).alias_now a
    """
  }
}
