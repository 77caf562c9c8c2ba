/// How much an answer to an assistant may have, and how long it may take.
package struct AssistantLimits: Sendable {
  /// Rows, where fewer are not asked for.
  var rows = 100
  /// Rows that may be asked for.
  var mostRows = 1_000
  /// Statements told in full beside the rows.
  var statements = 50
  /// Sources and rivals of each.
  var sources = 20
  /// Bytes of an answer.
  var bytes = 100_000
  /// Characters of one text.
  var text = 2_000
  /// Seconds that it may take.
  package var seconds = 60.0

  package init() {}

  func cut(_ text: String) -> String {
    text.utf8.count <= self.text || text.count <= self.text ? text : text.prefix(self.text) + "…"
  }
}
