import TestRegistry
import Testing

/// What is asked in a second way is answered the same.
@Suite("Asked in a second way")
struct SecondWayTests {
  @Test("That something is stated is no surer than what states it")
  func statedByRival() throws {
    let registry = try SchemaTranscript(
      """
      add partnership p "P" citing a { announced = 2001 }
      claim p.chair = AAA from 2010 until 2014 citing a
      claim p.chair = BBB from 2012 still on 2013 citing d
      """)
    #expect(registry.counts("count partnerships where chair = BBB on 2016") == ["0", "1"])
    #expect(registry.counts("count partnerships where chair is stated on 2016") == ["0", "1"])
    #expect(registry.counts("count partnerships where chair is stated on 2012") == ["1", "1"])
    #expect(registry.run("check claim p.chair is stated on 2016").contains("-- not stated"))
    // What is only possible is possibly not so either.
    #expect(registry.counts("count partnerships where not chair is stated on 2016") == ["0", "1"])
  }

  @Test("Figures of past years are not counted as possibly so today, with a condition and without")
  func figures() throws {
    let registry = try SchemaTranscript(
      """
      add mineral min "Min" citing a
      claim AAA.share = 60% mineral min year 2024 citing a
      claim AAA.share = 70% mineral min year 2023 citing a
      claim AAA.share = 80% mineral min year 2022 citing a
      """)
    #expect(registry.run("count AAA.share") == registry.run("count AAA.share where value > 1%"))
    #expect(registry.run("count AAA.share").contains("-- 1 more possibly today"))
    #expect(registry.counts("count AAA.share on today") == ["0", "1"])
  }

  @Test("A source without a date may have been out before it was retrieved")
  func undatedSources() throws {
    let registry = try SchemaTranscript(
      """
      source u "U" { reliability C; retrieved 2026-01-01 }
      source w "W" { reliability C }
      """)
    #expect(Set(registry.keys("list sources published by 2024-06-01")) == ["a", "d", "u", "w"])
    #expect(
      Set(registry.rows("sql published by 2024-06-01 { select key from sources }")) == ["a", "d", "u", "w"])
    #expect(registry.counts("count sources published by 2024-06-01") == ["2", "4"])
    #expect(registry.counts("count sources published by 2026-06-01") == ["4", "5"])
  }

  @Test("What is still to come is not yet, in every part of a page")
  func notYet() throws {
    let registry = try SchemaTranscript(
      """
      add partnership p "P" citing a { announced = 2001 }
      add meeting m3 "M3" citing a { under = p; date = 2030-01-01 }
      """)
    let page = registry.run("brief p")
    #expect(page.contains("not yet under it") && !page.contains("no more under it"), "\(page)")
  }

  @Test("What a correction overtakes and is passed over itself is told once, and is no denial")
  func erratum() throws {
    let registry = try SchemaTranscript(
      """
      source c "C" { published 2025-06-01; reliability C; corrects b }
      add partnership p "P" citing a
      claim p.jobs = 5 citing b
      claim p.jobs = 6 citing c
      claim p.jobs = 7 citing a
      """)
    let why = registry.run("why p.jobs")
    #expect(registry.keys("why p.jobs") == ["7", "6", "5"], "\(why)")
    #expect(!why.contains("chosen not") && why.contains("passed over for p.jobs = 6"), "\(why)")
  }

  @Test("`diff on` shows what comes and goes with its thing, though nothing is said of when")
  func undated() throws {
    let registry = try SchemaTranscript(
      """
      add partnership p "P" citing a { launched = 2010-01-01; ended = 2020-01-01; member = AAA }
      claim p.member = BBB from 2012-01-01 citing a
      """)
    let begun = registry.run("diff on 2005-01-01 2015-01-01 of p")
    #expect(begun.contains("+\tp.member = AAA\t") && begun.contains("+\tp.member = BBB"), "\(begun)")
    let ended = registry.run("diff on 2015-01-01 2022-01-01 of p")
    #expect(ended.contains("-\tp.member = AAA\t") && ended.contains("-\tp.member = BBB"), "\(ended)")
    #expect(!begun.contains("p.launched"), "\(begun)")
  }

  @Test("What was seen last after today is stated to that day, however it is asked")
  func seenAhead() throws {
    let registry = try SchemaTranscript(
      """
      add partnership p "P" citing a
      add partnership q "Q" citing a
      claim p.member = AAA from 2020 still on 2027-03-01 citing a
      claim q.member = AAA on 2027-03-01 citing a
      """)
    for (pact, date, word) in [
      ("p", "2026-12-01", "yes"), ("p", "2027-03-01", "yes"), ("p", "2027-03-02", "maybe"),
      ("q", "2027-03-01", "yes"), ("q", "2026-12-01", "maybe"), ("q", "2027-04", "maybe"),
    ] {
      let isCertain = word == "yes"
      #expect(registry.run("list \(pact).member on \(date)").contains("\t\(word)\t"), "\(pact) on \(date)")
      #expect(registry.run("show \(pact) on \(date)").contains("\t\(word)\t"), "\(pact) on \(date)")
      let condition = "key = \(pact) and member = AAA on \(date)"
      #expect(
        registry.run("list partnerships where \(condition)").contains("\t\(word)\t"), "\(pact) on \(date)")
      let count = [isCertain ? "1" : "0", "1"]
      #expect(registry.counts("count partnerships where \(condition)") == count, "\(pact) on \(date)")
      let by = registry.rows("count partnerships where key = \(pact) by member on \(date)")
      #expect(by.contains("AAA\t\(count[0])\t1"), "\(by) on \(date)")
      let checked = registry.run("check claim \(pact).member = AAA on \(date)")
      #expect(checked.contains("-- true") == isCertain, "\(checked)")
      #expect(
        registry.rows(
          "sql on \(date) { select certainty from memberships where initiative = '\(pact)' }")
          == [isCertain ? "certainly" : "possibly"], "\(pact) on \(date)")
    }
  }

  @Test("Of a date that today lies in, what a thing and its end are asked of are the days up to today")
  func judgedToToday() throws {
    let registry = try SchemaTranscript(
      """
      add partnership p "P" citing a { launched = 2001-01-01; ended = 2026-12-15 }
      claim p.member = AAA from 2010-01-01 citing a
      """)
    #expect(registry.run("list p.member on 2026").contains("\tyes\t"))
    #expect(registry.run("list partnerships where member = AAA on 2026").contains("\tyes\t"))
    #expect(registry.rows("sql on 2026 { select certainty from memberships }") == ["certainly"])
    #expect(registry.run("list p.member on 2027").contains("\tyes\t") == false)
  }

  @Test("What is certain by one statement and was certainly out by another is not certainly so by both")
  func sureByTwo() throws {
    let registry = try SchemaTranscript(
      """
      source u "U" { reliability C }
      source w "W" { published 2021; reliability D }
      add partnership p "P" citing w
      add partnership q "Q" citing w
      claim p.member = CCC from 2020-12-08 citing u
      claim p.founder = CCC citing w
      claim q.member = CCC from 2020-12-08 citing u
      """)
    for pact in ["p", "q"] {
      let asked = "partnerships where key = \(pact) and member = CCC on 2021-09 published by 2022"
      let listed = registry.run("list \(asked)")
      #expect(
        listed.contains("evidence") && listed.contains("\tyes\t") && listed.contains("\tpossible"),
        "\(listed)")
      #expect(registry.counts("count \(asked)") == ["0", "1"])
      #expect(
        registry.run("check claim \(pact).member = CCC on 2021-09 published by 2022").contains(
          "-- not stated"))
    }
  }

  @Test(
    "Through a group, what is certain by one membership and was certainly out by another is not certainly so")
  func sureByTwoPaths() throws {
    let registry = try SchemaTranscript(
      """
      source u "U" { reliability C }
      source w "W" { published 2021; reliability D }
      add partnership p "P" citing w
      add group g "G" citing w
      claim p.member = g from 2010 citing w
      claim g.member = CCC from 2012 role "one" citing u
      claim g.member = CCC role "two" citing w
      """)
    let times = "including groups on 2021-09 published by 2022"
    #expect(
      registry.rows("list p.member \(times)").contains {
        $0.hasPrefix("CCC\t") && $0.contains("\tyes\t\tpossible\t") || $0.contains("\tyes\tpossible\t")
      })
    #expect(registry.counts("count p.member \(times)") == ["1", "2"])
    #expect(registry.counts("count partnerships where member = CCC \(times)") == ["0", "1"])
    #expect(registry.rows("list partnerships by member as matrix \(times)").contains("CCC\tmaybe, through g"))
  }

  @Test("What an undated source foresees says nothing of when it came out; what it reports does")
  func foreseen() throws {
    let registry = try SchemaTranscript(
      """
      source u "U" { reliability D }
      source w "W" { reliability D }
      add partnership p "P" citing a
      claim p.member = AAA from 2020 citing u
      claim p.chair = forecast AAA from 2025 citing u
      claim p.chair = BBB from 2031 citing u
      claim p.ended = 2031 citing u
      claim p.member = BBB from 2025-06 citing w
      claim p.member = CCC from 2020 citing w
      """)
    let by = "published by 2024-12-31"
    #expect(registry.keys("list p.member \(by)") == ["AAA"])
    #expect(registry.run("check claim p.member = AAA \(by)").contains("error") == false)
    #expect(registry.counts("count partnerships where member = AAA \(by)").first == "1")
    #expect(registry.rows("sql \(by) { select member from memberships }") == ["AAA"])
    #expect(Set(registry.keys("list p.member published by 2026-01-01")) == ["AAA", "BBB", "CCC"])
  }

  @Test("A matrix tells who is denied in its own name and in through a group as both")
  func deniedInOwnName() throws {
    let registry = try SchemaTranscript(
      """
      add partnership p "P" citing a
      add group g "G" citing a
      claim p.member = g from 2012 citing a
      claim g.member = AAA from 2010 citing a
      claim g.member = BBB from 2010 citing a
      deny p.member = AAA from 2015 citing b
      claim p.member = BBB citing a
      """)
    let rows = registry.rows("list partnerships by member as matrix including groups on 2021-01-01")
    #expect(
      rows.contains { $0.hasPrefix("AAA\t") && $0.contains("yes, through g") && $0.contains("denied") },
      "\(rows)")
    #expect(rows.contains("BBB\tyes, through g"), "\(rows)")
    #expect(registry.rows("list partnerships by member as matrix on 2021-01-01").contains("AAA\tdenied"))
  }

  @Test("What several hold jointly is one value: each half speaks for it, and it won over others together")
  func jointly() throws {
    let registry = try SchemaTranscript(
      """
      add partnership p "P" citing a
      claim p.chair = jointly AAA, BBB from 2020-01-01 still on 2024-06-01 citing a
      claim p.chair = CCC from 2021-01-01 still on 2024-06-01 citing d
      """)
    let listed = registry.run("list p.chair on 2022-01-01")
    #expect(listed.contains("CCC (passed over for AAA with BBB)"), "\(listed)")
    for half in ["AAA", "BBB"] {
      #expect(
        registry.rows("list p.chair on 2022-01-01").contains {
          $0.hasPrefix(half) && $0.contains("\tchosen")
        }, "\(listed)")
      #expect(
        registry.run("check claim p.chair = \(half) on 2022-01-01").contains("by what is chosen it is true"))
      let checked = registry.rows("check claim p.chair = \(half) on 2022-01-01")
      #expect(checked.filter { $0.contains("\tagainst\t") }.count == 1, "\(checked)")
      #expect(checked.allSatisfy { $0.contains("\tagainst\t") == $0.contains("\tCCC") }, "\(checked)")
    }
  }

  @Test("What is passed over itself is not told as chosen where two disagree")
  func passedOverWinner() throws {
    let registry = try SchemaTranscript(
      """
      source e "E" { published 2025-02-01; reliability D; corrects b }
      add partnership p "P" citing a
      claim p.signed = 2021-01-05 citing a
      claim p.signed = 2021-02-05 citing b
      claim p.signed = 2021-03-05 citing e
      """)
    let page = registry.run("brief p")
    #expect(!page.contains("chosen: 2021-03-05") && page.contains("both passed over for another"), "\(page)")
    #expect(page.contains("chosen: 2021-01-05"), "\(page)")
  }

  @Test("What is denied of one of two who hold jointly is not said for it by the other")
  func deniedHalf() throws {
    let registry = try SchemaTranscript(
      """
      add partnership p "P" citing a
      claim p.chair = jointly AAA, BBB from 2020-01-01 still on 2024-06-01 citing d
      deny p.chair = AAA from 2020-01-01 citing a
      """)
    #expect(!registry.run("check claim p.chair = AAA on 2022-01-01").contains("-- true"))
    #expect(registry.counts("count partnerships where chair = AAA on 2022-01-01") == ["0", "0"])
    #expect(registry.run("check claim p.chair = CCC on 2022-01-01").contains("\tagainst\t"))
  }
}
