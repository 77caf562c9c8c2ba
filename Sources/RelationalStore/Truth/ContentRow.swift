/// A row of content: immutable, and the same row for the same content.
struct ContentRow {
  var id: Int64
  var isNew: Bool
}
