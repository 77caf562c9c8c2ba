import RegistryModel
import RegistryStore

extension ResultTable {
  /// The table less the columns of ids, which only what is to be imported again needs.
  var withoutIDs: ResultTable {
    let kept = columns.indices.filter { place in
      let name = columns[place].name
      return name != "id" && name != "ids" && !name.hasSuffix(EditableCell.idColumn(of: ""))
    }
    var table = self
    table.columns = kept.map { columns[$0] }
    table.rows = rows.map { row in kept.compactMap { $0 < row.count ? row[$0] : nil } }
    return table
  }

  /// The sources that its rows name, by their keys.
  fileprivate var namedSources: Set<Key> {
    let places = columns.indices.filter { ["source", "sources", "other sources"].contains(columns[$0].name) }
    var keys: Set<Key> = []
    func add(_ cell: Cell) {
      switch cell {
      case .key(let key): keys.insert(key)
      // Who speaks in it, and that it denies, stand behind the key.
      case .text(let text):
        if let key = text.split(separator: " ").first.flatMap({ Key(String($0)) }) { keys.insert(key) }
      case .list(let cells): for cell in cells { add(cell) }
      default: return
      }
    }
    for row in rows { for place in places where place < row.count { add(row[place]) } }
    return keys
  }
}

extension ResultTable {
  /// The same for a workbook, with a sheet of what is known of the sources that it names.
  func withSourceSheet(_ store: any RegistryStore, _ times: Times) throws(Failure) -> ResultTable {
    let keys = namedSources
    guard !keys.isEmpty else { return self }
    let book = try storing(nil) { () throws(StoreProblem) in try store.sources(.pages(keys), times) }
    var sheet = ResultTable(
      columns: ["key", "title", "publisher", "published", "reliability", "url", "language", "note"].map {
        Column($0)
      })
    sheet.name = "sources"
    sheet.rows = book.sorted { $0.key < $1.key }.map { key, data in
      [
        .key(key), .text(data.title), data.publisher.map { .text($0) } ?? .empty,
        data.published.map { .date($0) } ?? .text("undated"), .text(data.reliability.rawValue),
        data.url.map { .text($0) } ?? .empty, data.language.map { .text($0) } ?? .empty,
        data.note.map { .text($0) } ?? .empty,
      ]
    }
    guard !sheet.rows.isEmpty else { return self }
    var whole = self
    whole.following.append(sheet)
    return whole
  }
}

extension Answer {
  /// The same with sheets of sources for those results that go to workbooks.
  func withSourceSheets(_ store: any RegistryStore, _ times: Times) throws(Failure) -> Answer {
    var answer = self
    for place in answer.results.indices {
      let result = answer.results[place]
      guard result.format == nil, result.file?.lowercased().hasSuffix(".xlsx") == true,
        case .table(let table) = result.content
      else { continue }
      answer.results[place].content = .table(try table.withSourceSheet(store, times))
    }
    return answer
  }
}
