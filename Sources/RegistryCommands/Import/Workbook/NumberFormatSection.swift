import FoundationEssentials
import RegistryModel

/// How numbers of one kind are shown: a part of a format's code between semicolons.
struct NumberFormatSection: Hashable {
  /// For which numbers it is, where it says so itself: `[>=1000]`.
  private(set) var condition: Condition?
  /// As what a day is shown; nil for a number.
  var time: NumberFormat.Time?
  var isPercent = false
  /// How many digits it shows behind the point at least.
  var decimals = 0
  /// How many digits it shows before the point at least.
  private var wholeDigits = 1
  /// By how many thousands it is shown smaller.
  private var thousands = 0
  private var before = ""
  private var behind = ""
  /// The digits before the point with what stands between them, as in `000-000`; empty where nothing does.
  private var pattern: [Mark] = []
  /// Whether what is shown does not tell the number: `"X"`, `# ?/?`, nothing at all.
  private(set) var hidesNumber = false

  struct Condition: Hashable {
    var sign: String
    var bound: Decimal

    func holds(for number: Decimal) -> Bool {
      switch sign {
      case ">": number > bound
      case ">=": number >= bound
      case "<": number < bound
      case "<=": number <= bound
      case "<>": number != bound
      default: number == bound
      }
    }

    /// What stands in brackets; nil for a colour, a currency and whatever else is no condition.
    init?(_ inside: String) {
      let sign = inside.prefix { "<>=".contains($0) }
      guard [">", ">=", "<", "<=", "<>", "="].contains(sign),
        let bound = Decimal(exactly: String(inside.dropFirst(sign.count)))
      else { return nil }
      (self.sign, self.bound) = (String(sign), bound)
    }
  }

  private enum Mark: Hashable {
    /// A digit, and whether it is shown where the number has none there.
    case digit(isKept: Bool)
    case text(String)
  }

  /// A number as it is.
  init() {}

  /// - Parameter code: of this part alone.
  init(_ code: Substring) { read(code) }

  private mutating func read(_ code: Substring) {
    var characters = code
    var letters: Set<Character> = []
    var (hasDigits, isAfterPoint, isInExponent, isFraction, commas, kept) = (false, false, false, false, 0, 0)
    // What stands behind the last digit so far.
    var last = ""
    func literal(_ text: String, _ section: inout Self) {
      if hasDigits { last += text } else { section.before += text }
    }
    while let character = characters.popFirst() {
      switch character {
      case "\"":
        literal(String(characters.prefix { $0 != "\"" }), &self)
        characters = characters.drop { $0 != "\"" }.dropFirst()
      case "\\": if let next = characters.popFirst() { literal(String(next), &self) }
      case "_", "*":
        characters = characters.dropFirst()
        literal(" ", &self)
      case "[":
        let inside = String(characters.prefix { $0 != "]" })
        characters = characters.drop { $0 != "]" }.dropFirst()
        // `[$USD-409]` is a currency, `[Red]` a colour, `[h]` hours beyond a day.
        if inside.hasPrefix("$") { literal(String(inside.dropFirst().prefix { $0 != "-" }), &self) }
        if ["h", "hh", "m", "mm", "s", "ss"].contains(inside.lowercased()) { letters.insert("h") }
        condition = condition ?? Condition(inside)
      case "G" where characters.hasPrefix("eneral"):
        characters = characters.dropFirst("eneral".count)
        hasDigits = true
      case "0", "#", "?":
        hasDigits = true
        commas = 0
        guard !isInExponent else { continue }
        // Blanks between digits group them.
        if !last.trimmed.isEmpty {
          isFraction = isFraction || isAfterPoint || last.contains("/")
          pattern.append(.text(last))
        }
        last = ""
        if isAfterPoint {
          if character != "#" { decimals += 1 }
        } else {
          if character == "0" { kept += 1 }
          pattern.append(.digit(isKept: character == "0"))
        }
      case ".": isAfterPoint = true
      case ",": if hasDigits { commas += 1 }
      case "%":
        isPercent = true
        hasDigits = true
      case "y", "Y", "m", "M", "d", "D", "h", "H", "s", "S":
        letters.insert(Character(character.lowercased()))
      case "E", "e":
        if characters.first == "+" || characters.first == "-" {
          characters = characters.dropFirst()
          isInExponent = hasDigits
        }
      case "@": hasDigits = true
      case "$", "€", "£", "¥", " ", "-", "(", ")", "/", ":": literal(String(character), &self)
      default: break
      }
    }
    thousands = commas
    wholeDigits = max(1, kept)
    (before, behind) = (before.trimmed, last.trimmed)
    readTime(letters)
    if !pattern.contains(where: { if case .text = $0 { true } else { false } }) { pattern = [] }
    // A bare sign is how numbers below 0 are shown.
    if pattern.isEmpty, Set(before).isSubset(of: "-( ") { before = "" }
    if Set(behind).isSubset(of: ") ") { behind = "" }
    hidesNumber =
      time == nil && (!hasDigits || isFraction || !pattern.isEmpty && (isAfterPoint || commas > 0))
    if hidesNumber { (before, behind, pattern) = ("", "", []) }
  }

  private mutating func readTime(_ letters: Set<Character>) {
    if letters.contains("h") || letters.contains("s") {
      time = letters.contains("y") || letters.contains("d") ? .moment : .clock
    } else if letters.contains("d") {
      time = .day
    } else if letters.contains("m") {
      time = .month
    } else if letters.contains("y") {
      time = .year
    }
  }

  /// What a number says that is no day.
  func text(_ number: Decimal) -> String {
    if hidesNumber { return Quantity.text(of: number) }
    var number = number
    if isPercent { number *= 100 }
    for _ in 0..<min(thousands, 5) { number /= 1000 }
    var text = Quantity.text(of: number)
    let shown = text.split(separator: ".").dropFirst().first?.count ?? 0
    if !pattern.isEmpty, shown == 0 {
      text = filled(with: text)
    } else {
      let isNegative = text.hasPrefix("-")
      let digits = (isNegative ? text.dropFirst() : text[...]).prefix { $0 != "." }.count
      if digits < wholeDigits {
        text =
          (isNegative ? "-" : "") + String(repeating: "0", count: wholeDigits - digits)
          + (isNegative ? text.dropFirst() : text[...])
      }
      if decimals > shown {
        if shown == 0 { text += "." }
        text += String(repeating: "0", count: min(30, decimals) - shown)
      }
    }
    if isPercent { text += "%" }
    // A unit stands by itself; whatever else is written on to the number goes with it.
    if let last = before.last { text = before + (isOfUnit(last) ? " " : "") + text }
    if let first = behind.first { text += (isOfUnit(first) ? " " : "") + behind }
    return text
  }

  private func isOfUnit(_ character: Character) -> Bool { character.isLetter || character.isCurrencySymbol }

  /// A whole number put into the pattern, from its end on.
  private func filled(with text: String) -> String {
    let isNegative = text.hasPrefix("-")
    var digits = Array(isNegative ? text.dropFirst() : text[...])
    var pieces: [String] = []
    let first = pattern.firstIndex { if case .digit = $0 { true } else { false } }
    for (place, mark) in pattern.enumerated().reversed() {
      switch mark {
      case .text(let text): pieces.append(text)
      case .digit where place == first && !digits.isEmpty:
        pieces.append(String(digits))
        digits = []
      case .digit(let isKept): pieces.append(digits.popLast().map { String($0) } ?? (isKept ? "0" : ""))
      }
    }
    return (isNegative ? "-" : "") + pieces.reversed().joined()
  }
}
