import TestRegistry
import Testing

/// What is only to come is told as that, wherever of all time it is among what there is.
@Suite("What is only to come")
struct ToComeTests {
  @Test("Lists and counts in groups say what they hold only by what is to come, as a count does")
  func told() throws {
    let registry = try SchemaTranscript(
      """
      add partnership p "P" citing a
      add partnership q "Q" citing a
      add partnership r "R" citing a
      claim p.member = forecast AAA from 2037 citing a
      claim q.member = AAA from 2037-01-01 citing a
      claim r.member = AAA from 2017 citing a
      claim r.member = AAA from 2039 role "chair" citing a
      claim p.jobs = forecast 500 citing a
      """)
    let count = registry.run("count partnerships where member = AAA")
    #expect(count.contains("-- 2 of them only by what is to come"), "\(count)")
    let listed = registry.run("list partnerships where member = AAA columns member")
    #expect(listed.contains("-- 2 of them only by what is to come"), "\(listed)")
    #expect(
      listed.contains("p\tP\tAAA (foreseen)\t") && listed.contains("q\tQ\tAAA (foreseen)\t"), "\(listed)")
    #expect(listed.contains("r\tR\tAAA\t"), "\(listed)")
    let all = registry.run("list partnerships columns member, jobs")
    #expect(all.contains("p\tP\tAAA (foreseen)\t500 forecast\ta") && !all.contains("only by"), "\(all)")
    for command in ["count partnerships by member", "count partnerships where member is stated by member"] {
      let groups = registry.run(command)
      #expect(groups.contains("AAA\t3") && groups.contains("-- only by what is to come: AAA 2"), "\(groups)")
    }
    // On a date what holds then is asked, and what is to come by then holds possibly.
    #expect(!registry.run("list partnerships where member = AAA on 2038 columns member").contains("foreseen"))
    #expect(!registry.run("count states by region").contains("to come"))
  }
}
