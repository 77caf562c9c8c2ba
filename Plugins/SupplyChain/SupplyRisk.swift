import FoundationEssentials
import PluginKit

/// What is stated of a mineral's production, an importer's imports and the governance of states; and the supply risk by
/// those statements that are taken.
struct SupplyRisk {
  /// Whether a statement is taken, by its id and whether it was chosen.
  typealias Taken = (_ id: String, _ isChosen: Bool) -> Bool

  /// One from whom it is imported.
  struct Exporter {
    var state: String
    var tonnes: [Figure]
    var governance: [Figure]
    var low = Decimal(0)
    var high = Decimal(0)
    /// Its governance; anything where nobody says.
    var riskLow = Decimal(0)
    var riskHigh = Decimal(1)
    /// What it adds to the import risk.
    var adds: (low: Decimal, high: Decimal)?
    var tonnesStatements: [Datum] = []
    var governanceStatements: [Datum] = []

    var row: [Datum] {
      [
        .key(state), .text(tonnes.map(\.words).uniqued().joined(separator: "; ")),
        .text(governance.map(\.words).uniqued().joined(separator: "; ")), .number(adds?.low, places: 9),
        .number(adds?.high, places: 9),
      ]
    }

    var evidence: Evidence {
      Evidence(row: tonnesStatements + governanceStatements).of("tonnes", tonnesStatements)
        .of("governance", governanceStatements)
    }
  }

  /// What it comes to in a year.
  struct Answer {
    var index: (low: Decimal, high: Decimal)?
    var imports = Decimal(0)
    var domestic: (low: Decimal, high: Decimal)?
    var risk: (low: Decimal, high: Decimal)?
    var producers = 0
    var exporters: [Exporter] = []
    var notes: [String] = []
    var year = ""

    var score: (low: Decimal, high: Decimal)? {
      guard let index, let risk else { return nil }
      return (index.low * risk.low, index.high * risk.high)
    }

    var row: [Datum] {
      let all = imports + (domestic?.low ?? 0)
      return [
        .text(year), .number(index?.low, places: 9), .number(index?.high, places: 9), .decimal(imports),
        domestic.map { .decimal($0.low) } ?? .empty, all > 0 ? .number(100 * imports / all) : .empty,
        .number(risk?.low, places: 9), .number(risk?.high, places: 9), .number(score?.low, places: 9),
        .number(score?.high, places: 9), .integer(Int64(producers)), .integer(Int64(exporters.count)),
      ]
    }
  }

  private let importer: String
  private let mineral: String
  private let given: Decimal?
  private let imports: [Qualified]
  private let governance: [Qualified]
  private let markets: [Market]
  private let holders: Market.Holders
  private let readings: Readings
  /// The years of which imports are stated.
  let years: [String]

  init(
    importer: String, mineral: String, year: String?, stage: String?,
    properties: (production: String, imports: String, governance: String), domestic: Decimal?,
    without: Set<String>,
    _ call: Call
  ) throws {
    self.importer = importer
    self.mineral = mineral
    given = domestic
    imports = try Qualified.read(properties.imports, of: [importer], call).filter {
      $0.key("mineral") == mineral && year ?? $0.text("year") == $0.text("year")
    }
    governance = try Qualified.read(properties.governance, call)
    markets = try Market.read(
      Market.Selection(
        property: properties.production, minerals: [mineral], stages: stage.map { [$0] }, year: year,
        without: without), call)
    holders = try Market.Holders(call)
    years = Set(imports.map { $0.text("year") }).sorted()
    let units = Set(imports.map(\.figure.unit) + markets.map(\.address.unit))
    guard units.count <= 1 else {
      throw AnalysisFailure(
        "units-differ", "production and imports are stated in \(units.sorted().joined(separator: " and "))",
        hint: "Name properties of one unit: production …, imports …")
    }
    if let wrong = governance.first(where: {
      $0.figure.low < 0 || $0.figure.high > 1 || !$0.figure.unit.isEmpty
    }) {
      throw AnalysisFailure(
        "governance-scale",
        "the governance of \(wrong.subject) is \(wrong.figure.words), and not from 0 to 1",
        hint: "State it from 0 to 1, higher where it is riskier: (2.5 − WGI) / 5")
    }
    if let wrong = imports.first(where: { $0.figure.low < 0 }) {
      throw AnalysisFailure(
        "imports-negative", "\(importer) imports \(wrong.figure.words) of \(mineral): less than nothing",
        hint: "Correct or retract it: show @\(wrong.id.prefix(8))")
    }
    var open: [String] = []
    for property in [properties.production, properties.imports, properties.governance] {
      open += try call.propertyAndNarrower(of: property)
    }
    readings = Readings(try call.openChoices(of: open))
  }

  /// What it comes to in a year.
  func answer(_ year: String, _ taken: Taken) -> Answer {
    var answer = Answer(year: year)
    addProduction(year, to: &answer, taken)
    addExporters(year, to: &answer, taken)
    answer.risk = Self.risk(answer.exporters, domestic: answer.domestic ?? (0, 0))
    if answer.exporters.isEmpty || answer.risk == nil {
      answer.notes.append("neither imports nor domestic production are stated: there is no import risk")
    }
    for place in answer.exporters.indices {
      let exporter = answer.exporters[place]
      let others = answer.exporters.reduce(Decimal(0)) { $0 + $1.low } - exporter.low
      let most = answer.exporters.reduce(Decimal(0)) { $0 + $1.high } - exporter.high
      let home = answer.domestic ?? (0, 0)
      let (least, greatest) = (exporter.high + others + home.low, exporter.low + most + home.high)
      if least > 0, greatest > 0 {
        answer.exporters[place].adds = (
          exporter.riskLow * exporter.low / greatest, exporter.riskHigh * exporter.high / least
        )
      }
    }
    return answer
  }

  /// The markets of a year: of one step at most, since what is mined is refined later.
  private func production(_ year: String) -> [Market] { markets.filter { $0.address.year == year } }

  private func addProduction(_ year: String, to answer: inout Answer, _ taken: Taken) {
    let found = production(year)
    guard let market = found.first else {
      answer.notes.append("no production is stated: there is no index")
      return
    }
    if found.count > 1 {
      let others = found.map { $0.address.words }.joined(separator: "; ")
      answer.notes.append("of several markets the first counts (\(others)): name one by its stage")
    }
    let shares = MarketShares(market, holders) { taken($0.id, $0.isChosen) }
    answer.producers = shares.count
    answer.index = shares.index.map { ($0.low / 10_000, $0.high / 10_000) }
    answer.notes += shares.notes
    let home = (market.stated[importer] ?? []).filter { taken($0.id, $0.isChosen) }.map(\.figure)
    if let given {
      answer.domestic = (given, given)
    } else if let low = home.map(\.least).min(), low >= 0 {
      answer.domestic = (low, home.compactMap(\.most).max() ?? low)
    } else {
      answer.notes.append("no production of \(importer) is stated: it is counted as having none")
    }
  }

  private func addExporters(_ year: String, to answer: inout Answer, _ taken: Taken) {
    var found: [String: [Qualified]] = [:]
    for figure in imports where figure.text("year") == year && taken(figure.id, figure.isChosen) {
      let partner = figure.key("partner-country")
      if partner.isEmpty {
        answer.notes.append("imports from nobody named (\(figure.figure.words)) are left out")
      } else if holders.wholes.contains(partner) || partner == importer {
        answer.notes.append(
          "imports from \(partner) (\(figure.figure.words)) are the whole or its own, and left out")
      } else {
        found[partner, default: []].append(figure)
      }
    }
    for (state, figures) in found.sorted(by: { $0.key < $1.key }) {
      let said = wgi(of: state, year, taken)
      var exporter = Exporter(
        state: state, tonnes: figures.map(\.figure), governance: said.map(\.figure),
        tonnesStatements: figures.map { .text($0.id) }, governanceStatements: said.map { .text($0.id) })
      // Of several products and scopes the sum; of rivals one was taken.
      exporter.low = figures.reduce(0) { $0 + $1.figure.least }
      exporter.high = figures.reduce(0) { $0 + ($1.figure.most ?? $1.figure.low) }
      if figures.contains(where: { $0.figure.most == nil }) {
        answer.notes.append("imports from \(state) have no upper bound, and are counted at their least")
      }
      if said.isEmpty {
        answer.notes.append("nobody states the governance of \(state): it may be anything from 0 to 1")
      } else {
        exporter.riskLow = said.map(\.figure.low).min() ?? 0
        exporter.riskHigh = said.map(\.figure.high).max() ?? 1
        if said[0].text("year") != year, !said[0].text("year").isEmpty {
          answer.notes.append("the governance of \(state) is that of \(said[0].text("year"))")
        }
      }
      answer.exporters.append(exporter)
    }
    answer.imports = answer.exporters.reduce(0) { $0 + $1.low }
  }

  /// The governance of a state in a year: that of the year, else what names none, else that of the year before.
  private func wgi(of state: String, _ year: String, _ taken: Taken) -> [Qualified] {
    let mine = governance.filter { $0.subject == state && taken($0.id, $0.isChosen) }
    for fitting in [mine.filter { $0.text("year") == year }, mine.filter { $0.text("year").isEmpty }]
    where !fitting.isEmpty { return fitting }
    let last = mine.map { $0.text("year") }.filter { year.isEmpty || $0 < year }.max()
    return mine.filter { $0.text("year") == last }
  }

  /// Σ(q·g) / (Σq + d), at least and at most: a ratio of sums, so that at its extremes each amount is at an end, at the high
  /// one where its governance is beyond the ratio (W. Dinkelbach, Management Science 13, 1967).
  private static func risk(
    _ exporters: [Exporter], domestic: (low: Decimal, high: Decimal)
  ) -> (low: Decimal, high: Decimal)? {
    func ratio(isGreatest: Bool) -> Decimal? {
      var best: Decimal?
      for _ in 0...(exporters.count + 1) {
        var (above, below) = (Decimal(0), isGreatest ? domestic.low : domestic.high)
        for exporter in exporters {
          let risk = isGreatest ? exporter.riskHigh : exporter.riskLow
          let isBeyond = best.map { risk > $0 } ?? true
          let tonnes = isBeyond == isGreatest ? exporter.high : exporter.low
          above += tonnes * risk
          below += tonnes
        }
        guard below > 0 else { return best }
        let next = above / below
        if let so = best, isGreatest ? next <= so : next >= so { return so }
        best = next
      }
      return best
    }
    guard let low = ratio(isGreatest: false), let high = ratio(isGreatest: true) else { return nil }
    return (min(low, high), max(low, high))
  }

  /// The ids behind a year's numbers.
  func evidence(_ year: String) -> Evidence {
    let answer = answer(year) { _, isChosen in isChosen }
    let producers =
      production(year).first.map { $0.statements.sorted { $0.key < $1.key }.flatMap(\.value) } ?? []
    let home = production(year).first?.statements[importer] ?? []
    let imported = answer.exporters.flatMap(\.tonnesStatements)
    return Evidence(row: imported + answer.exporters.flatMap(\.governanceStatements) + producers)
      .of("hhi_low", producers).of("imports", imported).of("domestic", home)
  }

  /// What every reading makes of a year's numbers.
  func report(_ year: String, to report: inout ReadingsReport) {
    let measures = ["hhi_low", "hhi_high", "risk_low", "risk_high", "score_low", "score_high"]
    func numbers(_ taken: Taken) -> [Decimal?] {
      let answer = answer(year, taken)
      return [
        answer.index?.low, answer.index?.high, answer.risk?.low, answer.risk?.high, answer.score?.low,
        answer.score?.high,
      ].map { $0?.rounded(9) }
    }
    let exporters = Set(imports.filter { $0.text("year") == year }.map { $0.key("partner-country") })
    let bearing =
      imports.filter { $0.text("year") == year }.map(\.id)
      + governance.filter { exporters.contains($0.subject) }.map(\.id)
      + production(year).flatMap { $0.stated.values.joined().map(\.id) }
    let open = bearing.filter { !readings.isAlwaysTaken($0) }
    guard !open.isEmpty else { return report.settled(measures.count) }
    let extremes = readings.extremes(dependingOn: open) { reading in
      numbers { id, isChosen in (isChosen || !readings.isAlwaysTaken(id)) && reading.takes(id) }
    }
    for (measure, (number, extreme)) in zip(measures, zip(numbers { $1 }, extremes)) {
      report.add(year, measure, extreme.chosen(number))
    }
  }
}
