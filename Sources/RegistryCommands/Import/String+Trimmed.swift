extension StringProtocol {
  /// The text without white space around it.
  var trimmed: String {
    var rest = Substring(self)
    if let first = rest.utf8.first, let last = rest.utf8.last, first > 0x20, first < 0x80, last > 0x20,
      last < 0x80
    {
      return String(rest)
    }
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
