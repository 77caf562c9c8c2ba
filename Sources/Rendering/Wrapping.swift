/// Breaks `text` into lines of at most `width` columns: at its own line ends, then between words, and inside a
/// word only where the word alone is too wide. Blanks at a break are dropped.
///
/// - Parameters:
///   - width: at least 2, so that every grapheme has room.
///   - maxLines: how many lines at most; the last one ends in `ellipsis` where text is left.
func wrap(_ text: String, width: Int, maxLines: Int = .max, ellipsis: String = "…") -> [String] {
  if let count = printableASCIICount(text), count <= width { return [text] }
  var wrapper = Wrapper(width: max(width, 2), maxLines: maxLines)
  for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
    wrapper.append(paragraph)
    if wrapper.isFull { break }
  }
  guard wrapper.isFull else { return wrapper.lines }
  var lines = Array(wrapper.lines.prefix(maxLines))
  if let last = lines.popLast() {
    let room = max(0, width - displayWidth(ellipsis))
    lines.append(String(last[..<end(of: last, width: room).index]) + ellipsis)
  }
  return lines
}

/// Behind what a word may be broken that is too wide for its line.
private let breakMarks: Set<Character> = ["-", "_", "/", "–", "‑"]

/// The parts of a word between which it may be broken.
func breakableParts(of word: Substring) -> [Substring] {
  var parts: [Substring] = []
  var start = word.startIndex
  for index in word.indices where breakMarks.contains(word[index]) {
    let end = word.index(after: index)
    parts.append(word[start..<end])
    start = end
  }
  return start < word.endIndex ? parts + [word[start...]] : parts
}

private struct Wrapper {
  let width: Int
  let maxLines: Int
  var lines: [String] = []
  private var line = ""
  private var used = 0
  /// Whether the line began at a break that we made, where blanks are dropped.
  private var isContinued = false

  init(width: Int, maxLines: Int) {
    self.width = width
    self.maxLines = maxLines
  }

  /// Whether more lines were made than are wanted, so that the rest need not be looked at.
  var isFull: Bool { lines.count > maxLines }

  mutating func append(_ paragraph: Substring) {
    var isFirst = true
    isContinued = false
    for word in paragraph.split(separator: " ", omittingEmptySubsequences: false) {
      append(word: word, isFirst: isFirst)
      isFirst = false
      if isFull { return }
    }
    breakLine()
  }

  private mutating func append(word: Substring, isFirst: Bool) {
    let needed = displayWidth(word)
    if !isFirst, !(isContinued && line.isEmpty) {
      if used + 1 + needed <= width {
        line += " "
        used += 1
      } else {
        breakLine()
        isContinued = true
      }
    }
    var rest = word
    var left = needed
    while left > width - used, !isFull {
      var (index, taken) = end(of: rest, width: width - used)
      // Behind a hyphen, where one stands, so that no part of a key is cut.
      if index < rest.endIndex, let mark = rest[..<index].lastIndex(where: breakMarks.contains) {
        index = rest.index(after: mark)
        taken = displayWidth(rest[..<index])
      }
      // A single grapheme wider than the whole line has no better place.
      let cut = index == rest.startIndex && used == 0 ? rest.index(after: index) : index
      line += rest[..<cut]
      left -= cut == index ? taken : displayWidth(rest[..<cut])
      rest = rest[cut...]
      breakLine()
    }
    line += rest
    used += left
  }

  private mutating func breakLine() {
    while line.last == " " { line.removeLast() }
    lines.append(line)
    line = ""
    used = 0
  }
}
