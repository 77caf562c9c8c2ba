import TestRegistry
import Testing

/// Concentration, coverage, exposure and risk on hand-made figures: ranges, rivals, wholes, gaps, and what is no figure.
@Suite("Supply chains")
struct SupplyChainTests {
  private let transcript: Transcript

  init() throws {
    transcript = Transcript(try TestRegistry.session(analyses: try TestPlugins.analyses))
    let printed = transcript.run(
      """
      define type actor
      define type state under actor
      define type group under actor
      define type aggregate under actor
      define type initiative
      define type project under initiative
      define type mineral
      define type product
      define type stage
      define property part-of of mineral, stage to mineral, stage many transitive
      define property made-of of product to mineral, product many
      define property follows of stage to stage many
      define property involves of initiative, group to actor many
      define property member under involves of initiative, group to actor many
      define property operator under involves of initiative to actor many
      define property concerns of initiative to mineral, product, stage many
      define property mineral of statement to mineral one
      define property stage of statement to stage one
      define property year of statement to date one
      define property scope of statement to text one
      define property basis of statement to text one
      define property partner-country of statement to state one
      define property share of actor to percent one per mineral, stage, year, scope, basis
      define property production of actor to number unit t one per mineral, stage, year, scope
      define property imports of actor to number unit t one per mineral, partner-country, year, scope
      define property governance of actor to number one per year
      define property dependence of actor to percent one per mineral, partner-country, year
      source paper "A paper" { published 2024-01-01; reliability B }
      source other "Another paper" { published 2024-01-01; reliability C }
      citing paper {
        add state CHN "China"
        add state IDN "Indonesia"
        add state AUS "Australia"
        add state USA "United States"
        add state JPN "Japan"
        add aggregate world "World"
        add aggregate pair "Two of them"
        add group eu "European Union"
        add mineral rare-earths "rare earths"
        add mineral dysprosium "dysprosium" { part-of = rare-earths }
        add mineral cobalt "cobalt"
        add mineral tin "tin"
        add stage mining "mining"
        add stage refining "refining" { follows = mining }
        add stage recycling "recycling" { follows = refining }
        add product magnet "magnet" { made-of = dysprosium }
      }
      """)
    #expect(!printed.contains("error"), "\(printed)")
  }

  private func claim(_ claims: String..., source: String = "paper") {
    for claim in claims {
      let printed = transcript.run("citing \(source) { claim \(claim) }")
      #expect(!printed.contains("error"), "\(printed)")
    }
  }

  private func add(_ thing: String) {
    let printed = transcript.run(
      "add \(thing) citing paper".replacing("{", with: "citing paper {").replacing(
        "} citing paper", with: "}"))
    #expect(!printed.contains("error"), "\(printed)")
  }

  /// The rows of a table by its place among those that a command gives, each by its columns.
  private func rows(_ command: String, _ place: Int = 0) -> [[String: String]] {
    let headings = [
      "year\tscope", "mineral\tstage", "mineral\tany", "initiative\tpart", "who\tmineral", "what\tof",
      "of\tmeasure", "year\texporter", "year\thhi_low",
    ]
    var tables: [[[String]]] = []
    for line in transcript.run(command).split(separator: "\n") where !line.hasPrefix("-- ") {
      if headings.contains(where: line.hasPrefix) { tables.append([]) }
      guard !tables.isEmpty else { return [] }
      tables[tables.count - 1].append(
        line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init))
    }
    guard tables.indices.contains(place), let header = tables[place].first else { return [] }
    return tables[place].dropFirst().map {
      Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first })
    }
  }

  private let figure = "mineral cobalt stage mining year 2024"
  private let concentration = "concentration mineral cobalt stage mining"

  @Test("The greatest index of ranges lies inside where their ends would sum to more than 100 % (answers 76)")
  func ranges() {
    claim("CHN.share = 47..87% \(figure)", "IDN.share = 40..60% \(figure)")
    let row = rows(concentration)[0]
    // Least 47² + 40². Greatest 60² + 40²: 60 leaves nothing for others; 47² + 53² is less, and 60² + 53² impossible.
    #expect(row["hhi_low"] == "3809" && row["hhi_high"] == "5200", "\(row)")
    #expect(row["top3_low"] == "87" && row["top3_high"] == "100" && row["top"] == "")
  }

  @Test("Tonnes: the least index is at a level between the ends, not at one of them")
  func tonnes() {
    claim("CHN.production = 10 \(figure)", "IDN.production = 5..20 \(figure)")
    let row = rows(concentration + " property production")[0]
    // 10 and 10 is the most even; 10 and 5, or 10 and 20, the least: 125 / 225 and 500 / 900.
    #expect(row["hhi_low"] == "5000" && row["hhi_high"] == "5555.5556", "\(row)")
    #expect(row["covered_low"] == "" && row["unit"] == "t")
  }

  @Test("Rivals of a share move the numbers, within the sum of 100 %; the claim that moves most is named")
  func readings() {
    claim("CHN.share = 60% \(figure)", "IDN.share = 20% \(figure)")
    claim("CHN.share = 70% \(figure)", "IDN.share = 10..40% \(figure)", source: "other")
    let moved = rows(concentration, 1)
    let low = moved.first { $0["measure"] == "hhi_low" }
    let high = moved.first { $0["measure"] == "hhi_high" }
    // 60² + 20² is chosen; least 60² + 10², greatest 70² + 20². Of the rest as one holder at most 70² + 30².
    #expect(low?["chosen"] == "4000" && low?["least"] == "3700" && low?["greatest"] == "5300", "\(moved)")
    #expect(low?["extremes"] == "exact" && low?["moved_most_by"]?.hasPrefix("@") == true)
    #expect(high?["chosen"] == "4400" && high?["greatest"] == "5800", "\(moved)")
    #expect(transcript.run(concentration + "\nwhy row 3 moved_most_by of readings").contains("70%"))
    // In no reading is there more than all of a market.
    claim("USA.share = 15% \(figure)")
    let covered = rows(concentration, 1).filter { $0["measure"]?.hasPrefix("covered") == true }
    #expect(covered.map { $0["chosen"] } == ["95", "95"], "\(covered)")
    #expect(
      covered.map { $0["least"] } == ["85", "95"] && covered.map { $0["greatest"] } == ["95", "100"],
      "\(covered)")
    // Without rivals there is one number.
    let settled = transcript.run("concentration mineral tin stage mining")
    #expect(!settled.contains("moved_most_by"))
  }

  @Test(
    "World left in is noticed; by its tonnes it is the whole, and what it has beside the others is the rest")
  func whole() {
    claim(
      "CHN.production = 60 \(figure)", "IDN.production = 20 \(figure)", "world.production = 100 \(figure)")
    let row = rows(concentration + " property production")[0]
    #expect(row["hhi_low"] == "4000" && row["hhi_high"] == "4400" && row["covered_low"] == "80", "\(row)")
    #expect(transcript.run(concentration + " property production").contains("world is the whole"))
    claim("CHN.share = 60% \(figure)", "IDN.share = 20% \(figure)", "world.share = 100% \(figure)")
    #expect(rows(concentration)[0]["hhi_low"] == "4000")
    #expect(transcript.run(concentration).contains("-- mining, 2024: world is the whole"))
    // Somebody who has as much as all others together may be their total: said, not left out.
    claim(
      "CHN.production = 60 mineral tin stage mining", "IDN.production = 20 mineral tin stage mining",
      "AUS.production = 20 mineral tin stage mining", "pair.production = 100 mineral tin stage mining")
    let told = "concentration mineral tin stage mining property production"
    #expect(transcript.run(told).contains("pair has as much as all others together"))
    #expect(rows(told + " without pair")[0]["hhi_low"] == "4400")
  }

  @Test("Over 100 %, less than nothing, nothing at all, and nothing stated: said, and no index of it")
  func bad() {
    claim("CHN.share = 80% \(figure)", "IDN.share = 40% \(figure)")
    #expect(rows(concentration)[0]["hhi_low"] == "" && rows(concentration)[0]["level"] == "")
    #expect(transcript.run(concentration).contains("sum to 120 %"))
    claim("pair.share = 95% mineral tin stage mining", "CHN.share = 60% mineral tin stage mining")
    #expect(transcript.run("concentration mineral tin stage mining").contains("counts several together"))
    #expect(rows("concentration mineral tin stage mining")[0]["hhi_low"] == "3600")
    claim("CHN.production = 0 \(figure)", "IDN.production = 0 \(figure)")
    #expect(rows(concentration + " property production")[0]["hhi_low"] == "")
    #expect(transcript.run(concentration + " property production").contains("all figures are nothing"))
    claim("AUS.production = -5 mineral tin stage mining", "CHN.production = 5 mineral tin stage mining")
    #expect(
      transcript.run("concentration mineral tin property production").contains("AUS has less than nothing"))
    #expect(transcript.run("concentration mineral dysprosium").contains("does not mean that there is none"))
    for command in [
      "concentration mineral lead", "concentration mineral CHN", "concentration mineral tin property",
    ] {
      #expect(transcript.run(command).contains("error: "), "\(command)")
    }
    #expect(!transcript.run(concentration).lowercased().contains("nan"))
  }

  @Test("Coverage follows parts, not wholes; what is concerned apart is told; gaps are gaps")
  func coverage() {
    add("project magnets \"Magnets\" { concerns = dysprosium, refining; operator = JPN }")
    add("initiative talks \"Talks\" { concerns = rare-earths }")
    add("initiative circle \"Circle\" { concerns = recycling }")
    let cells = rows("coverage")
    func cell(_ mineral: String, _ stage: String) -> [String: String]? {
      cells.first { $0["mineral"] == mineral && $0["stage"] == stage }
    }
    #expect(cell("dysprosium", "refining")?["who"] == "magnets")
    #expect(
      cell("rare-earths", "refining")?["by"] == "dysprosium"
        && cell("rare-earths", "refining")?["initiatives"] == "1")
    #expect(cell("rare-earths", "")?["who"] == "talks" && cell("", "recycling")?["who"] == "circle")
    #expect(cell("tin", "")?["gap"]?.contains("no initiative") == true && cell("", "mining")?["gap"] != "")
    #expect(
      rows("coverage parts no").contains { $0["mineral"] == "rare-earths" && $0["stage"] == "refining" }
        == false)
    #expect(
      rows("coverage only gaps minerals dysprosium").contains {
        $0["mineral"] == "dysprosium" && $0["stage"] == "recycling"
      })
    #expect(rows("coverage involving JPN only covered").allSatisfy { $0["who"] == "magnets" })
    #expect(rows("coverage type project only covered").allSatisfy { $0["who"] == "magnets" })
    #expect(transcript.run("coverage involving CHN only covered").contains("does not mean that none does"))
    #expect(
      transcript.run("coverage minerals rare-earths\nwhy row 1").contains("dysprosium.part-of") == false)
    #expect(rows("coverage", 1).first { $0["mineral"] == "rare-earths" }?["any"] == "2")
  }

  @Test("According to some, parts are those of all sources, and no surer than all say")
  func partsOfAll() {
    add("initiative talks \"Talks\" { concerns = tin from 2019 }")
    claim("tin.part-of = cobalt from 2020 until 2021", source: "other")
    for asked in ["", " according to paper"] {
      let command = "coverage on 2021-06-01\(asked)"
      let cell = rows(command).first { $0["mineral"] == "cobalt" }
      #expect(cell?["initiatives"] == "1" && cell?["certain"] == "0", "\(transcript.run(command))")
      let reading = rows(command, 2).first { $0["of"] == "cobalt" }
      #expect(reading?["least"] == "0" && reading?["greatest"] == "1", "\(transcript.run(command))")
    }
  }

  @Test("Exposure: shares that are lost, who is next, the sole holder, and the only one in a part")
  func exposure() {
    claim(
      "CHN.share = 60..70% \(figure)", "IDN.share = 20% \(figure)",
      "CHN.share = 100% mineral dysprosium stage refining",
      "CHN.share = 90% mineral tin stage refining",
      "JPN.dependence = 70% mineral dysprosium partner-country CHN year 2024")
    add("project plant \"Plant\" { operator = CHN; concerns = dysprosium, refining; member = JPN, CHN }")
    add("initiative pact \"Pact\" { member = eu, JPN; concerns = rare-earths }")
    claim("eu.member = AUS")
    let markets = rows("exposure CHN")
    let cobalt = markets.first { $0["mineral"] == "cobalt" }
    #expect(
      cobalt?["lost_low"] == "60" && cobalt?["lost_high"] == "70" && cobalt?["next"] == "IDN", "\(markets)")
    #expect(markets.map { $0["single_point"] } == ["no", "yes", "known"])
    let parts = rows("exposure CHN", 1)
    #expect(
      parts.map { $0["initiative"] } == ["plant"] && parts[0]["only"] == "operator"
        && parts[0]["part"] == "member, operator")
    #expect(rows("exposure CHN", 2).first?["low"] == "70")
    // Who differs on how much Japan depends moves that number, and no other; also where one asks of another.
    claim("JPN.dependence = 40..50% mineral dysprosium partner-country CHN year 2024", source: "other")
    func dependences(_ command: String) -> [String] {
      (0..<6).flatMap { rows(command, $0) }.filter { $0["of"]?.hasPrefix("dependence: ") == true }.map {
        row in
        ["of", "measure", "chosen", "least", "greatest", "extremes"].map { row[$0] ?? "?" }.joined(
          separator: " ")
      }
    }
    #expect(
      dependences("exposure CHN for JPN") == [
        "dependence: JPN, dysprosium, CHN, 2024 low 70 40 70 exact",
        "dependence: JPN, dysprosium, CHN, 2024 high 70 50 70 exact",
      ])
    #expect(dependences("exposure CHN") == dependences("exposure CHN for JPN"))
    #expect(dependences("exposure IDN").isEmpty)
    // Japan is exposed in what it takes part in and China has a part in, or supplies the mineral of; that China supplies
    // dysprosium is not that it supplies all rare earths.
    #expect(rows("exposure CHN for JPN", 1).map { $0["initiative"] } == ["plant"])
    claim("CHN.share = 50% mineral rare-earths stage mining")
    #expect(rows("exposure CHN for JPN", 1).map { $0["initiative"] } == ["pact", "plant"])
    #expect(rows("exposure AUS", 1).map { $0["through"] } == ["eu"])
    #expect(rows("exposure AUS groups no", 1).isEmpty)
    // A mineral: all that anybody holds, also of its parts, and what is made of them.
    #expect(rows("exposure rare-earths").map { $0["lost_low"] } == ["100", "50"])
    #expect(rows("exposure rare-earths", 2).map { $0["what"] } == ["magnet"])
    #expect(rows("exposure mining", 2).map { $0["what"] } == ["refining", "recycling"])
    #expect(transcript.run("exposure nowhere").contains("error: "))
  }

  @Test("Risk: a governance that nobody states leaves a range; what is no such number is refused")
  func risk() {
    claim(
      "CHN.production = 60 \(figure)", "IDN.production = 40 \(figure)",
      "USA.imports = 10 mineral cobalt partner-country CHN year 2024",
      "USA.imports = 10 mineral cobalt partner-country IDN year 2024", "CHN.governance = 0.5 year 2024")
    let row = rows("risk USA mineral cobalt")[0]
    #expect(row["hhi_low"] == "0.52" && row["risk_low"] == "0.25" && row["risk_high"] == "0.75", "\(row)")
    #expect(row["score_low"] == "0.13" && row["score_high"] == "0.39" && row["import_share"] == "100")
    #expect(transcript.run("risk USA mineral cobalt").contains("nobody states the governance of IDN"))
    claim("IDN.governance = 0.4 year 2023", "IDN.governance = 0.6 year 2022")
    #expect(rows("risk USA mineral cobalt")[0]["risk_low"] == "0.45")
    #expect(transcript.run("risk USA mineral cobalt").contains("the governance of IDN is that of 2023"))
    // At home 20 beside imports of 20; rivals of an import move it.
    #expect(rows("risk USA mineral cobalt domestic 20")[0]["risk_low"] == "0.225")
    claim("USA.imports = 30 mineral cobalt partner-country CHN year 2024", source: "other")
    let moved = rows("risk USA mineral cobalt", 2).first { $0["measure"] == "risk_low" }
    #expect(
      moved?["least"] == "0.45" && moved?["greatest"] == "0.475",
      "\(transcript.run("risk USA mineral cobalt"))")
    #expect(transcript.run("risk JPN mineral cobalt").contains("does not mean that there are none"))
    claim("AUS.governance = 1.5 year 2024")
    #expect(transcript.run("risk USA mineral cobalt").contains("not from 0 to 1"))
  }
}
