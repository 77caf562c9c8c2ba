import FoundationEssentials
import PluginKit

/// What a unit of one currency is in another.
struct Rate {
  var low: Decimal
  var high: Decimal
  var bound = Figure.Bound.exact
  var isRough = false
  /// Whether it is the other way round in its source: the amount is divided by it.
  var isInverse = false
  /// Where it is from, in words.
  var words: String
  /// The statement that it is, where the registry has it.
  var statement: Datum?

  func converted(_ figure: Figure, to currency: String) -> Figure {
    var result = figure
    result.unit = currency
    if isInverse {
      (result.low, result.high) = ((figure.low / high).rounded(2), (figure.high / low).rounded(2))
    } else {
      (result.low, result.high) = (figure.low * low, figure.high * high)
    }
    let bounds: Set<Figure.Bound> = [figure.bound, isInverse ? turned : bound]
    switch (
      !bounds.isDisjoint(with: [.atLeast, .moreThan]), !bounds.isDisjoint(with: [.upTo, .nearly])
    ) {
    case (false, false):
      if result.low != result.high, figure.low == figure.high { result.bound = .range }
    case (true, false):
      (result.high, result.bound) = (result.low, bounds.contains(.moreThan) ? .moreThan : .atLeast)
    case (false, true):
      let isNearly = bounds.isSubset(of: [.exact, .nearly])
      (result.low, result.bound) = (result.high, isNearly ? .nearly : .upTo)
    // What is bounded below at what is bounded above may be anything, which is at least nothing.
    case (true, true): (result.low, result.high, result.bound) = (0, 0, .atLeast)
    }
    result.isRough = figure.isRough || isRough
    if result.isRough, result.bound == .exact { result.bound = .about }
    return result
  }

  /// The bound of the rate the other way round: what is at least so much is in turn at most so much.
  private var turned: Figure.Bound {
    switch bound {
    case .atLeast, .moreThan: .upTo
    case .upTo, .nearly: .atLeast
    case .exact, .about, .range: bound
    }
  }
}

/// The rates at which amounts are told in another currency: those that the user gave, then those that are stated.
struct Rates {
  let target: String
  private var rates: [String: Rate] = [:]

  /// - Parameters:
  ///   - given: `USD=1.35 CAD, EUR=1.08 USD`.
  ///   - file: the same on lines.
  init(to target: String, given: String?, file: InputFile?, _ call: Call) throws {
    self.target = target
    guard Self.isCode(target) else {
      throw AnalysisFailure(
        "currency-unknown", "‘\(target)’ is no currency", hint: "Write its ISO 4217 code: in USD")
    }
    try readStated(call)
    if let file { try add(file.text, from: "by \(file.path)") }
    if let given { try add(given, from: "as given") }
  }

  /// The rate of a currency; one of it in itself.
  func rate(of currency: String) -> Rate? {
    currency == target ? Rate(low: 1, high: 1, words: "") : rates[currency]
  }

  private static func isCode(_ text: String) -> Bool {
    text.count == 3 && text.allSatisfy { $0.isASCII && $0.isUppercase }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let text = text.drop(while: \.isWhitespace)
    return text.dropLast(text.reversed().prefix(while: \.isWhitespace).count)
  }

  /// Reads `USD=1.35 CAD`: a unit of the first is so many of the second.
  private mutating func add(_ text: String, from origin: String) throws {
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.prefix { $0 != "#" }
      for part in line.split(whereSeparator: { $0 == "," || $0 == ";" }) {
        let words = part.replacing("=", with: " = ").split(whereSeparator: \.isWhitespace).map(String.init)
        guard !words.isEmpty else { continue }
        guard words.count == 4, words[1] == "=", Self.isCode(words[0]), Self.isCode(words[3]),
          let number = Self.number(words[2]), number > 0, words[0] != words[3]
        else {
          throw AnalysisFailure(
            "rate-unreadable", "‘\(Self.trimmed(part))’ is no rate",
            hint:
              "Write what one unit is in another, with commas between: rates \"USD=1.35 CAD, EUR=1.08 USD\"")
        }
        var rate = Rate(
          low: number, high: number, words: "\(words[0]) 1 = \(words[3]) \(number) \(origin)")
        if words[3] == target {
          rates[words[0]] = rate
        } else if words[0] == target {
          rate.isInverse = true
          rates[words[3]] = rate
        }
      }
    }
  }

  /// A number in digits with a point; nothing for anything else.
  private static func number(_ text: String) -> Decimal? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, text.count <= 30,
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } })
    else { return nil }
    return Decimal(string: text)
  }

  /// Of what is stated of rates the newest, up to the date that is asked for or else today; of those of one day the one that
  /// the rules would choose among rivals.
  private mutating func readStated(_ call: Call) throws {
    let last = call.moment.on?.lastDay ?? call.moment.today
    var newest: [String: [StatedRate]] = [:]
    let rows = try call.rows(
      of: "statements",
      columns: ["id", "subject", "start_earliest", "end_earliest", "validity", "rank", "origins"]
        + Figure.columns,
      where: ["property": [.key("rate")], "claimed": [true], "chosen": [true]], at: .on(nil))
    for row in rows {
      let subject = row["subject"].label
      guard let found = StatedRate(row, subject, into: target, upTo: last) else { continue }
      let currency = subject == target ? found.unit : subject
      guard let known = newest[currency]?.first, known.order >= found.order else {
        newest[currency] = [found]
        continue
      }
      if known.order == found.order { newest[currency]?.append(found) }
    }
    let merits = try SourceMerits(newest.values.filter { $0.count > 1 }.joined().map(\.id), call)
    let chosen = newest.compactMapValues { $0.min { merits.precede($0, $1) } }
    rates = chosen.mapValues(\.rate)
    var sources: [String: [String]] = [:]
    let ids = rates.values.compactMap(\.statement)
    guard !ids.isEmpty else { return }
    for row in try call.rows(
      of: "citations", columns: ["statement", "source"], where: ["statement": ids, "stance": ["claims"]])
    {
      sources[row[0].label, default: []].append(row[1].label)
    }
    for (currency, rate) in rates {
      let cited = (sources[rate.statement?.label ?? ""] ?? []).sorted().joined(separator: ", ")
      if !cited.isEmpty { rates[currency]?.words += " (\(cited))" }
    }
  }
}
