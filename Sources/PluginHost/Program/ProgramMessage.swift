import CEntentePlugin
import Foundation
import RegistryModel

/// What a program says, line by line; `Program.md` has the protocol.
enum ProgramMessage {
  /// The manifest that the first line carries.
  static func manifest(_ line: UnsafeRawBufferPointer, _ path: String) throws(PluginProblem) -> Data {
    guard let value = JSONReader.read(line) else {
      throw .programSpeaksOtherwise(path, "its first line is no JSON")
    }
    guard value["entente"]?.integer == Int64(ENTENTE_CONTRACT_MAJOR) else {
      throw .programSpeaksOtherwise(
        path, "its first line does not say \"entente\": \(ENTENTE_CONTRACT_MAJOR)")
    }
    guard value["manifest"] != nil, let json = try? JSONSerialization.jsonObject(with: Data(line)),
      let manifest = (json as? [String: Any])?["manifest"],
      let data = try? JSONSerialization.data(
        withJSONObject: manifest, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
    else { throw .programSpeaksOtherwise(path, "its first line has no manifest") }
    return data
  }

  /// What asks it to run.
  static func run(_ request: PluginRequest) -> JSONText {
    var out = JSONText()
    out.put("{\"run\":{\"analysis\":")
    out.put(text: request.analysis)
    out.put(",\"arguments\":{")
    for (index, argument) in request.arguments.enumerated() {
      if index > 0 { out.put(",") }
      out.put(text: argument.name)
      out.put(":")
      out.put(argument.values)
    }
    out.put("},\"today\":")
    out.put(.date(PartialDate(day: request.moment.today)))
    out.put(",\"on\":")
    out.put(request.moment.on.map(Cell.date) ?? .empty)
    out.put(",\"published_by\":")
    out.put(request.moment.published.map(Cell.date) ?? .empty)
    out.put(",\"recorded_by\":")
    out.put(text: request.moment.recorded)
    out.put(",\"snapshot\":")
    out.put(text: request.moment.snapshot)
    out.put("}}\n")
    return out
  }

  /// The type of a column.
  static func type(_ name: String?) -> UInt32? {
    let names = ["any", "text", "key", "integer", "real", "decimal", "date", "boolean", "list"]
    return name.flatMap { names.firstIndex(of: $0) }.map(UInt32.init)
  }

  /// A query that `open` asks.
  static func query(_ value: JSONValue) -> AskedQuery {
    var query = AskedQuery(
      relation: value["relation"]?.text, columns: (value["columns"]?.list ?? []).map(\.text), filters: [])
    if case .object(let filters)? = value["where"] {
      for (column, values) in filters.sorted(by: { $0.key < $1.key }) {
        query.filters.append((column, (values.list ?? [values]).map(filterCell)))
      }
    }
    return query
  }

  private static func filterCell(_ value: JSONValue) -> Cell {
    switch value {
    case .text(let text): .text(text)
    case .integer(let number): .integer(number)
    case .real(let number): .real(number)
    case .boolean(let flag): .integer(flag ? 1 : 0)
    case .object: (value["decimal"] ?? value["date"])?.text.map(Cell.text) ?? .empty
    case .null, .list: .empty
    }
  }

  /// Writes a value as the cell that a column of a type has; what does not fit is written so that the check refuses it.
  static func put(_ value: JSONValue, _ type: UInt32, in cells: CellBuffer) {
    switch value {
    case .null: cells.putEmpty()
    case .text(let text): put(text, type, in: cells)
    case .integer(let number):
      switch Int(type) {
      case ENTENTE_REAL: cells.put(.real(Double(number)))
      case ENTENTE_DECIMAL: cells.put(String(number), type)
      default: cells.put(integer: number)
      }
    case .real(let number): cells.put(.real(number))
    case .boolean(let flag): cells.put(boolean: flag)
    case .list(let items):
      cells.put(list: items.count)
      for item in items { put(item, UInt32(ENTENTE_EMPTY), in: cells) }
    case .object:
      if let decimal = value["decimal"]?.text {
        cells.put(decimal, UInt32(ENTENTE_DECIMAL))
      } else if let key = value["key"]?.text {
        cells.put(key, UInt32(ENTENTE_KEY))
      } else {
        put(value["date"]?.text ?? "", UInt32(ENTENTE_DATE), in: cells)
      }
    }
  }

  private static func put(_ text: String, _ type: UInt32, in cells: CellBuffer) {
    switch Int(type) {
    case ENTENTE_KEY, ENTENTE_DECIMAL: cells.put(text, type)
    case ENTENTE_DATE:
      // A text that is no date is refused as one: without text, or as a text in a column of dates.
      if let date = try? PartialDate(edtf: text) { cells.put(date) } else { cells.put(.text(text)) }
    default: cells.put(text, UInt32(ENTENTE_TEXT))
    }
  }
}
