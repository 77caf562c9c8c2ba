/// What marks the parts of an output on a terminal, as parameters of SGR escapes; an empty one marks nothing.
///
/// Only weights and the sixteen colours that a terminal's owner chooses are used, so that a theme is readable on light
/// and on dark.
public struct Theme: Hashable, Sendable {
  /// Titles and headings.
  public var heading = ""
  /// Rules, counts and notes.
  public var faint = ""
  /// Keys and ids, which can be copied into the next command.
  public var key = ""
  /// Numbers and money.
  public var number = ""
  /// `error:`
  public var problem = ""
  /// `help:`
  public var advice = ""

  /// No marks at all.
  public static let none = Theme()
  /// Weights only.
  public static let mono = Theme(heading: "1", faint: "2", problem: "1", advice: "1")
  /// Colours beside weights.
  public static let colour = Theme(
    heading: "1", faint: "2", key: "36", number: "33", problem: "1;31", advice: "1;36")

  /// The themes by the names that users know them by.
  public static let named: [(name: String, theme: Theme)] = [
    ("colour", .colour), ("mono", .mono), ("none", .none),
  ]

  /// The text between the escape that sets a mark and the one that ends it.
  public func mark(_ text: String, _ part: KeyPath<Theme, String>) -> String {
    let parameters = self[keyPath: part]
    return parameters.isEmpty || text.isEmpty ? text : "\u{1B}[\(parameters)m\(text)\u{1B}[0m"
  }
}
