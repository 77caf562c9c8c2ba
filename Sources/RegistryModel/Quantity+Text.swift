package import FoundationEssentials

extension Quantity {
  /// The quantity as the command language writes it, the same for equal quantities: `91%`, `about 47..87%`,
  /// `at least USD 1bn each`, `USD 250..310/kg`, `5 weeks`, `26`.
  ///
  /// Money takes the largest of `m`, `bn` and `tn` that leaves at most three decimals; other numbers are written out.
  public var canonicalText: String { text(grouped: false) }

  /// The quantity for people: as ``canonicalText``, with the digits of long numbers in groups (`10,050,000 t`).
  ///
  /// Groups begin at five digits, so that a year that is kept as a number does not get a comma.
  public var displayText: String { text(grouped: true) }

  /// A number without exponent, group separators, locale or trailing zeros.
  package static func text(of number: Decimal) -> String {
    let digits = number.description
    guard digits.utf8.contains(UInt8(ascii: ".")) else { return digits }
    var trimmed = Substring(digits)
    while trimmed.last == "0" { trimmed.removeLast() }
    if trimmed.last == "." { trimmed.removeLast() }
    return String(trimmed)
  }

  private func text(grouped: Bool) -> String {
    let (head, per) = unitParts
    let isMoney = Currency.isCode(head)
    var text = approximate ? "about " : ""
    if bound != .exact, bound != .range { text = "\(bound.rawValue) " + text }
    if isMoney { text += head + " " }
    text += numberText(magnitude: isMoney ? magnitude : nil, grouped: grouped)
    if isMoney || head == "%" {
      text += (isMoney ? "" : "%") + per
    } else if !unit.isEmpty {
      text += " " + (QuantityReader.isBareUnit(unit) ? unit : QuantityReader.quoted(unit))
    }
    if let reading { text += " " + reading.rawValue }
    return forecast ? text + " forecast" : text
  }

  /// The currency, percent sign or unit, and what it is counted per with its slash.
  private var unitParts: (head: String, per: String) {
    guard let slash = unit.utf8.firstIndex(of: UInt8(ascii: "/")) else { return (unit, "") }
    let per = String(unit[slash...])
    // What could not be read back behind a slash leaves the unit whole, and it is then written in quotes.
    return QuantityReader.isBareUnit(String(per.dropFirst())) ? (String(unit[..<slash]), per) : (unit, "")
  }

  private func numberText(magnitude: Magnitude?, grouped: Bool) -> String {
    let write: (Decimal) -> String = { number in
      let digits = Quantity.text(of: magnitude.map { number.scaled(by: -$0.exponent) } ?? number)
      return grouped ? Quantity.grouped(digits) : digits
    }
    return (low == high ? write(low) : "\(write(low))..\(write(high))") + (magnitude?.suffix ?? "")
  }

  private var magnitude: Magnitude? {
    let reach = max(abs(low), abs(high))
    return Magnitude.written.first { candidate in
      reach >= Decimal(1).scaled(by: candidate.exponent)
        && [low, high].allSatisfy { number in
          let digits = Quantity.text(of: number.scaled(by: -candidate.exponent))
          return digits.firstIndex(of: ".").map { digits.distance(from: $0, to: digits.endIndex) <= 4 }
            ?? true
        }
    }
  }

  private static func grouped(_ digits: String) -> String {
    let sign = digits.prefix { $0 == "-" }
    let whole = digits.dropFirst(sign.count).prefix { $0 != "." }
    guard whole.count >= 5 else { return digits }
    var text = String(sign)
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text + digits.dropFirst(sign.count + whole.count)
  }
}

/// A power of ten that is written as letters on a number.
struct Magnitude {
  let suffix: String
  let exponent: Int

  /// Those that are written, the largest first; `k` is only read.
  static let written = [
    Magnitude(suffix: "tn", exponent: 12), Magnitude(suffix: "bn", exponent: 9),
    Magnitude(suffix: "m", exponent: 6),
  ]
  static let read = written + [Magnitude(suffix: "k", exponent: 3)]
}

extension Decimal {
  /// The number times a power of ten, exactly.
  func scaled(by exponent: Int) -> Decimal {
    isZero ? self : Decimal(sign: sign, exponent: self.exponent + exponent, significand: abs(significand))
  }
}
