/// A text as a literal of JSON and of JavaScript, which no page reads as markup, wherever it stands.
func scriptText(_ text: String) -> String {
  let digits = Array("0123456789abcdef")
  var literal = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": literal += "\\\""
    case "\\": literal += "\\\\"
    case "<", ">", "&", "'", "\u{2028}", "\u{2029}", "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}":
      literal += "\\u"
      for shift in [12, 8, 4, 0] { literal.append(digits[Int(scalar.value >> UInt32(shift)) & 15]) }
    default: literal.unicodeScalars.append(scalar)
    }
  }
  return literal + "\""
}

/// What hides from the reader is shown, as on the page.
func shownScriptText(_ text: String) -> String {
  scriptText(visible(text, VisibleStyle(newline: " ", tab: " ")))
}
