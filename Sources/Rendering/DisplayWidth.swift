/// How many columns of a terminal `text` takes.
///
/// Wide and fullwidth characters of East Asia take two, ambiguous ones one, combining marks none; emoji sequences
/// (joined, with a skin tone, flags, keycaps) take two. Control characters count as none: make them visible
/// first, see ``visible(_:)``.
public func displayWidth(_ text: some StringProtocol) -> Int {
  // Most text is printable ASCII, where bytes are columns.
  if let bytes = printableASCIICount(text) { return bytes }
  return text.reduce(0) { $0 + displayWidth($1) }
}

/// The beginning of `text` that fits into `width` columns, with `ellipsis` at its end where something was cut off.
public func truncate(
  _ text: some StringProtocol, toWidth width: Int, ellipsis: String = "…"
) -> String {
  guard displayWidth(text) > width else { return String(text) }
  let available = width - displayWidth(ellipsis)
  guard available >= 0 else { return "" }
  return String(text[..<end(of: text, width: available).index]) + ellipsis
}

/// Where the part of `text` ends that fits into `width` columns, and how many it takes.
func end<Text: StringProtocol>(of text: Text, width: Int) -> (index: Text.Index, width: Int) {
  var used = 0
  var index = text.startIndex
  while index < text.endIndex {
    let next = displayWidth(text[index])
    if used + next > width { break }
    used += next
    index = text.index(after: index)
  }
  return (index, used)
}

/// The columns of one grapheme.
func displayWidth(_ character: Character) -> Int {
  if let ascii = character.asciiValue { return ascii >= 0x20 && ascii != 0x7F ? 1 : 0 }
  var sum = 0
  var isSequence = false
  var indicators = 0
  for scalar in character.unicodeScalars {
    switch scalar.value {
    // Emoji presentation and skin tones make what they stand behind an emoji.
    case 0xFE0F, 0x1F3FB...0x1F3FF: isSequence = true
    // A joiner makes one picture of emoji, but stands between letters of other scripts too.
    case 0x200D: isSequence = isSequence || sum == 2
    case 0x1F1E6...0x1F1FF: indicators += 1
    default: break
    }
    sum += displayWidth(scalar)
  }
  return isSequence || indicators == 2 ? 2 : sum
}

private func displayWidth(_ scalar: Unicode.Scalar) -> Int {
  // Vowels and finals of Hangul syllables stand inside the leading consonant's two columns.
  if 0x1160...0x11FF ~= scalar.value || 0xD7B0...0xD7FF ~= scalar.value { return 0 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .control, .lineSeparator, .paragraphSeparator: return 0
  // A terminal draws the soft hyphen.
  case .format: return scalar.value == 0xAD ? 1 : 0
  default: return isWide(scalar.value) ? 2 : 1
  }
}

private func isWide(_ value: UInt32) -> Bool {
  guard value >= 0x1100 else { return false }
  var low = 0
  var high = wideRanges.count
  while low < high {
    let middle = (low + high) / 2
    if wideRanges[middle].upperBound < value { low = middle + 1 } else { high = middle }
  }
  return low < wideRanges.count && wideRanges[low].lowerBound <= value
}

/// The number of bytes where all are printable ASCII.
func printableASCIICount(_ text: some StringProtocol) -> Int? {
  var count = 0
  for byte in text.utf8 {
    guard byte >= 0x20, byte < 0x7F else { return nil }
    count += 1
  }
  return count
}
