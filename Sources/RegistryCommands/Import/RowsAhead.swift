import CommandLanguage
import RegistryModel
import RegistryStore

/// How it is asked what rows name, before the rows are carried out.
struct NamesAhead {
  /// The names of a mapping that may be keys or names of things.
  let names: [NameSyntax]
  /// The source whose own names for things count.
  let sources: [Key]
  let answers: AnswersAhead
  /// Asks without waiting for the answer.
  let ask: (NamesAsked) -> Reply<Result<NamesFound, StoreProblem>>

  /// What is asked of names that are no keys.
  func queries(_ name: String) -> [NameQuery] {
    (sources.isEmpty ? [] : [.localName(name, in: sources, .all)]) + [.name(name, .all)]
  }
}

/// What some rows name.
struct NamesAsked: Sendable {
  var keys: [Key] = []
  var queries: [NameQuery] = []

  var isEmpty: Bool { keys.isEmpty && queries.isEmpty }

  func find(in store: any RegistryStore) throws(StoreProblem) -> NamesFound {
    var found = NamesFound(records: try store.entities(keys, .all))
    for query in queries { found.answers[query] = try store.names(query) }
    return found
  }
}

struct NamesFound: Sendable {
  /// Of the keys that mean something.
  var records: [Key: EntityRecord]
  var answers: [NameQuery: [NameMatch]] = [:]
}

/// Rows that are read before they are carried out, so many at once: what they name is asked for all of them together, and
/// answered while those before them are carried out. An import that adds things asks of every row whether it is there.
struct RowsAhead {
  private typealias Read = Result<ImportRow?, RowProblem>
  private struct Chunk {
    var rows: [Read] = []
    var asked = NamesAsked()
    var reply: Reply<Result<NamesFound, StoreProblem>>?
    /// How often names had been given when it was asked; nil where some waited that the registry did not know.
    var givings: Int?
  }
  private let names: NamesAhead?
  private let parameters: Parameters
  private let file: ImportedFile
  /// The rows that are carried out, of which so many were.
  private var current = Chunk()
  private var taken = 0
  private var following: Chunk?
  private var isAtEnd = false

  private static let most = 1_024

  /// - Parameter names: nil where rows are read one by one.
  init(_ names: NamesAhead?, _ file: ImportedFile, _ parameters: [String: String]) {
    (self.names, self.file) = (names, file)
    self.parameters = Parameters(values: parameters, row: file.row)
  }

  /// The next row, or what is wrong with it; nothing at the end.
  mutating func next(_ source: inout some RowSource) throws(StoreProblem) -> Result<ImportRow?, RowProblem> {
    guard let names else { return Self.read(&source) }
    if taken == current.rows.count {
      if isAtEnd, following == nil { return .success(nil) }
      current = following ?? read(names, &source)
      taken = 0
      // Those of the next are asked for before these are carried out.
      if let reply = current.reply {
        guard let answer = reply.wait() else { throw .interrupted }
        let found = try answer.get()
        file.batch.know(found.records, of: current.asked.keys)
        names.answers.know(current.givings == names.answers.givings ? found.answers : [:])
      }
      following = isAtEnd ? nil : read(names, &source)
    }
    defer { taken += 1 }
    return current.rows[taken]
  }

  private static func read(_ source: inout some RowSource) -> Read {
    do throws(RowProblem) { return .success(try source.next()) } catch { return .failure(error) }
  }

  /// Reads the next chunk and asks what its rows name.
  private mutating func read(_ names: NamesAhead, _ source: inout some RowSource) -> Chunk {
    var chunk = Chunk()
    var keys: [Key] = []
    var others: Set<String> = []
    while chunk.rows.count < Self.most, !isAtEnd {
      let read = Self.read(&source)
      switch read {
      case .success(let row?):
        file.row.raw = row
        for name in names.names { add(name, &keys, &others) }
        // With the values of its fields that were taken apart.
        chunk.rows.append(.success(file.row.raw))
        continue
      case .success(nil), .failure(.file): isAtEnd = true
      case .failure(.fault): break
      }
      chunk.rows.append(read)
    }
    chunk.asked.keys = file.batch.ask(keys)
    if !file.batch.givesNames {
      chunk.givings = names.answers.givings
      chunk.asked.queries = others.filter { !file.batch.hasFound($0) }.flatMap(names.queries)
    }
    if !chunk.asked.isEmpty { chunk.reply = names.ask(chunk.asked) }
    return chunk
  }

  /// What a name of the mapping may be for the row: keys, and names that are no keys.
  private func add(_ name: NameSyntax, _ keys: inout [Key], _ others: inout Set<String>) {
    func add(_ text: String) {
      if let key = Key(text) { keys.append(key) } else if !text.isEmpty { others.insert(text) }
    }
    let column = name.text.first == "$" ? String(name.text.dropFirst()) : ""
    if !column.isEmpty, let elements = file.row.elements(of: column) {
      for element in elements { add(element.trimmed) }
    } else if let text = try? parameters.substituted(name) {
      add(text.trimmed)
    }
  }
}
