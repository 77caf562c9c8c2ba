/// Numbers: a word that is one, with the currency before it and the words behind it.
extension Parser {
  /// `8.5bn`, `USD 250..310/kg`, `5 weeks`, `12 million EUR`, or nothing.
  mutating func number() throws(Diagnostic) -> ValueSyntax.Number? {
    let start = current.span.start
    let text = currentText
    if text.utf8.count == 3, text.utf8.allSatisfy(CharacterClass.isUpper) {
      let amount = next
      guard amount.kind == .word, NumberShape.begins(scanner.text(amount.span)) else { return nil }
      switch NumberShape.read(scanner.text(amount.span)) {
      case .notANumber: throw .notALiteral(scanner.text(current.span.joined(amount.span)), amount.span)
      case .mixedMagnitudes: throw .mixedMagnitudes(amount.span)
      case .number(var number):
        number.currency = text
        jump(to: amount.span.end)
        takeWords(of: &number, from: start)
        return number
      }
    }
    try refuseSmallCurrency()
    guard !DateShape.isOnlyDate(text) else { return nil }
    switch NumberShape.read(text) {
    case .notANumber: return nil
    case .mixedMagnitudes: throw .mixedMagnitudes(current.span)
    case .number(var number):
      advance()
      takeWords(of: &number, from: start)
      return number
    }
  }

  /// The words behind a number that belong to it: a percent sign, a multiplier, a unit, a currency. A word that could as
  /// well be a qualifier with its value behind it is none of them.
  private mutating func takeWords(of number: inout ValueSyntax.Number, from start: Int) {
    while number.words.count < 2, !number.isPercent {
      if current.kind == .quoted, let unit = try? scanner.content(ofQuoted: current) {
        number.words.append(unit)
        advance()
        break
      }
      guard current.kind == .word else { break }
      let word = currentText
      if word == "%", number.suffix.isEmpty, number.words.isEmpty {
        number.isPercent = true
      } else {
        let isMultiplier = Multiplier.isUnmistakable(word) && number.suffix.isEmpty && number.words.isEmpty
        guard isMultiplier || isUnit(current) else { break }
        number.words.append(word)
      }
      advance()
    }
    number.text = scanner.text(span(from: start))
  }

  /// Whether a word behind a number can only be what is counted, since nothing follows that could be a value.
  private func isUnit(_ token: Token) -> Bool {
    let word = scanner.text(token.span)
    guard keyword(at: token) == nil, !Self.wordsBehindNumbers.contains(word),
      !word.utf8.contains(UInt8(ascii: "$"))
    else { return false }
    let next = self.token(from: token.span.end)
    switch next.kind {
    case .newline, .semicolon, .comma, .closeBrace, .closeBracket, .closeParenthesis, .openBrace,
      .endInComment:
      return true
    case .end: return completion == nil
    case .word:
      return keyword(at: next) != nil || Self.wordsBehindNumbers.contains(scanner.text(next.span))
        || Multiplier.exponent(word) != nil && isUnit(next)
    default: return false
    }
  }

  private static let wordsBehindNumbers: Set<String> = [
    "and", "or", "is", "each", "combined", "unclear", "forecast",
  ]

  /// `usd 5bn`: a name with a number behind it can be nothing else.
  private func refuseSmallCurrency() throws(Diagnostic) {
    let code = currentText
    guard code.utf8.count == 3, code.utf8.allSatisfy(CharacterClass.isLetter), keyword() == nil,
      next.kind == .word, keyword(at: next) == nil, case .number = NumberShape.read(scanner.text(next.span))
    else { return }
    throw .smallCurrency(code, scanner.text(next.span), current.span)
  }
}

extension ValueSyntax {
  /// The value that a text is by itself, such as a table's cell; nothing where it is none, or goes on behind it.
  ///
  /// A cell is read by the very grammar that the language has, so that the two cannot disagree.
  public init?(reading text: String) {
    switch NumberShape.read(text) {
    case .number(let number) where !DateShape.isOnlyDate(text):
      self.init(.number(number, .exact), span: Span(0, text.utf8.count))
    case .mixedMagnitudes: return nil
    default:
      var parser = Parser(Scanner(Array(text.utf8)), signatures: SignatureTable([]))
      guard let value = try? parser.value(behind: "", stopsAtKeyword: false), parser.current.kind == .end
      else {
        return nil
      }
      self = value
    }
  }
}
