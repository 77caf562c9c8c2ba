import Foundation
import RegistryModel
import Rendering
import Testing

/// What a picture must not say by how it looks.
@Suite("What pictures tell")
struct PictureReadingTests {
  private func svg(_ table: ResultTable) -> String { Renderer(.svg).render(table) }

  private func key(_ text: String) -> Cell { .key(Key(unchecked: text)) }

  private func month(_ text: String) throws -> Cell { .date(try PartialDate(edtf: text)) }

  private func table(_ columns: [String], _ rows: [[Cell]], _ view: ResultView? = nil) -> ResultTable {
    var table = ResultTable(title: "title", columns: columns.map { Column($0) }, rows: rows)
    table.view = view
    return table
  }

  private func share(_ number: Decimal) -> Cell { .quantity(Quantity(low: number, unit: "%")) }

  // MARK: Bars

  @Test("what was passed over is drawn as no answer, and the word stands beside it")
  func rivals() {
    let mineral = String(repeating: "a long name ", count: 5)
    let shown = table(
      ["mineral", "value", "today", "standing"],
      [
        [.text(mineral + "one"), share(56), .empty, .text("chosen")],
        [.text(mineral + "two"), share(48), .text("no"), .text("rival")],
        [.text("three"), share(30), .text("no"), .empty],
        [.text("four"), share(20), .text("maybe"), .empty],
      ])
    let drawn = svg(shown)
    #expect(
      drawn.contains(">48% (rival)<") && drawn.contains(">30% (not today)<")
        && drawn.contains(">20% (maybe)<"))
    #expect(drawn.matches(of: /class="maybe"><title>/).count == 2)
    #expect(drawn.contains("dashed bars are no answer: not today, rival"))
    // What tells two rows apart is not cut.
    #expect(drawn.contains(">\(mineral)one</text>") && drawn.contains(">\(mineral)two</text>"))
    let lines = Renderer(.chart, options: .init(width: 60)).render(shown).split(separator: "\n")
    #expect(
      lines.contains { $0.contains("░") && !$0.contains("█") && $0.hasSuffix("48% (rival)") }, "\(lines)")
  }

  @Test("months without a row leave a gap that is told, and what is possible is drawn beyond what is certain")
  func months() throws {
    var shown = table(
      ["month", "joined", "possible"],
      [
        [try month("2022-05"), .integer(4), .integer(0)], [try month("2023-01"), .integer(0), .integer(3)],
        [try month("2023-02"), .integer(2), .integer(3)],
      ], ResultView(.bar, [0, 1]))
    shown.hasMeasures = true
    let drawn = svg(shown)
    #expect(drawn.contains("7 months without a row") && drawn.matches(of: /without a row/).count == 1)
    #expect(drawn.contains(">0 (3 possible)<") && drawn.contains(">2 (3 possible)<"))
    #expect(drawn.matches(of: /class="open"/).count == 2)
  }

  @Test("several measures of an answer whose columns cannot be chosen get no advice to choose them")
  func severalMeasures() {
    var shown = table(["key", "a", "b"], [[.text("x"), .integer(1), .integer(2)]])
    shown.hasMeasures = true
    let words = Renderer(.svg).undrawn(shown) ?? ""
    #expect(words.contains("a and b are different measures") && !words.contains("columns shows"))
    let listed = table(["key", "a", "b"], [[.text("x"), share(1), share(2)]])
    #expect(Renderer(.svg).undrawn(listed)?.contains("columns shows one of them") == true)
  }

  // MARK: Matrices

  @Test("amounts are not cut: each begins a line")
  func amounts() {
    let drawn = svg(
      table(
        ["giver", "rung", "amount"],
        [
          [.text("AUS"), .text("announced"), .text("AUD 1.335bn")],
          [.text("AUS"), .text("announced"), .text("USD 100..300m")],
          [.text("exim"), .text("interest"), .text("more than about USD 17bn of what was asked for in all")],
        ], ResultView(.matrix, [0, 1, 2])))
    #expect(drawn.contains(">AUD 1.335bn;<") && drawn.contains(">USD 100..300m<"))
    #expect(drawn.contains("17bn") && !drawn.contains("…"))
  }

  @Test("a row and a column without a name say what they are without")
  func nameless() {
    let drawn = svg(
      table(
        ["mineral", "stage", "initiatives"],
        [[.text("cobalt"), .empty, .integer(3)], [.empty, .text("mining"), .integer(1)]],
        ResultView(.matrix, [0, 1, 2])))
    #expect(drawn.contains(">no stage<") && drawn.contains(">no mineral<"))
  }

  @Test("pairs stand in both halves, and a blank is told")
  func pairs() {
    let drawn = svg(
      table(
        ["a", "b", "jaccard"],
        [[key("msp"), key("quad"), .real(0.25)], [key("g7"), key("msp"), .real(0.5)]],
        ResultView(.matrix, [0, 1, 2])))
    #expect(drawn.matches(of: />0.25</).count == 2 && drawn.matches(of: />0.5</).count == 2)
    #expect(drawn.contains("a pair without a number has no row"))
  }

  // MARK: Networks

  private func network(_ ties: [(String, String)], _ kinds: [(String, String)], weights: [Double] = [])
    -> ResultTable
  {
    var shown = table(
      ["from", "to", "weight"],
      ties.enumerated().map { place, tie in
        [
          tie.0.isEmpty ? .empty : .text(tie.0), tie.1.isEmpty ? .empty : .text(tie.1),
          weights.isEmpty ? .empty : .real(weights[place]),
        ]
      }, ResultView(.network, [0, 1, 2]))
    var nodes = ResultTable(columns: ["node", "kind"].map { Column($0) })
    nodes.name = "nodes"
    nodes.rows = kinds.map { [.text($0.0), .text($0.1)] }
    shown.beside = [nodes]
    return shown
  }

  @Test("a side has one symbol, whichever side has more")
  func sides() {
    let few = network(
      [("JPN", "forge"), ("JPN", "quad")], [("JPN", "member"), ("forge", "deal"), ("quad", "deal")])
    let many = network(
      [("JPN", "forge"), ("KOR", "forge")], [("JPN", "member"), ("KOR", "member"), ("forge", "deal")])
    for shown in [few, many] {
      let drawn = svg(shown)
      #expect(drawn.contains(/<circle[^>]*class="first"><title>JPN, member/))
      #expect(drawn.contains(/<path[^>]*class="second"><title>forge, deal/))
    }
  }

  @Test(
    "ties against lie above those for; what has one end is a node, and what one line does not show is told")
  func ties() throws {
    let drawn = svg(network([("a", "b"), ("b", "c"), ("a", "c")], [], weights: [-1, 1, 1]))
    let against = try #require(drawn.range(of: "against dashed"))
    let other = try #require(drawn.range(of: "class=\"tie\"", options: .backwards))
    #expect(against.lowerBound > other.lowerBound)
    let odd = svg(network([("a", "b"), ("b", "a"), ("c", "c"), ("", "d")], []))
    #expect(odd.contains(">d</text>") && odd.contains("1 tie of a node with itself"))
    #expect(odd.contains("1 pair has several ties, in one line"))
  }

  // MARK: Time and maps

  @Test("ten thousand years have an axis, and an end before its beginning is told")
  func ages() throws {
    let shown = table(
      ["what", "from", "to"],
      [
        [.text("bronze"), try month("-3300"), try month("-1200")],
        [.text("later"), try month("Y12000"), try month("Y12000")],
        [.text("odd"), try month("2020-01-01"), try month("2019-01-01")],
      ], ResultView(.timeline, [0, 1, 2]))
    let drawn = svg(shown)
    #expect(drawn.contains(">-2000</text>") && drawn.contains(">10000</text>"))
    #expect(
      drawn.contains("ends before it begins: 2020-01-01 to 2019-12-31")
        || drawn.contains("ends before it begins"))
    #expect(Renderer(.chart, options: .init(width: 80)).render(shown).contains("ends before it begins"))
  }

  @Test("a state of which nothing is said is called so, and land that has no room is told")
  func maps() {
    let shown = table(
      ["place", "name", "number"],
      [[key("DEU"), .text("Germany"), .empty], [key("JPN"), .text("Japan"), .text("yes")]],
      ResultView(.map, [0, 2]))
    #expect(svg(shown).contains("not stated (1 state): Germany"))
    let narrow = Renderer(.chart, options: .init(width: 40)).render(shown)
    #expect(narrow.contains("no land is drawn in 40") && narrow.contains("Germany"))
    #expect(!Renderer(.chart, options: .init(width: 80)).render(shown).contains("no land is drawn"))
  }

  // MARK: Pages

  @Test("the lines of a text are lines in HTML")
  func lines() {
    let page = Renderer(.html).render(table(["text"], [[.text("one\n\n  <two>\r\nthree")]]))
    #expect(page.contains("<td class=\"lines\">one<br><br>  &lt;two&gt;<br>three</td>"))
    #expect(Renderer(.html).render(table(["text"], [[.text("one")]])).contains("<td>one</td>"))
  }
}
