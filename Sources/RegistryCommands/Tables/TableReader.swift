import CommandLanguage
import RegistryModel
import RegistryStore

/// Reads what `list` and `count` can be of beside the entities of a type, each as a table with columns of its own.
struct TableReader: CommandReader {
  let interpreter: Interpreter

  /// `list` of a table.
  func list<Row>(
    _ head: TableHead<Row>, _ command: Invocation, _ times: Times, _ schema: Schema
  ) throws(Failure) -> ResultTable {
    if let span = command.span(of: SelectionClauses.by) {
      let words = command[SelectionClauses.by]?.map(\.content) ?? []
      throw Failures.listInGroups(command[ListGrammar.what].written, words, isOfType: false, span)
    }
    let test = try command[SelectionClauses.filter].map { (syntax) throws(Failure) in
      try self.test(syntax, head, schema)
    }
    let sorts = command[SelectionClauses.sort]
    let limit = command[SelectionClauses.limit]
    let offset = command[SelectionClauses.offset] ?? 0
    let most = limit ?? head.usualLimit
    let end = most.map { offset > Int.max - $0 - 1 ? Int.max : offset + $0 }
    var found = try rows(of: head, where: test, most: sorts == nil ? end : nil, times)
    if let sorts { found.rows = try sorted(found.rows, by: sorts, head, times, schema) }
    if let end, found.rows.count > end {
      found.rows.removeLast(found.rows.count - end)
      found.hasMore = true
    }
    found.rows.removeFirst(min(offset, found.rows.count))
    let columns = try shownColumns(of: head, test, command, schema)
    var table = try table(of: head, columns, found.rows, times, schema)
    if found.hasMore, let most {
      table.notes.append(
        "the first \(most) are shown" + (limit == nil ? "; limit N shows more" : "; there are more"))
    }
    if found.undecided.count > 0 {
      table.notes.append(found.undecided.note(test?.properties ?? [], schema))
    }
    return table
  }

  /// `count` of a table.
  func count<Row>(
    _ head: TableHead<Row>, _ command: Invocation, _ times: Times, _ schema: Schema
  ) throws(Failure) -> ResultTable {
    let test = try command[SelectionClauses.filter].map { (syntax) throws(Failure) in
      try self.test(syntax, head, schema)
    }
    let by = try (command[SelectionClauses.by] ?? []).map { (word) throws(Failure) in
      try head.asked(word, schema)
    }
    if by.isEmpty, let span = command.span(of: SelectionClauses.limit) { throw Failures.limitOfOne(span) }
    var found = try rows(of: head, where: test, most: nil, times)
    // What was passed over does not hold on the date: it counts only where that is asked about.
    if !Self.asksOfStanding(by, test) { found.rows.removeAll { $0.verdict == .no } }
    let groups = try groups(found.rows, by: by, times, schema)
    let tellsCertainty = head.certainty != nil && (times.on != nil || times.published != nil)
    var table = ResultTable(
      columns: by.map { Column($0.key.text) }
        + (tellsCertainty ? ["certainly", "at most"] : ["count"]).map { Column($0, alignsRight: true) })
    let limit = command[SelectionClauses.limit]
    table.rows = groups.prefix(limit ?? .max).map { group in
      group.cells
        + (tellsCertainty ? [group.certain, group.count] : [group.count]).map { .integer(Int64($0)) }
    }
    table.notes = LimitNote.words(limit, ofGroups: groups.count)
    if found.undecided.count > 0 {
      table.notes.append(found.undecided.note(test?.properties ?? [], schema))
    }
    return table
  }

  /// Whether groups or a condition tell what was passed over from what was chosen.
  static func asksOfStanding<Row>(_ by: [AskedColumn<Row>], _ test: ReadTest<Row>?) -> Bool {
    let asked = by.map(\.key) + (test?.test.columns ?? [])
    return asked.contains { ["standing", "chosen"].contains($0.text) }
  }

  /// Rows with the same values in some columns.
  struct RowGroup {
    var cells: [Cell]
    var values: [Value?]
    var count: Int { all.count }
    var certain: Int { sure.count }

    /// What counts once, and what of it is certain.
    private var all: Set<AnyHashable> = []
    private var sure: Set<AnyHashable> = []

    init(cells: [Cell], values: [Value?]) {
      self.cells = cells
      self.values = values
    }

    mutating func add(_ counted: AnyHashable, isCertain: Bool) {
      all.insert(counted)
      if isCertain { sure.insert(counted) }
    }
  }

  /// Rows by the values of columns; one that has several counts in each of their groups.
  /// - Parameter counted: what counts once, where that is not the row.
  func groups<Row>(
    _ rows: [FoundRow<Row>], by columns: [AskedColumn<Row>], _ times: Times, _ schema: Schema,
    counting counted: ((Row) -> Value)? = nil
  ) throws(Failure) -> [RowGroup] {
    func identity(_ place: Int) -> AnyHashable {
      counted.map { AnyHashable($0(rows[place].row)) } ?? AnyHashable(place)
    }
    if columns.isEmpty {
      var group = RowGroup(cells: [], values: [])
      for (place, row) in rows.enumerated() { group.add(identity(place), isCertain: row.verdict == .yes) }
      return [group]
    }
    let values = try values(of: columns, in: rows, times, schema)
    var groups: [[Value?]: RowGroup] = [:]
    for (place, row) in rows.enumerated() {
      var keys: [[Value?]] = [[]]
      for several in values[place] {
        let options: [Value?] = several.isEmpty ? [nil] : Array(Set(several)).map(Optional.some)
        keys = keys.flatMap { key in options.map { key + [$0] } }
      }
      for key in keys {
        let cells = zip(key, columns).map { value, column in cell(of: value, in: column) }
        groups[key, default: RowGroup(cells: cells, values: key)].add(
          identity(place), isCertain: row.verdict == .yes)
      }
    }
    let orders = columns.map { ValueOrder($0.definition) }
    return groups.values.sorted { one, other in
      if one.count != other.count { return one.count > other.count }
      for place in columns.indices {
        switch orders[place].compare(one.values[place], other.values[place]) {
        case .same: continue
        case .missing(let isFirst): return !isFirst
        case .before: return true
        case .after: return false
        }
      }
      return false
    }
  }

  /// How certain a row is, in a word: its own where it is that which leaves it open.
  private func certainty<Row>(of found: FoundRow<Row>, _ head: TableHead<Row>) -> String {
    let word = head.word?(found.row)
    if found.verdict == .yes { return word ?? "yes" }
    // What its sources or a condition leave open may well hold by itself.
    return word.flatMap { $0 == "yes" ? nil : $0 } ?? "maybe"
  }

  private func cell<Row>(of value: Value?, in column: AskedColumn<Row>) -> Cell {
    guard let value else { return .text("not stated") }
    if case .own(let own) = column, own.reading == .transaction, case .quantity(let number) = value {
      return .text("t\(number.canonicalText)")
    }
    return Cell(value)
  }

  /// The columns that `columns` names, or else the table's own and what is asked of it.
  private func shownColumns<Row>(
    of head: TableHead<Row>, _ test: ReadTest<Row>?, _ command: Invocation, _ schema: Schema
  ) throws(Failure) -> [AskedColumn<Row>] {
    let always = head.always.compactMap { head.column($0.text) }.map { AskedColumn<Row>.own($0) }
    if let words = command[SelectionClauses.columns] {
      let asked = try words.map { (word) throws(Failure) in try head.asked(word, schema) }
      return always.filter { column in !asked.contains { $0.key == column.key } } + asked
    }
    var columns = always
    for key in head.shown + (test?.test.columns ?? []) where !columns.contains(where: { $0.key == key }) {
      if let column = head.column(key.text) {
        columns.append(.own(column))
      } else if let definition = schema.properties[key], let entity = head.entity {
        columns.append(.ofEntity(definition, entity))
      }
    }
    for key in test?.properties ?? [] where !columns.contains(where: { $0.key == key }) {
      if let definition = schema.properties[key], let entity = head.entity {
        columns.append(.ofEntity(definition, entity))
      }
    }
    return columns
  }

  private func table<Row>(
    of head: TableHead<Row>, _ columns: [AskedColumn<Row>], _ rows: [FoundRow<Row>], _ times: Times,
    _ schema: Schema
  ) throws(Failure) -> ResultTable {
    let values = try values(of: columns, in: rows, times, schema)
    let tellsCertainty = head.certainty != nil && times.on != nil
    var table = ResultTable(
      columns: columns.map { Column($0.key.text, alignsRight: $0.isNumeric) }
        + (tellsCertainty ? [Column(times.holdsHeading)] : []))
    table.rows = rows.enumerated().map { place, found in
      var cells = columns.enumerated().map { index, column -> Cell in
        if case .own(let own) = column, let cell = own.cell { return cell(found.row) }
        var shown: [Cell] = []
        for value in values[place][index].map({ Cell($0) }) where !shown.contains(value) {
          shown.append(value)
        }
        return shown.isEmpty ? .empty : shown.count == 1 ? shown[0] : .list(shown)
      }
      if tellsCertainty { cells.append(.text(certainty(of: found, head))) }
      return cells
    }
    return table
  }
}
