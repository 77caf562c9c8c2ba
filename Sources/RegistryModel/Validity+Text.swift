extension Validity {
  /// The period in the language's own words: `from 2025-12-12`, `from 2025 until 2026-06`, `through 2026-06`,
  /// `from 1973 still on 2026-09-01`,
  /// `on 2026-02-20`, `within 2025-01..2025-03`; empty where nothing is stated.
  public var canonicalText: String {
    switch extent {
    case .unstated: return ""
    case .ongoing(let start, let still): return "from \(start.edtf) still on \(still.edtf)"
    case .seen(let date): return "on \(date.edtf)"
    case .within(let first, let last):
      // Dates with points or an open side of their own need the blanks to be told apart.
      let isPlain = [first, last].allSatisfy { !$0.edtf.contains("..") && !$0.edtf.contains("/") }
      return "within \(first.edtf)\(isPlain ? ".." : " .. ")\(last.edtf)"
    case .period(let start, let end):
      var clauses: [String] = []
      if case .from(let date)? = start { clauses.append("from \(date.edtf)") }
      switch end {
      case .until(let date)?: clauses.append("until \(date.edtf)")
      case .through(let date)?: clauses.append("through \(date.edtf)")
      case nil: break
      }
      return clauses.joined(separator: " ")
    }
  }

  /// Reads what ``canonicalText`` writes; nothing where the text is no period.
  public init?(canonicalText text: String) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    switch words.first {
    case "" where words.count == 1: self.init()
    case "on" where words.count == 2:
      guard let date = try? PartialDate(edtf: words[1]) else { return nil }
      self.init(.seen(date))
    case "from" where words.count == 5 && words[2] == "still" && words[3] == "on":
      guard let start = try? PartialDate(edtf: words[1]), let still = try? PartialDate(edtf: words[4])
      else { return nil }
      self.init(.ongoing(start, still: still))
    case "within":
      let ends = words.count == 4 && words[2] == ".." ? [words[1], words[3]] : Validity.ends(words)
      guard ends.count == 2, let first = try? PartialDate(edtf: ends[0]),
        let last = try? PartialDate(edtf: ends[1])
      else { return nil }
      self.init(.within(first, last))
    default:
      guard let period = Validity.period(words) else { return nil }
      self.init(period)
    }
  }

  private static func ends(_ words: [String]) -> [String] {
    words.count == 2 ? words[1].split(separator: "..", omittingEmptySubsequences: false).map(String.init) : []
  }

  private static func period(_ words: [String]) -> Extent? {
    guard words.count == 2 || words.count == 4 else { return nil }
    var start: Start?
    var end: End?
    for index in stride(from: 0, to: words.count, by: 2) {
      guard end == nil, let date = try? PartialDate(edtf: words[index + 1]) else { return nil }
      switch words[index] {
      case "from" where start == nil: start = .from(date)
      case "until": end = .until(date)
      case "through": end = .through(date)
      default: return nil
      }
    }
    return .period(start, end)
  }
}

extension Validity: CustomStringConvertible {
  /// The canonical text.
  public var description: String { canonicalText }
}
