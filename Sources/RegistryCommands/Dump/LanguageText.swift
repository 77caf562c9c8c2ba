import CommandLanguage
import RegistryModel

/// Content in the words of the language, so that the same content comes back when they are read.
struct LanguageText {
  /// The properties that are defined where the text stands, which say how a value is read.
  private(set) var properties: [Key: PropertyDefinition]

  init(_ properties: [PropertyDefinition]) {
    self.properties = Dictionary(properties.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
  }

  mutating func define(_ definition: PropertyDefinition) { properties[definition.key] = definition }

  mutating func undefine(_ definition: PropertyDefinition) {
    if properties[definition.key] == definition { properties[definition.key] = nil }
  }

  /// `forge.chair[scope "x"] = KOR through 2026-06`
  func statement(_ statement: Statement) -> String {
    var text = "\(key(statement.subject)).\(statement.property)"
    if !statement.qualifiers.isEmpty {
      let qualifiers = statement.qualifiers.map { "\($0.property) \(value($0.value, of: $0.property))" }
      text += "[\(qualifiers.joined(separator: ", "))]"
    }
    text += " = " + value(statement.value, of: statement.property)
    let validity = LanguageText.validity(statement.validity)
    return validity.isEmpty ? text : text + " " + validity
  }

  /// ` citing clash via "…" quote "…"`
  static func evidence(_ citation: Citation) -> String {
    var text = " citing \(name(citation.source))"
    let fields = [
      ("via", citation.via), ("at", citation.locator), ("quote", citation.quote), ("said", citation.said),
      ("inferred because", citation.inferred),
    ]
    for (keyword, content) in fields {
      if let content { text += " \(keyword) \(quoted(content))" }
    }
    return text
  }

  // MARK: Values

  /// A value as its property reads it; what it would read otherwise is spelt out with its kind.
  func value(_ value: Value, of property: Key) -> String {
    let range = properties[property]?.range
    switch (value, range) {
    case (.unknown, _): return "unknown"
    case (.none, _): return "none"
    case (.entity(let key), .entities?): return LanguageText.name(key)
    case (.text(let text), .text?), (.text(let text), .choice?): return LanguageText.quoted(text)
    case (.date(let date), .date?): return LanguageText.date(date.edtf)
    case (.quantity(let quantity), .percent?), (.quantity(let quantity), .anyPercent?),
      (.quantity(let quantity), .money?), (.quantity(let quantity), .number?):
      if let text = number(quantity, range, properties[property]?.unit ?? "") { return text }
    default: break
    }
    let text = value.canonicalText
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    return "new exact \(parts[0]) \(LanguageText.quoted(parts.count > 1 ? parts[1] : ""))"
  }

  /// A number without what its property supplies; nothing where it would be read as another one.
  private func number(_ quantity: Quantity, _ range: ValueRange?, _ unit: String) -> String? {
    let isRange = quantity.bound == .range
    guard isRange || quantity.low == quantity.high && !quantity.approximate else { return nil }
    var bare = quantity
    switch range {
    case .percent? where quantity.unit == "%", .anyPercent? where quantity.unit == "%": break
    case .money? where isPlainMoney(quantity.unit): break
    case .number? where quantity.unit == unit: bare.unit = ""
    default: return nil
    }
    return bare.canonicalText
  }

  private func isPlainMoney(_ unit: String) -> Bool {
    let parts = unit.split(separator: "/", omittingEmptySubsequences: false)
    guard let code = parts.first, Currency.isCode(String(code)), parts.count <= 2 else { return false }
    return parts.dropFirst().allSatisfy { per in
      !per.isEmpty && per.utf8.allSatisfy { 0x61...0x7A ~= $0 || 0x41...0x5A ~= $0 }
    }
  }

  // MARK: Names, texts, dates

  /// Words that mean something where a name or a value stands.
  private static let reserved: Set<String> = Set(
    StandardClauses.claiming.compactMap { $0.keyword.split(separator: " ").first.map(String.init) } + [
      "about", "nearly", "at", "more", "up", "new", "unknown", "none", "forecast", "jointly", "only", "each",
      "combined",
      "unclear",
      "in", "because", "true", "with",
    ])

  /// Whether a word behind a claim means something of its own, so that no qualifier can be called so.
  static func isReserved(_ word: String) -> Bool { reserved.contains(word) }

  /// A key where a name or a value is read.
  static func name(_ key: Key) -> String {
    guard let first = key.text.utf8.first, 0x61...0x7A ~= first || 0x41...0x5A ~= first else {
      return "\"\(key.text)\""
    }
    return reserved.contains(key.text) ? "\"\(key.text)\"" : key.written
  }

  /// A key at the front of a path.
  private func key(_ key: Key) -> String { key.text == "new" ? "\"new\"" : key.written }

  /// A date, in quotes where it does not look like one at first sight.
  static func date(_ edtf: String) -> String {
    // `2026%` would be a percentage.
    let isBare = !edtf.contains("%") && edtf.utf8.first.map { 0x30...0x39 ~= $0 } ?? false
    return isBare ? edtf : "\"\(edtf)\""
  }

  static func validity(_ validity: Validity) -> String {
    switch validity.extent {
    case .unstated: return ""
    case .ongoing(let start, let still):
      return "from \(date(start.edtf)) still on \(date(still.edtf))"
    case .seen(let day): return "on \(date(day.edtf))"
    case .within(let first, let last): return "within \"\(first.edtf) .. \(last.edtf)\""
    case .period(let start, let end):
      var words: [String] = []
      if case .from(let day)? = start { words.append("from \(date(day.edtf))") }
      switch end {
      case .until(let day)?: words.append("until \(date(day.edtf))")
      case .through(let day)?: words.append("through \(date(day.edtf))")
      case nil: break
      }
      return words.joined(separator: " ")
    }
  }

  /// A text on one line, with everything that a terminal would obey or a reader not see spelt out.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case " "..."~": result.unicodeScalars.append(scalar)
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
          result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        default: result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
