extension Datum {
  /// Whether a column of yes and no says yes.
  public var isYes: Bool { self == .boolean(true) || self == .integer(1) }

  /// The date of a cell that has one.
  public var date: DateValue? { if case .date(let date) = self { date } else { nil } }

  /// The first day that a date can mean, as days since 1970-01-01; of a column of days the day.
  public var day: Int64? { date?.firstDay }

  /// The keys or ids of a cell that joins them by commas, such as `lead` of initiatives or `statements` of paths.
  public var names: [String] { names(joinedBy: ",") }

  /// The names of a cell that joins them by a sign, such as `through` of memberships by `>`.
  public func names(joinedBy sign: Character) -> [String] {
    label.split(separator: sign).compactMap { part in
      let name = part.drop { $0 == " " }
      return name.isEmpty ? nil : String(name.last == " " ? name.dropLast() : name)
    }
  }
}

extension Sequence where Element: Hashable {
  /// The same in the same order, each once.
  public func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
