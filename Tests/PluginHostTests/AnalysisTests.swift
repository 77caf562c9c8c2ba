import Foundation
import PluginHost
import RegistryModel
import Testing

/// Runs an analysis of one of the package's own plugins.
private func run(
  _ analysis: String, of library: String, _ arguments: [String: [ArgumentValue]],
  _ relations: FixtureRelations
) throws -> ResultTable {
  let installed = try Built.analysis(analysis, of: library)
  return try PluginHost.run(installed, arguments: arguments, relations: relations)
}

extension PluginHostTests {
  @Suite("Concentration") struct ConcentrationAnalysis {
    private func figure(
      _ subject: String, _ low: Decimal, _ high: Decimal? = nil, year: Cell = .text("2024"),
      bound: String = "exact",
      scope: String? = nil, stage: String = "refining"
    ) -> [String: Cell] {
      [
        "subject": key(subject), "property": key("share"), "mineral": key("cobalt"), "stage": key(stage),
        "year": year, "scope": scope.map(Cell.text) ?? .empty, "low": .decimal(low),
        "high": .decimal(high ?? low),
        "unit": .text("%"), "bound": .text(bound), "source_count": .integer(1), "chosen": .integer(1),
      ]
    }

    private func concentration(_ figures: [[String: Cell]], year: String? = nil) throws -> ResultTable {
      var arguments: [String: [ArgumentValue]] = [
        "mineral": [.key(Key(unchecked: "cobalt"))], "stage": [.key(Key(unchecked: "refining"))],
      ]
      arguments["year"] = year.map { [.text($0)] }
      return try run(
        "concentration", of: "SupplyChain", arguments,
        FixtureRelations(rows: [
          "figures": figures, "readings": [], "statements": [],
          "properties": [["key": key("share"), "parent": key("")]],
          "entities": [["key": key("CHN"), "type": key("state"), "name": .text("China")]],
        ]))
    }

    @Test("exact shares give the index with the rest as many small holders, and as one")
    func exact() throws {
      // 60² + 20² = 4000; with the other 20 as one holder 4400.
      let table = try concentration([
        figure("CHN", 60), figure("FIN", 20), figure("USA", 99, stage: "mining"),
      ])
      #expect(
        table.rows == [
          [
            .text("2024"), .text(""), .text(""), .integer(2), .decimal(80), .decimal(80), .decimal(4000),
            .decimal(4400), .text("high"), key("CHN"), .decimal(80), .decimal(100), key("refining"),
            .text("%"),
          ]
        ])
      #expect(table.notes.contains { $0.contains("cover 80 %") })
      #expect(table.notes.contains { $0.contains("different sources") })
    }

    @Test("tenths of a percent stay exact")
    func decimals() throws {
      // 30.1² = 906.01; with the other 69.9 as one holder + 4886.01 = 5792.02.
      let row = try #require(try concentration([figure("CHN", Decimal(string: "30.1")!)]).rows.first)
      #expect(row[6] == .decimal(Decimal(string: "906.01")!))
      #expect(row[7] == .decimal(Decimal(string: "5792.02")!))
      #expect(row[8] == .text("low to high"))
    }

    @Test("a range gives a range, by the ends that make most of it")
    func range() throws {
      // 47² = 2209 at least; at most 87² + 13² = 7738, more than 47² + 53² = 5018.
      let row = try #require(try concentration([figure("CHN", 47, 87, bound: "range")]).rows.first)
      #expect(row[4...7] == [.decimal(47), .decimal(87), .decimal(2209), .decimal(7738)])
    }

    @Test("a share of at least so much is limited by what the others hold")
    func atLeast() throws {
      // CHN 60 … 70, since FIN holds 30: 3600 + 900 = 4500 at least, 4900 + 900 = 5800 at most.
      let rows = try concentration([figure("CHN", 60, bound: "at least"), figure("FIN", 30)]).rows
      #expect(rows.map { $0[4...7] } == [[.decimal(90), .decimal(100), .decimal(4500), .decimal(5800)]])
    }

    @Test("years and scopes are not mixed, and a year narrows")
    func markets() throws {
      let date = PartialDate(uncheckedEDTF: "2023", earliest: Day(19_358), latest: Day(19_722))
      let figures = [
        figure("CHN", 50, year: .date(date)), figure("CHN", 60), figure("CHN", 70, scope: "magnets"),
      ]
      #expect(
        try concentration(figures).rows.map { $0[6] } == [.decimal(2500), .decimal(3600), .decimal(4900)])
      #expect(try concentration(figures, year: "2023").rows.map { $0[6] } == [.decimal(2500)])
    }

    @Test("shares beyond 100 % and rivals are noted, and rivals leave open who is first")
    func contradictions() throws {
      let table = try concentration([figure("CHN", 60), figure("CHN", 40), figure("FIN", 70)])
      // Of 60 or 40 and 70 at least 110: there is no index of that.
      #expect(table.notes.contains { $0.contains("sum to 110 %") })
      #expect(table.rows.map { $0[6] } == [.empty])
      #expect(table.notes.contains { $0.contains("2 figures for CHN") })
      #expect(
        try concentration([figure("CHN", 30), figure("CHN", 60), figure("FIN", 40)]).rows.map { $0[9] } == [
          .empty
        ])
    }

    @Test("no figures give no rows, and the note does not say that there are none in the world")
    func none() throws {
      let table = try concentration([])
      #expect(table.rows.isEmpty && table.columns.count == 14)
      #expect(table.notes.contains { $0.contains("does not mean") })
    }
  }
}
