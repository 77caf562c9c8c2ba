extension StringProtocol {
  /// The text without the blanks and tabs around it; ends of lines stay.
  public var trimmed: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.isBlank }),
      let last = scalars.lastIndex(where: { !$0.isBlank })
    else { return "" }
    return String(String.UnicodeScalarView(scalars[first...last]))
  }
}

extension Unicode.Scalar {
  fileprivate var isBlank: Bool {
    switch value {
    // The last is no separator to Unicode any more, but a blank without width.
    case 0x20, 0x09, 0x200B: true
    default: value >= 0x80 && properties.generalCategory == .spaceSeparator
    }
  }
}
