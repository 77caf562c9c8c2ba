import CommandLanguage
import Foundation
import RegistryModel
import RegistryStore

extension CommandDefinition {
  static let importFile = CommandDefinition(
    CommandSignature(
      name: "import", head: [.argument("file", .file)],
      clauses: [
        ClauseSignature("citing", .name, "the source that the file is")
      ], block: .commands, requiresBlock: true),
    group: .writing, effect: .writes, summary: "Record the rows of a CSV file",
    details: """
      The braces hold commands in which `$column` stands for a row's value; they are carried out once for each row, all \
      in one transaction. Each statement's citation has the file and the line as its place.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    guard case .text(let path)? = command.arguments["file"], case .commands(let commands, _)? = command.block
    else {
      throw Failures.notHere(
        "import needs a file and a mapping", "import \"FILE\" citing SOURCE { … }", command.span)
    }
    guard !session.settings.safe else { throw Failures.safeSession("reading files", path.span) }
    let url = URL(filePath: path.content, relativeTo: session.folder)
    let text: String
    do {
      text = try String(contentsOf: url, encoding: .utf8)
    } catch {
      throw Failures.cannotRead(path.content, "it is not there, or not UTF-8 text", path.span)
    }
    var source: Key?
    if case .name(let name)? = command.clause("citing")?.argument { source = try session.source(name) }
    var rows = CommaSeparated(text)
    guard let header = rows.next() else { return .message("imported 0 rows") }
    var count = 0
    while let row = rows.next() {
      let values = Dictionary(zip(header.fields, row.fields), uniquingKeysWith: { first, _ in first })
      session.parameters.append(values)
      defer { session.parameters.removeLast() }
      if let source {
        session.evidence.append(
          EvidenceFrame(
            source: source, locator: "\(url.lastPathComponent):\(row.line)", via: nil, qualifiers: []))
      }
      defer { if source != nil { session.evidence.removeLast() } }
      do throws(Failure) {
        try session.run(commands) { _ in }
      } catch {
        var failure = error
        failure.diagnostics = failure.diagnostics.map { diagnostic in
          var copy = diagnostic
          copy.message = "\(path.content):\(row.line): " + copy.message
          return copy
        }
        throw failure
      }
      count += 1
    }
    return .message("imported \(count) row\(count == 1 ? "" : "s") of \(url.lastPathComponent)")
  }
}

/// The rows of a comma-separated text (RFC 4180): quoted fields may hold commas, line breaks and doubled quotes.
struct CommaSeparated {
  struct Row: Hashable {
    var fields: [String]
    /// The line on which the row begins, from 1.
    var line: Int
  }
  private var bytes: ArraySlice<UInt8>
  private var line = 1

  init(_ text: String) {
    let utf8 = Array(text.utf8)
    bytes = utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? utf8[3...] : utf8[...]
  }

  /// The next row that is not blank; nothing at the end.
  mutating func next() -> Row? {
    while let first = bytes.first, first == UInt8(ascii: "\n") || first == UInt8(ascii: "\r") {
      if first == UInt8(ascii: "\n") { line += 1 }
      bytes.removeFirst()
    }
    guard !bytes.isEmpty else { return nil }
    var row = Row(fields: [], line: line)
    while true {
      row.fields.append(field())
      guard bytes.first == UInt8(ascii: ",") else { break }
      bytes.removeFirst()
    }
    return row
  }

  private mutating func field() -> String {
    var content: [UInt8] = []
    guard bytes.first == UInt8(ascii: "\"") else {
      content = Array(
        bytes.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
      bytes.removeFirst(content.count)
      return String(decoding: content, as: UTF8.self)
    }
    bytes.removeFirst()
    while let byte = bytes.popFirst() {
      if byte == UInt8(ascii: "\"") {
        guard bytes.first == UInt8(ascii: "\"") else { break }
        bytes.removeFirst()
      }
      if byte == UInt8(ascii: "\n") { line += 1 }
      content.append(byte)
    }
    return String(decoding: content, as: UTF8.self)
  }
}
