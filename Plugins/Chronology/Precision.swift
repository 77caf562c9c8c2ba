import PluginKit

/// How exactly a date is given (ISO 8601-2, which took EDTF in).
enum Precision {
  /// In a word: `day`, `month`, `season`, `quarter`, `half`, `year`, `decade`, `range`; `about` before it where its source
  /// says so (`~`), and `perhaps` where it doubts it (`?`).
  static func words(_ date: DateValue) -> String {
    var text = date.edtf
    var about: [String] = []
    if text.contains("~") || text.contains("%") { about.append("about") }
    if text.contains("?") || text.contains("%") { about.append("perhaps") }
    text.removeAll { "~?%".contains($0) }
    return (about + [unit(text)]).joined(separator: " ")
  }

  private static func unit(_ text: String) -> String {
    if text.contains("/") { return "range" }
    let parts = text.drop { $0 == "-" }.split(separator: "-").map(String.init)
    guard let year = parts.first else { return "range" }
    // `X` stands for a digit that is not known.
    if year.contains("X") { return year.hasSuffix("XX") ? "century" : "decade" }
    guard parts.count > 1, !parts[1].contains("X") else { return "year" }
    switch parts[1] {
    case let half where half.hasPrefix("H"): return "half"
    case let quarter where quarter.hasPrefix("Q"): return "quarter"
    case "21", "22", "23", "24": return "season"
    case "33", "34", "35", "36": return "quarter"
    case "40", "41": return "half"
    default: return parts.count > 2 && !parts[2].contains("X") ? "day" : "month"
    }
  }
}
