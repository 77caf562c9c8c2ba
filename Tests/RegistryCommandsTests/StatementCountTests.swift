import TestRegistry
import Testing

/// Statements are listed, counted and found in SQL by one meaning.
@Suite("Statements, however they are asked for")
struct StatementCountTests {
  private func rivalsAndDenials() throws -> SchemaTranscript {
    try SchemaTranscript(
      """
      add partnership p "P" citing a
      claim p.chair = AAA from 2020-01-01 still on 2022-01-01 citing a
      claim p.chair = BBB from 2020-06-01 still on 2022-01-01 citing d
      deny p.member = BBB from 2020 citing a
      claim p.member = CCC from 2018 citing a
      claim p.member = CCC from 2018 citing b
      deny p.member = CCC from 2019 citing d
      """)
  }

  @Test("Statements on a date are counted as they are listed: what was passed over is not, what denies is")
  func countedStatements() throws {
    let registry = try rivalsAndDenials()
    func words(_ rest: String) -> [String] {
      registry.rows("list statements where \(rest)").map { String($0.split(separator: "\t").last ?? "") }
    }
    let chairs = "property = chair on 2021-01-01"
    #expect(words(chairs).sorted() == ["no", "yes"])
    #expect(registry.counts("count statements where \(chairs)") == ["1", "1"])
    #expect(
      registry.rows(
        "sql on 2021-01-01 { select object, certainty from statements where property = 'chair' order by 1 }")
        == ["AAA\tcertainly", "BBB\t"])
    let denied = "value = BBB and property = member on 2021-01-01"
    #expect(words(denied) == ["denied"])
    #expect(registry.counts("count statements where \(denied)") == ["1", "1"])
    #expect(
      registry.rows("count statements where \(chairs.dropLast(14)) by value on 2021-01-01") == ["AAA\t1\t1"])
    // It counts where that is what is asked about, as for the values of a property.
    #expect(
      registry.counts("count statements where \(chairs.dropLast(14)) and chosen = no on 2021-01-01") == [
        "0", "1",
      ])
    #expect(registry.rows("count p.chair by standing") == ["chosen\t1\t1", "rival\t1\t0"])
    #expect(registry.counts("count denials where value = BBB on 2021-01-01") == ["1", "1"])
  }

  @Test(
    "The sources of a statement are those that claim it, or deny it where none claims it, in every way of asking"
  )
  func sourcesOfDenials() throws {
    let registry = try rivalsAndDenials()
    func listed(_ value: String) -> [String] {
      registry.rows("list statements where property = member and value = \(value) columns sources").map {
        String($0.split(separator: "\t").last ?? "")
      }
    }
    #expect(listed("BBB") == ["1"])
    #expect(
      listed("CCC").sorted()
        == registry.rows(
          "sql { select sources from statements where property = 'member' and object = 'CCC' order by 1 }"))
    let counted = registry.counts("count statements where property = member and sources = 1")
    #expect(
      counted
        == registry.rows("sql { select count(*) from statements where property = 'member' and sources = 1 }"))
    #expect(registry.rows("list denials of p where value = CCC columns sources").map { $0.last } == ["1"])
  }
}
