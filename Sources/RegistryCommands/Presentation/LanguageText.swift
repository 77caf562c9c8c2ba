import CommandLanguage
import RegistryModel

/// Content in the words of the language, so that the same content comes back when they are read: the one writer of
/// commands, of dumps, edits, differences, histories and of what help proposes.
struct LanguageText {
  /// The properties that are defined where the text stands, which say how a value is read.
  private(set) var properties: [Key: PropertyDefinition]

  init(_ properties: [PropertyDefinition]) {
    self.properties = Dictionary(properties.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
  }

  /// By the definitions that stand.
  init(_ schema: Schema) { properties = schema.properties }

  mutating func define(_ definition: PropertyDefinition) { properties[definition.key] = definition }

  mutating func undefine(_ definition: PropertyDefinition) {
    if properties[definition.key] == definition { properties[definition.key] = nil }
  }

  // MARK: Statements

  /// As dumps have it, with what addresses it before the value: `forge.chair[scope "x"] = KOR through 2026-06`
  func statement(_ statement: Statement) -> String {
    addressed(statement) { value($0, of: $1) }
  }

  private func addressed(_ statement: Statement, _ value: (Value, Key) -> String) -> String {
    var text = "\(LanguageText.name(statement.subject)).\(statement.property)"
    if !statement.qualifiers.isEmpty {
      let qualifiers = statement.qualifiers.map { "\($0.property) \(value($0.value, $0.property))" }
      text += "[\(qualifiers.joined(separator: ", "))]"
    }
    return text + " = " + value(statement.value, statement.property) + holding(statement)
  }

  /// As people write it: `forge.chair = KOR scope "x" through 2026-06`
  /// - Parameters:
  ///   - comma: what stands between qualifiers, beside a blank.
  ///   - value: how a value is written.
  func sentence(
    _ statement: Statement, comma: String = "", _ value: (Value, Key) -> String
  ) -> String {
    let (forecast, others) = statement.qualifiersBesidesForecast
    // A qualifier of an older registry may be called as a clause is.
    guard !others.contains(where: { LanguageText.isClause($0.property) }) else {
      return addressed(statement, value)
    }
    let words = others.map { "\($0.property) \(value($0.value, $0.property))" }
    let qualifiers = words.isEmpty ? "" : " " + words.joined(separator: comma + " ")
    return "\(LanguageText.name(statement.subject)).\(statement.property) = \(forecast)"
      + value(statement.value, statement.property) + qualifiers + holding(statement)
  }

  /// As it is told, numbers with their units.
  static func told(_ statement: Statement) -> String {
    let writer = LanguageText([])
    let plain = { (value: Value, _: Key) in LanguageText.plain(value) }
    // Behind a unit a word would be read as part of it.
    let hasUnit = ([statement.value] + statement.qualifiers.map(\.value)).contains { value in
      if case .quantity(let quantity) = value {
        !quantity.unit.isEmpty && quantity.unit != "%"
      } else {
        false
      }
    }
    return hasUnit && !statement.qualifiers.isEmpty
      ? writer.addressed(statement, plain) : writer.sentence(statement, comma: ",", plain)
  }

  /// As the command that records it, with one citation or with none, for people to read and to change.
  func command(_ statement: Statement, _ stance: Stance, _ citation: Citation?) -> String {
    "\(stance == .denies ? "deny" : "claim") \(sentence(statement) { value($0, of: $1) })"
      + (citation.map(LanguageText.evidence) ?? "")
  }

  private func holding(_ statement: Statement) -> String {
    let validity = LanguageText.validity(statement.validity)
    return validity.isEmpty ? "" : " " + validity
  }

  /// ` citing clash via "…" at "p. 4" quote "…"`
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
    if let text = read(value, of: property) { return text }
    let text = value.canonicalText
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    return "new exact \(parts[0]) \(LanguageText.quoted(parts.count > 1 ? parts[1] : ""))"
  }

  /// A value as its property reads it, or nothing where it would read another one.
  func read(_ value: Value, of property: Key) -> String? {
    let range = properties[property]?.range
    switch (value, range) {
    case (.unknown, _): return "unknown"
    case (.none, _): return "none"
    case (.entity(let key), .entities?): return LanguageText.name(key)
    case (.text(let text), .text?), (.text(let text), .choice?): return LanguageText.quoted(text)
    case (.date(let date), .date?): return LanguageText.date(date.edtf)
    case (.quantity(let quantity), .percent?), (.quantity(let quantity), .anyPercent?),
      (.quantity(let quantity), .money?), (.quantity(let quantity), .number?):
      return number(quantity, range, properties[property]?.unit ?? "")
    default: return nil
    }
  }

  /// A value for people, with its unit, whatever its property is.
  static func plain(_ value: Value) -> String {
    switch value {
    case .entity(let key): name(key)
    case .text(let text): quoted(text)
    case .quantity(let quantity): quantity.canonicalText
    case .date(let date): date.edtf
    case .unknown: "unknown"
    case .none: "none"
    }
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

  /// Words that mean something behind a claim.
  private static let claimWords: Set<String> = Set(
    StandardClauses.claiming.compactMap { $0.keyword.split(separator: " ").first.map(String.init) } + [
      "about", "nearly", "at", "more", "up", "new", "unknown", "none", "forecast", "jointly", "only", "each",
      "combined", "unclear", "in", "because", "true", "with",
    ])

  /// Words that mean something where the writer puts a name: behind `merge`, `rename` and `correct`, and behind a number.
  private static let reserved = claimWords.union(["into", "to", "today", "and", "or", "is", "not"])

  /// Whether a word behind a claim means something of its own, so that no qualifier can be called so.
  static func isReserved(_ word: String) -> Bool { claimWords.contains(word) }

  /// Whether a qualifier would be read as a clause; those that the language brings are not.
  private static func isClause(_ qualifier: Key) -> Bool {
    claimWords.contains(qualifier.text) && !BuiltIn.properties.contains { $0.key == qualifier }
  }

  /// Whether a word stands where a value is not known, or where there is none.
  static func isValueWord(_ word: String) -> Bool { ["unknown", "none"].contains(word) }

  /// What a word looks like that is no name: a transaction or a statement.
  static func reference(_ text: String) -> String? {
    guard let first = text.utf8.first, text.utf8.count > 1 else { return nil }
    let rest = text.utf8.dropFirst()
    if first == UInt8(ascii: "t"), rest.allSatisfy({ 0x30...0x39 ~= $0 }) { return "a transaction" }
    let isID = rest.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x7A ~= $0 }
    return first == UInt8(ascii: "@") && isID ? "a statement" : nil
  }

  /// A key wherever a name, a path or a value is read: in quotes where a bare word would be something else.
  static func name(_ key: Key) -> String {
    isBare(key.text) && !reserved.contains(key.text) ? key.text : quoted(key.text)
  }

  /// Whether a text is one word of those that names are: what begins with a digit may be a number or a date.
  private static func isBare(_ text: String) -> Bool {
    guard let first = text.utf8.first, 0x61...0x7A ~= first || 0x41...0x5A ~= first else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"):
        true
      default: false
      }
    }
  }

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
