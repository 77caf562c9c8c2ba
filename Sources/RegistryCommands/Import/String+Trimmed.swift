extension StringProtocol {
  /// The text without white space around it. What follows a blank and is no letter of its own, such as an accent, stays.
  var trimmed: String {
    let rest = Substring(self)
    if let first = rest.utf8.first, let last = rest.utf8.last, first > 0x20, first < 0x80, last > 0x20,
      last < 0x80
    {
      return String(rest)
    }
    let scalars = rest.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(String.UnicodeScalarView(scalars[first...last]))
  }
}
