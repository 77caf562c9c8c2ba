/// Texts for the reader of help.
public enum HelpText {
  /// A text in lines of at most so many signs, where its words allow it.
  public static func wrapped(_ text: String, width: Int = 96, indent: String = "") -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].count + word.count + 1 > width - indent.count { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
    }
    return lines.map { indent + $0 }.joined(separator: "\n")
  }
}
