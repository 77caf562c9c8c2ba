import CEntentePlugin
import FoundationEssentials
import RegistryModel

/// What a program says, line by line; `Program.md` has the protocol.
enum ProgramMessage {
  /// The manifest that the first line carries.
  static func manifest(_ line: UnsafeRawBufferPointer, _ path: String) throws(PluginProblem) -> Data {
    guard let value = JSONView.read(line) else {
      throw .programSpeaksOtherwise(path, "its first line is no JSON")
    }
    guard value["entente"]?.integer == Int64(ENTENTE_CONTRACT_MAJOR) else {
      throw .programSpeaksOtherwise(
        path, "its first line does not say \"entente\": \(ENTENTE_CONTRACT_MAJOR)")
    }
    guard let manifest = value["manifest"], manifest.isObject || manifest.isList,
      let layout = JSONLayout(manifest)
    else { throw .programSpeaksOtherwise(path, "its first line has no manifest") }
    return Data(layout.text.utf8)
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
      if argument.isTruth {
        out.put("[")
        out.put(truth: argument.values[0] != .integer(0))
        out.put("]")
      } else {
        out.put(argument.values)
      }
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
  static func query(_ value: JSONView) throws(PluginProblem) -> AskedQuery {
    let columns = value["columns"]?.items
    guard (columns?.prefix(AskedQuery.most + 1).reduce(0) { count, _ in count + 1 } ?? 0) <= AskedQuery.most
    else {
      throw .misuse("it asked for more than \(AskedQuery.most) columns")
    }
    var query = AskedQuery(
      relation: value["relation"]?.text, columns: columns?.map(\.text) ?? [], filters: [])
    var count = 0
    func cells(_ wanted: JSONView) throws(PluginProblem) -> [Cell] {
      var cells: [Cell] = []
      func add(_ value: JSONView) throws(PluginProblem) {
        count += 1
        guard count <= AskedQuery.mostValues else {
          throw .misuse("it filters by more than \(AskedQuery.mostValues) values")
        }
        cells.append(filterCell(value))
      }
      if wanted.isList { for item in wanted.items { try add(item) } } else { try add(wanted) }
      return cells
    }
    for (column, wanted) in value["where"]?.members ?? JSONView.none.members {
      query.filters.append((column, try cells(wanted)))
      guard query.filters.count <= AskedQuery.most else {
        throw .misuse("it asked for more than \(AskedQuery.most) filters")
      }
    }
    query.filters.sort { ($0.column ?? "") < ($1.column ?? "") }
    for condition in value["conditions"]?.items ?? JSONView.none.items {
      query.conditions.append(
        AskedQuery.Condition(
          column: condition["column"]?.text, comparison: comparison(condition["is"]?.text),
          values: try condition["values"].map(cells) ?? []))
      guard query.conditions.count <= AskedQuery.most else {
        throw .misuse("it asked for more than \(AskedQuery.most) conditions")
      }
    }
    addTimes(value, to: &query)
    return query
  }

  /// The ways in which `is` compares, by their numbers.
  private static let comparisons = ["in", "not in", "at least", "at most", "above", "below"]

  private static func comparison(_ word: String?) -> UInt32 {
    word.flatMap { comparisons.firstIndex(of: $0) }.map(UInt32.init) ?? UInt32.max
  }

  /// The times of its own: those that stand there.
  private static func addTimes(_ value: JSONView, to query: inout AskedQuery) {
    if let on = value["on"] {
      query.ownTimes |= UInt32(ENTENTE_OWN_ON)
      query.on = filterCell(on)
    }
    if let published = value["published_by"] {
      query.ownTimes |= UInt32(ENTENTE_OWN_PUBLISHED_BY)
      query.publishedBy = filterCell(published)
    }
    if let recorded = value["recorded_by"] {
      query.ownTimes |= UInt32(ENTENTE_OWN_RECORDED_BY)
      query.recordedBy = recorded.isNull ? "" : recorded.text
    }
  }

  private static func filterCell(_ value: JSONView) -> Cell {
    if let text = value.text { return .text(text) }
    if let flag = value.boolean { return .integer(flag ? 1 : 0) }
    if let number = value.integer { return .integer(number) }
    if let number = value.number { return .real(number) }
    if let decimal = value["decimal"]?.text {
      return Decimal(exactly: decimal).map(Cell.decimal) ?? .text(decimal)
    }
    return (value["date"] ?? value["key"])?.text.map(Cell.text) ?? .empty
  }

  /// Writes a value as the cell that a column of a type has; what does not fit is written so that the check refuses it.
  static func put(_ value: JSONView, _ type: UInt32, in cells: CellBuffer) {
    if value.isNull {
      cells.putEmpty()
    } else if let text = value.text {
      put(text, type, in: cells)
    } else if let flag = value.boolean {
      cells.put(boolean: flag)
    } else if let number = value.integer {
      switch Int(type) {
      case ENTENTE_REAL: cells.put(.real(Double(number)))
      case ENTENTE_DECIMAL: cells.put(String(number), type)
      default: cells.put(integer: number)
      }
    } else if let number = value.number {
      cells.put(.real(number))
    } else if value.isList {
      // Counted first: a list says how many cells follow.
      cells.put(list: value.items.reduce(0) { count, _ in count + 1 })
      for item in value.items { put(item, UInt32(ENTENTE_EMPTY), in: cells) }
    } else if let decimal = value["decimal"]?.text {
      cells.put(decimal, UInt32(ENTENTE_DECIMAL))
    } else if let key = value["key"]?.text {
      cells.put(key, UInt32(ENTENTE_KEY))
    } else {
      put(value["date"]?.text ?? "", UInt32(ENTENTE_DATE), in: cells)
    }
  }

  private static func put(_ text: String, _ type: UInt32, in cells: CellBuffer) {
    switch Int(type) {
    case ENTENTE_KEY, ENTENTE_DECIMAL: cells.put(text, type)
    case ENTENTE_DATE:
      // A text that is no date is refused as one.
      let date = try? PartialDate(edtf: text)
      cells.put(date ?? PartialDate(uncheckedEDTF: text, earliest: Day(0), latest: Day(0)))
    default: cells.put(text, UInt32(ENTENTE_TEXT))
    }
  }
}
