import FoundationEssentials
public import RegistryModel

/// A result as a picture, whatever it is drawn with: what stands where, in words that can be shown, and what must be told
/// beside it. What cannot be compared is not in one picture.
public struct Picture: Hashable, Sendable {
  public var title: String
  /// What its lengths measure; empty where nothing is measured.
  public var unit: String
  /// From where it was asked.
  public var ofWhen: String
  /// What must be kept in mind.
  public var caveats: [String]
  /// The sources that its rows name, by their keys.
  public var sources: [String]
  public var content: Content

  public enum Content: Hashable, Sendable {
    case bars([Bar])
    case timeline([Span])
    case matrix(Matrix)
    case network(Network)
    case map(Map)
    case ranges([Panel])
  }

  public struct Bar: Hashable, Sendable {
    public var label: String
    /// The number as its source gives it.
    public var words: String
    /// Where it certainly reaches, and where at most; nothing for what is no number.
    public var reach: ClosedRange<Double>?
    /// Whether it may go on beyond.
    public var isOpen: Bool
    /// Whether it is no answer: passed over, denied, or not holding.
    public var isPassedOver = false
  }

  public struct Span: Hashable, Sendable {
    public var label: String
    /// The first day that it can be of, and the last; nothing where it is not known.
    public var first: Day?
    public var last: Day?
  }

  public struct Matrix: Hashable, Sendable {
    /// What its rows are; empty where no heading says it.
    public var heading: String
    public var rows: [String]
    public var columns: [String]
    /// Row by row; empty where nothing is said.
    public var cells: [[String]]
  }
}

extension Picture {
  /// The picture that a table asks for, or else of its one column of amounts.
  /// - Throws: why it is not drawn.
  init(_ table: ResultTable) throws(ChartProblem) {
    title = (table.pictureTitle ?? table.title).map(Self.shown) ?? ""
    unit = ""
    ofWhen = table.ofWhen.map(Self.shown) ?? ""
    caveats = table.notes.map(Self.shown)
    sources = Self.sources(of: table)
    if sources.isEmpty { sources = table.pictureSources.map(Self.shown) }
    if table.view == nil, let panels = Self.panels(table) {
      content = .ranges(panels)
      if panels.flatMap(\.ranges).contains(where: \.isSampled) {
        caveats.append("where readings were drawn with a seed, others may go beyond")
      }
      return
    }
    let known = table.view.flatMap { $0.columns.allSatisfy(table.columns.indices.contains) ? $0 : nil }
    let view: ResultView
    if let known {
      let needed = [.map: 1, .bar: 2, .network: 2][known.kind] ?? 3
      guard known.columns.count >= needed || known.isWideMatrix else { throw .noMeasure }
      view = known
    } else {
      view = try BarColumns(table).view
    }
    func label(_ row: [Cell], _ part: Int) -> String { Self.shown(row.cell(view.columns[part]).displayText) }
    switch view.kind {
    case .bar:
      let drawn = try Self.bars(table, view)
      unit = Self.unit(of: table.rows.map { $0.cell(view.columns[1]) }, table.columns[view.columns[1]].name)
      content = .bars(drawn.bars)
      caveats += drawn.caveats
    case .timeline:
      // What of a thing it is tells its dates apart.
      let more = ["property", "what", "value"].compactMap { name in
        table.columns.firstIndex { $0.name == name }
      }.filter { !view.columns.contains($0) }
      content = .timeline(
        table.rows.map { row in
          Span(
            label: ([label(row, 0)] + more.map { Self.shown(row.cell($0).displayText) })
              .filter { !$0.isEmpty }.joined(separator: " "),
            first: Self.day(row.cell(view.columns[1]), isLast: false),
            last: Self.day(row.cell(view.columns[2]), isLast: true))
        })
    case .matrix:
      content = .matrix(view.isWideMatrix ? try Self.wide(table) : try Self.matrix(table, view))
      if Self.isOfPairs(table, view) { caveats.append("a pair without a number has no row") }
    case .network:
      let network = try Self.network(table, view)
      content = .network(network)
      caveats += network.untold
    case .map:
      let map = try Self.map(table, view)
      content = .map(map)
      if view.columns.count > 1 {
        unit = Self.unit(of: table.rows.map { $0.cell(view.columns[1]) }, table.columns[view.columns[1]].name)
      }
      if !map.elsewhere.isEmpty {
        caveats.append("not on the map: " + map.elsewhere.joined(separator: ", "))
      }
      caveats.append(Shapes.caveat)
    }
  }

  static func shown(_ text: String) -> String { visible(text, VisibleStyle(newline: " ", tab: " ")) }

  /// The values where a row and a column meet; what meets in one place stands there together.
  private static func matrix(_ table: ResultTable, _ view: ResultView) throws(ChartProblem) -> Matrix {
    var matrix = Matrix(heading: "", rows: [], columns: [], cells: [])
    var places: [[String]: String] = [:]
    var (rows, columns): (Set<String>, Set<String>) = ([], [])
    func add(_ row: String, _ column: String, _ words: String) {
      if rows.insert(row).inserted { matrix.rows.append(row) }
      if columns.insert(column).inserted { matrix.columns.append(column) }
      places[[row, column]] = (places[[row, column]].map { $0 + "; " } ?? "") + words
    }
    let isOfPairs = isOfPairs(table, view)
    for row in table.rows {
      var parts = view.columns.prefix(3).map { shown(row.cell($0).displayText) }
      // What has no name of its own is told by what it is none of.
      for place in 0..<2 where parts[place].isEmpty {
        parts[place] = "no " + shown(table.columns[view.columns[place]].name)
      }
      add(parts[0], parts[1], parts[2])
      if isOfPairs { add(parts[1], parts[0], parts[2]) }
    }
    if isOfPairs {
      matrix.rows.sort()
      matrix.columns.sort()
    }
    try refuseTooLarge(rows: rows.count, columns: columns.count)
    matrix.cells = matrix.rows.map { row in matrix.columns.map { places[[row, $0]] ?? "" } }
    return matrix
  }

  /// Whether its rows are of pairs that have no first and second: `a` and `b`.
  private static func isOfPairs(_ table: ResultTable, _ view: ResultView) -> Bool {
    view.kind == .matrix && view.columns.count >= 2 && table.columns[view.columns[0]].name == "a"
      && table.columns[view.columns[1]].name == "b"
      && table.rows.allSatisfy { row in
        view.columns.prefix(2).allSatisfy { if case .key = row.cell($0) { true } else { false } }
      }
  }

  /// A table of which each column but the first is one of the matrix.
  private static func wide(_ table: ResultTable) throws(ChartProblem) -> Matrix {
    try refuseTooLarge(rows: table.rows.count, columns: table.columns.count)
    return Matrix(
      heading: table.columns.first.map { shown($0.name) } ?? "",
      rows: table.rows.map { shown($0.cell(0).displayText) },
      columns: table.columns.dropFirst().map { shown($0.name) },
      cells: table.rows.map { row in (1..<max(1, table.columns.count)).map { shown(row.cell($0).displayText) }
      })
  }

  /// Every row has a place for every column, whatever little is said: of many of both no picture is made.
  private static func refuseTooLarge(rows: Int, columns: Int) throws(ChartProblem) {
    guard columns > 500 || rows > 100_000 / max(1, columns) else { return }
    throw .tooLarge(rows: rows, columns: columns)
  }

  /// What amounts are counted in, which is one for all of them.
  private static func unit(of cells: [Cell], _ column: String) -> String {
    for case .quantity(let quantity) in cells where !quantity.unit.isEmpty {
      return "\(column), \(quantity.unit)"
    }
    return column
  }

  private static func sources(of table: ResultTable) -> [String] {
    let places = table.columns.indices.filter { ["sources", "source"].contains(table.columns[$0].name) }
    var found: [String] = []
    func add(_ cell: Cell) {
      switch cell {
      case .list(let cells): for cell in cells { add(cell) }
      case .empty: return
      // An analysis has several in one text.
      default: found += shown(cell.displayText).split(separator: ", ").map(String.init)
      }
    }
    for row in table.rows { for place in places { add(row.cell(place)) } }
    var seen: Set<String> = []
    return found.filter { seen.insert($0).inserted }
  }

  private static func day(_ cell: Cell, isLast: Bool) -> Day? {
    func known(_ day: Day) -> Day? { day == .distantPast || day == .distantFuture ? nil : day }
    func day(_ date: PartialDate) -> Day? { known(isLast ? date.latest : date.earliest) }
    switch cell {
    case .date(let date): return day(date)
    case .text(let text): return (try? PartialDate(edtf: text)).flatMap(day)
    case .validity(let validity):
      return known(isLast ? validity.bounds.endLatest : validity.bounds.startEarliest)
    default: return nil
    }
  }
}
