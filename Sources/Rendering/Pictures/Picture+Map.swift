import FoundationEssentials
import RegistryModel

extension Picture {
  /// States, and what is said of each.
  public struct Map: Hashable, Sendable {
    public var places: [Place]
    /// What is told apart, in the order of the legend: the words of each and how many places have it.
    public var classes: [Class]
    /// Whether the classes are of one measure, from the least to the most.
    public var isMeasure: Bool
    /// What has no place on the map.
    public var elsewhere: [String]

    public struct Place: Hashable, Sendable {
      /// By ISO 3166.
      public var code: String
      public var name: String
      /// What is said of it, as it is given.
      public var words: String
      /// The number of its class.
      public var kind: Int

      var label: String { name.isEmpty ? code : name }
    }

    public struct Class: Hashable, Sendable {
      public var name: String
      public var count: Int
      /// Which of the ways to look it has, from 0 on.
      public var look = 0
    }

    /// More classes than this are not told apart.
    static let mostClasses = 6

    /// What a legend says of a class.
    func words(of kind: Int) -> String {
      let (found, names) = (classes[kind], names(of: kind).joined(separator: ", "))
      return "\(found.name) (\(found.count == 1 ? "1 state" : "\(found.count) states")): \(names)"
    }

    private func names(of kind: Int) -> [String] { places.filter { $0.kind == kind }.map(\.label).sorted() }
  }

  /// The map of a table: of the column of places, and the words or numbers that stand beside.
  static func map(_ table: ResultTable, _ view: ResultView) throws(ChartProblem) -> Map {
    let name = table.columns.firstIndex { $0.name == "name" }
    var seen: [String: (name: String, cells: [Cell])] = [:]
    var order: [String] = []
    for row in table.rows {
      let key = shown(row.cell(view.columns[0]).displayText)
      guard !key.isEmpty else { continue }
      if seen[key] == nil { order.append(key) }
      let called = name.map { shown(row.cell($0).displayText) } ?? ""
      let value = view.columns.count > 1 ? row.cell(view.columns[1]) : .text("listed")
      seen[key, default: (called, [])].cells.append(value)
    }
    let placed = order.filter { Shapes.byCode[$0] != nil }
    let elsewhere = order.filter { Shapes.byCode[$0] == nil }
    guard !placed.isEmpty else { throw order.isEmpty ? .nothing : .noPlaces }
    let values = placed.map { key -> Cell in
      let cells = (seen[key]?.cells ?? []).map {
        shown($0.displayText).isEmpty ? Cell.text("not stated") : $0
      }
      return cells.count == 1 ? cells[0] : .text(cells.map { shown($0.displayText) }.joined(separator: ", "))
    }
    let column = view.columns.count > 1 ? table.columns[view.columns[1]].name : ""
    if view.columns.count > 1 { try BarColumns.refuseUnlike(table, view.columns[1]) }
    // The number of a bloc measures nothing.
    let isNumbered = ["bloc", "camp", "class", "cluster", "group", "part"].contains(column)
    let (kinds, classes, isMeasure) = try classes(
      of: isNumbered ? values.map { .text("\(column) \(shown($0.displayText))") } : values)
    let places = zip(placed, zip(values, kinds)).map { key, said in
      Map.Place(code: key, name: seen[key]?.name ?? "", words: shown(said.0.displayText), kind: said.1)
    }
    return Map(
      places: places, classes: classes, isMeasure: isMeasure,
      elsewhere: elsewhere.map { key in seen[key].map { $0.name.isEmpty ? key : $0.name } ?? key })
  }

  /// What a cell of standing says, in the order in which a legend has it, and how it looks, on each map alike.
  private static let standings = [
    ("yes", 0), ("listed", 0), ("stated", 2), ("in part", 4), ("maybe", 1), ("yes, denied", 2), ("denied", 3),
    ("not today", 5),
  ]

  private static func standing(_ name: String) -> Int {
    standings.firstIndex { $0.0 == name } ?? standings.count
  }

  /// Looks for classes: what has one of its own has it where it is free, others have the first that are.
  private static func looks(_ names: [String]) -> [Int] {
    var looks: [Int?] = names.map { _ in nil }
    for (place, name) in names.enumerated() {
      guard let look = standings.first(where: { $0.0 == name })?.1, !looks.contains(look) else { continue }
      looks[place] = look
    }
    for place in looks.indices where looks[place] == nil {
      looks[place] = (0...names.count).first { !looks.contains($0) }
    }
    return looks.map { $0 ?? 0 }
  }

  private static func classes(
    of values: [Cell]
  ) throws(ChartProblem) -> (kinds: [Int], classes: [Map.Class], isMeasure: Bool) {
    let reaches = values.map { BarReach($0) }
    let words = values.map { shown($0.displayText) }
    let numbers = reaches.compactMap { $0?.least }
    if numbers.count == values.count, Set(words).count > Map.mostClasses {
      let found = ranges(numbers, words)
      return (found.kinds, found.classes, true)
    }
    let isMeasure = numbers.count == values.count
    let names = Set(words).sorted { one, other in
      if isMeasure { return number(one, words, numbers) < number(other, words, numbers) }
      return (standing(one), one) < (standing(other), other)
    }
    guard names.count <= Map.mostClasses else { throw .tooManyKinds(names.count) }
    let kinds = words.map { names.firstIndex(of: $0) ?? 0 }
    let looks = looks(names)
    return (
      kinds,
      names.enumerated().map { index, name in
        Map.Class(name: name, count: kinds.count { $0 == index }, look: looks[index])
      }, isMeasure
    )
  }

  private static func number(_ word: String, _ words: [String], _ numbers: [Double]) -> Double {
    words.firstIndex(of: word).map { numbers[$0] } ?? 0
  }

  /// Five classes of about as many places each, like numbers in one.
  private static func ranges(_ numbers: [Double], _ words: [String]) -> (kinds: [Int], classes: [Map.Class]) {
    let sorted = numbers.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
    let most = 5
    var kinds = [Int](repeating: 0, count: numbers.count)
    var ends: [(first: Int, last: Int, count: Int)] = []
    for (place, index) in sorted.enumerated() {
      let wanted = min(most - 1, place * most / sorted.count)
      let isLike = place > 0 && numbers[sorted[place - 1]] == numbers[index]
      if ends.isEmpty || !isLike && wanted >= ends.count {
        ends.append((index, index, 0))
      }
      ends[ends.count - 1].last = index
      ends[ends.count - 1].count += 1
      kinds[index] = ends.count - 1
    }
    return (
      kinds,
      ends.map { end in
        let (first, last) = (words[end.first], words[end.last])
        return Map.Class(name: first == last ? first : "\(first) to \(last)", count: end.count)
      }
    )
  }
}
