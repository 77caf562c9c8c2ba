import FoundationEssentials
import RegistryModel

/// How a number of a workbook is shown, and so what it means: a day, a percentage, an amount in a currency.
///
/// All digits that are stored are kept, whatever a cell shows of them; where it shows more behind the point, zeros follow.
struct NumberFormat: Hashable {
  /// How exact a day is shown.
  enum Time: Hashable { case year, month, day, moment, clock }

  private(set) var time: Time?
  private var isPercent = false
  private var decimals = 0
  /// By how many thousands it is shown smaller.
  private var thousands = 0
  private var before = ""
  private var behind = ""

  /// - Parameter code: of a format of the workbook's own; others are known by their number.
  init(id: Int = 0, code: String? = nil) {
    if let code {
      read(code)
      return
    }
    switch id {
    case 2, 4, 39, 40: decimals = 2
    case 9: isPercent = true
    case 10: (isPercent, decimals) = (true, 2)
    case 14...16, 27...31, 34...36, 50...54, 57, 58: time = .day
    case 17, 55, 56: time = .month
    case 22: time = .moment
    case 18...21, 32, 33, 45...47: time = .clock
    default: break
    }
  }

  /// Reads the first part of a code, which is of numbers above 0.
  private mutating func read(_ code: String) {
    var characters = Array(code)[...]
    var letters: Set<Character> = []
    var (isBehind, isAfterPoint, commas) = (false, false, 0)
    func literal(_ text: String, _ format: inout NumberFormat) {
      if isBehind { format.behind += text } else { format.before += text }
    }
    while let character = characters.popFirst() {
      switch character {
      case ";": characters = []
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
      case "0", "#", "?":
        isBehind = true
        if isAfterPoint, character != "#" { decimals += 1 }
        commas = 0
      case ".": isAfterPoint = true
      case ",": if isBehind { commas += 1 }
      case "%":
        isPercent = true
        isBehind = true
      case "y", "Y", "m", "M", "d", "D", "h", "H", "s", "S":
        letters.insert(Character(character.lowercased()))
      case "E", "e":
        if characters.first == "+" || characters.first == "-" { characters = characters.dropFirst() }
      case "$", "€", "£", "¥", " ", "-", "(", ")", "/", ":": literal(String(character), &self)
      default: break
      }
    }
    thousands = commas
    (before, behind) = (before.trimmed, behind.trimmed)
    if letters.contains("h") || letters.contains("s") {
      time = letters.contains("y") || letters.contains("d") ? .moment : .clock
    } else if letters.contains("d") {
      time = .day
    } else if letters.contains("m") {
      time = .month
    } else if letters.contains("y") {
      time = .year
    }
    // A bare sign is how numbers below 0 are shown.
    if Set(before).isSubset(of: "-( ") { before = "" }
    if Set(behind).isSubset(of: ") ") { behind = "" }
  }

  /// What a stored number says.
  func text(_ stored: String, countsFrom1904: Bool) -> String {
    guard let double = Double(stored), double.isFinite else { return stored }
    if time != nil { return date(double, countsFrom1904) ?? stored }
    // Excel keeps fifteen digits; what a file has beyond them is how it writes them.
    guard var number = Decimal(string: shortest(double)) else { return stored }
    if isPercent { number *= 100 }
    for _ in 0..<min(thousands, 5) { number /= 1000 }
    var text = Quantity.text(of: number)
    let shown = text.split(separator: ".").dropFirst().first?.count ?? 0
    if decimals > shown {
      if shown == 0 { text += "." }
      text += String(repeating: "0", count: min(30, decimals) - shown)
    }
    if isPercent { text += "%" }
    return [before, text, behind].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The number with fifteen digits at most.
  private func shortest(_ number: Double) -> String {
    guard let decimal = Decimal(string: "\(number)") else { return "\(number)" }
    let digits = Array("\(decimal.significand)")
    guard digits.count > 15, digits.allSatisfy(\.isNumber) else { return "\(decimal)" }
    let isUp = (digits[15].wholeNumberValue ?? 0) >= 5
    let kept = (Decimal(string: String(digits[..<15])) ?? 0) + (isUp ? 1 : 0)
    return "\(Decimal(sign: decimal.sign, exponent: decimal.exponent + digits.count - 15, significand: kept))"
  }

  /// The day of a serial number, as exact as it is shown.
  private func date(_ serial: Double, _ countsFrom1904: Bool) -> String? {
    let whole = serial.rounded(.down)
    guard whole >= 0, whole < 2_958_466 else { return nil }
    let part = serial - whole
    var seconds = Int((part * 86_400).rounded())
    var days = Int64(whole)
    if seconds == 86_400 { (seconds, days) = (0, days + 1) }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(two(seconds / 3600)):\(two(seconds / 60 % 60))"
    if time == .clock { return days == 0 ? clock : nil }
    guard let epoch = (try? PartialDate(edtf: countsFrom1904 ? "1904-01-01" : "1899-12-31"))?.earliest else {
      return nil
    }
    // Counted from 1900, day 60 is one that never was, and all behind it are one too many.
    if !countsFrom1904 {
      guard days != 60, days > 0 else { return nil }
      if days > 60 { days -= 1 }
    }
    let edtf = PartialDate(day: Day(epoch.number + days)).edtf
    switch time {
    case .year: return String(edtf.prefix(4))
    case .month: return String(edtf.prefix(7))
    // What is a moment is told as one: no day is made of it.
    case .moment, .day: return seconds == 0 ? edtf : "\(edtf) \(clock)"
    default: return nil
    }
  }
}
