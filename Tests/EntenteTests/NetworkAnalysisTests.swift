import CommandLanguage
import Foundation
import PluginHost
import RegistryCommands
import RegistryModel
import TestRegistry
import Testing

/// The analyses of the plugin Network on registries of the tests' own.
@Suite("Networks")
struct NetworkAnalysisTests {
  private static let names = [
    "centrality", "brokerage", "blocs", "core", "balance", "path", "spread", "network",
  ]

  /// Actors and what ties them.
  private static let schema = """
    define type actor
    define type initiative
    define property member of initiative, actor to actor many
    define property knows of actor to actor many
    define property ally of actor to actor many
    define property rival of actor to actor many
    define property strength of statement to number one

    """

  private func data(_ claims: String) throws -> PublishedData { try PublishedData(nil, Self.schema + claims) }

  private func actors(_ names: String...) -> String { names.map { "add actor \($0)\n" }.joined() }

  private func isNear(_ value: Double, _ other: Double) -> Bool { abs(value - other) < 1e-9 }

  @Test("the first example of each gives rows on the Seed, and a row says why")
  func examples() throws {
    let analyses = try TestPlugins.analyses
    let transcript = Transcript(try TestRegistry.seeded(analyses: analyses))
    for signature in analyses.analyses where Self.names.contains(signature.signature.name) {
      #expect(!signature.examples.isEmpty)
      for example in signature.examples.prefix(1) {
        let printed = transcript.run(example)
        let rows = printed.split(separator: "\n").filter { !$0.hasPrefix("-- ") }
        #expect(rows.count > 1 && !printed.contains("error"), "\(example): \(printed.prefix(1000))")
        #expect(!printed.contains("nan") && !printed.contains("inf\t"), "\(example)")
        let why = transcript.run("why row 1")
        #expect(why.contains("source") && !why.contains("error"), "\(example): \(why)")
      }
    }
  }

  @Test("weights, ways and parts: what networkx gives of a small graph that is directed and weighted")
  func directed() throws {
    // networkx 3.6 on the edges a→b 2, b→c 1, c→a 3, c→d 1, d→a 2, e→f 1, and g alone.
    let claims =
      actors("a", "b", "c", "d", "e", "f", "g") + """
        claim a.knows = b strength 2
        claim b.knows = c strength 1
        claim c.knows = a strength 3
        claim c.knows = d strength 1
        claim d.knows = a strength 2
        claim e.knows = f strength 1
        """
    let data = try data(claims)
    let out = "centrality property knows mode one-mode weight strength direction out nodes actor"
    // nx.betweenness_centrality(G, normalized=False)
    for (node, value) in [("a", 3.0), ("b", 3.0), ("c", 3.0), ("d", 0.0), ("e", 0.0), ("g", 0.0)] {
      #expect(isNear(try data.number(out, node, "betweenness"), value), "\(node)")
    }
    // nx.closeness_centrality(G), which takes ways that lead to a node.
    let into = "centrality property knows mode one-mode weight strength direction in nodes actor"
    for (node, value) in [("a", 3.0 / 4 * 3 / 6), ("f", 1.0 / 6), ("e", 0), ("g", 0)] {
      #expect(isNear(try data.number(into, node, "closeness"), value), "\(node)")
    }
    #expect(try data.number(out, "c", "degree") == 2 && data.number(into, "a", "degree") == 2)
    #expect(try data.number(into, "a", "strength") == 5)
    #expect(data.run(out).contains("the graph is in 3 parts"))
  }

  @Test("distances by 1 / strength: betweenness goes where ties are strong")
  func inverse() throws {
    let claims =
      actors("a", "b", "c")
      + "claim a.knows = b strength 4\nclaim b.knows = c strength 4\nclaim a.knows = c strength 1\n"
    let data = try data(claims)
    let command = "centrality property knows mode one-mode weight strength"
    #expect(try data.number(command, "b", "betweenness") == 0)
    #expect(try data.number(command + " distance inverse", "b", "betweenness") == 1)
    #expect(isNear(try data.number(command + " distance inverse", "a", "farness"), 0.75))
    #expect(data.run("centrality distance inverse").contains("in mode two-mode a tie is one step"))
    #expect(data.run("centrality direction in").contains("leads both ways"))
  }

  @Test("weights tell in constraint and effective size, as networkx has them")
  func weightedHoles() throws {
    let claims =
      actors("a", "b", "c", "d") + """
        claim a.knows = b strength 3
        claim a.knows = c strength 1
        claim b.knows = c strength 2
        claim a.knows = d strength 2
        """
    let data = try data(claims)
    let command = "brokerage property knows mode one-mode weight strength"
    // p(a,b) = 1/2, p(a,c) = 1/6, p(a,d) = 1/3; p(b,c) = 2/5, p(c,b) = 2/3.
    let b = 1.0 / 2 + 1.0 / 6 * 2 / 3
    let c = 1.0 / 6 + 1.0 / 2 * 2 / 5
    #expect(isNear(try data.number(command, "a", "constraint"), b * b + c * c + 1.0 / 9))
    // Σⱼ 1 − Σq pᵢq mⱼq: m(b,c) = 2/3, m(c,b) = 1.
    #expect(
      isNear(try data.number(command, "a", "effective_size"), (1 - 1.0 / 6 * 2 / 3) + (1 - 1.0 / 2) + 1))
    let plain = "brokerage property knows mode one-mode"
    #expect(isNear(try data.number(plain, "a", "effective_size"), 3 - 2.0 / 3))
  }

  @Test("an eigenvector of a graph in parts lies in the closest, and others are told")
  func parts() throws {
    let claims =
      actors("a", "b", "c", "x", "y") + """
        claim a.knows = b
        claim b.knows = c
        claim a.knows = c
        claim x.knows = y
        """
    let data = try data(claims)
    let command = "centrality property knows mode one-mode"
    #expect(isNear(try data.number(command, "a", "eigenvector"), 1))
    #expect(try data.number(command, "x", "eigenvector") == 0)
    #expect(data.run(command).contains("2 nodes have an eigenvector of 0"))
    #expect(isNear(try data.number(command + " scale norm", "a", "eigenvector"), 1 / 3.0.squareRoot()))
    // Wasserman & Faust: 1/4 of the others at a distance of 1.
    #expect(isNear(try data.number(command, "x", "closeness"), 0.25))
  }

  @Test("nothing, one thing, a thing with itself: notes, and no number that is none")
  func little() throws {
    let empty = try data("")
    for command in ["centrality", "brokerage", "blocs", "core", "balance"] {
      let printed = empty.run(command)
      #expect(printed.contains("does not mean") && !printed.contains("error"), "\(command): \(printed)")
    }
    let one = try data(actors("a") + "add initiative i\nclaim i.member = a\nclaim a.knows = a\n")
    for command in ["centrality", "centrality mode members", "brokerage", "blocs", "core", "core by fit"] {
      let printed = one.run(command + " as json")
      #expect(!printed.contains("error") && !printed.lowercased().contains("nan"), "\(command): \(printed)")
    }
    #expect(
      one.run("centrality property knows mode one-mode").contains(
        "1 ties of a thing with itself are left out"))
    #expect(one.run("path a to a").contains("a chain has two ends"))
    #expect(one.run("centrality property strength").contains("error"))
    let apart = try data(actors("a", "b")).run("path a to b")
    #expect(apart.contains("nothing that is stated links a and b"), "\(apart)")
    #expect(one.run("centrality among nothing").contains("error"))
    #expect(one.run("spread i").contains("no day is stated"))
  }

  @Test("a weight that is no strength is refused; one that is missing counts as 1, and that is said")
  func strangeWeights() throws {
    let some = try data(actors("a", "b", "c") + "claim a.knows = b strength 2\nclaim b.knows = c\n")
    let command = "centrality property knows mode one-mode weight strength"
    #expect(some.run(command).contains("1 ties have no strength stated, and count as 1"))
    let negative = try data(actors("a", "b") + "claim a.knows = b strength -2\n")
    #expect(negative.run(command).contains("no strength of a tie"))
  }

  @Test("more shortest paths than can be counted are an error, and no number")
  func tooMany() throws {
    var claims = ""
    // Each diamond doubles the number of shortest paths.
    for place in 0..<1_030 {
      claims += "add actor n\(place)\nadd actor u\(place)\nadd actor v\(place)\n"
      if place > 0 {
        for side in ["u", "v"] {
          claims += "claim n\(place - 1).knows = \(side)\(place)\nclaim \(side)\(place).knows = n\(place)\n"
        }
      }
    }
    let session = try TestRegistry.session(analyses: try TestPlugins.analyses)
    let transcript = Transcript(session)
    _ = transcript.run(Self.schema + claims, atomicity: .whole)
    #expect(
      transcript.run("centrality property knows mode one-mode").contains(
        "more shortest paths between two nodes"))
  }

  @Test("the smallest core of the least misfit; who has as many ties as the last of it is told")
  func cores() throws {
    let claims =
      actors("a", "b", "c", "d", "e") + """
        claim a.knows = b
        claim a.knows = c
        claim b.knows = c
        claim d.knows = a
        claim e.knows = a
        """
    let data = try data(claims)
    let command = "core property knows mode one-mode"
    let tables = data.tables(command)
    let core = tables[0].filter { $0["core"] == .text("yes") || $0["core"] == .integer(1) }.compactMap {
      $0["node"]
    }
    // With c the core would fit as well: the smaller one is shown, and who could be in it is told.
    #expect(core.count == 2, "\(tables[0])")
    #expect(data.run(command).contains("as many ties as the last of the core have c:"))
    #expect(try data.number(command, "a", "coreness") == 2 && data.number(command, "d", "coreness") == 1)
    #expect(try data.whole(command, "misfit") == 0 && data.whole(command, "fit") == 1)
  }

  @Test("the friend of an enemy: one unbalanced triad of two, and the tie that stands against two camps")
  func balance() throws {
    let claims =
      actors("a", "b", "c", "d") + """
        claim a.ally = b
        claim b.ally = c
        claim a.rival = c
        claim a.rival = d
        claim c.rival = d
        """
    let data = try data(claims)
    let command = "balance positive ally negative rival mode one-mode"
    #expect(try data.whole(command, "triads") == 2 && data.whole(command, "balance") == 0)
    #expect(try data.whole(command, "frustrated") == 1)
    let kinds = data.tables(command)[1]
    #expect(kinds.map { $0["triads"] } == [.integer(0), .integer(1), .integer(0), .integer(1)])
    #expect(data.tables(command)[2].count == 2)
    // Three enemies are no strain to Davis.
    #expect(try data.whole(command, "weak-balance") == 0.5)
  }

  @Test("when members joined, at least and at most, and whom of theirs they followed")
  func spread() throws {
    let claims =
      actors("a", "b", "c") + """
        add initiative i
        add initiative j
        claim i.member = a from 2025-01-10
        claim i.member = b from 2025-02
        claim i.member = c from 2025
        claim j.member = a from 2020
        claim j.member = b from 2020
        """
    let data = try data(claims)
    let rows = data.tables("spread i")[0]
    let b = rows.first { $0["member"] == .key(Key(unchecked: "b")) }
    #expect(b?["before"] == .integer(1) && b?["contacts_before"] == .integer(1) && b?["exposure"] == .real(1))
    let months = data.tables("spread i")[1]
    #expect(
      months.count == 12 && months[0]["joined_least"] == .integer(1)
        && months[0]["joined_most"] == .integer(2))
    #expect(months[11]["so_far_least"] == .integer(3))
    #expect(data.tables("spread i by year")[1].map { $0["joined_least"] } == [.integer(3)])
  }

  @Test("what holds on a date in no reading is no step of a chain by any")
  func chainOnDate() throws {
    let claims =
      actors("a", "b", "c") + """
        define property chair of initiative to actor one at a time
        source one "One" { published 2022-04-01; reliability A }
        source two "Two" { published 2022-04-02; reliability D }
        add initiative i
        claim i.member = b from 2019 citing one
        claim i.chair = a from 2020-01-01 still on 2022-01-01 citing one
        claim i.chair = c from 2020-06-01 still on 2022-01-01 citing two
        """
    let data = try data(claims)
    for start in ["a", "c"] {
      let before = data.run("path \(start) to b on 2019-06-01")
      #expect(!before.contains("steps"), "\(before)")
    }
    #expect(data.run("path c to b on 2021-06-01").contains("c, b\tsteps\t\t2\t2"))
  }

  @Test("who is in it on a date had joined by then: no period lies behind it")
  func spreadOnDate() throws {
    let claims =
      actors("a", "b", "c") + """
        add initiative i
        claim i.member = a from 2020-12
        claim i.member = b on 2022-02-18
        claim i.member = c
        """
    let months = try data(claims).tables("spread i on 2021-06-01")[1]
    #expect(months.map { $0["period"] }.last == .text("2021-06"))
    #expect(months.last?["so_far_least"] == .integer(1) && months.last?["so_far_most"] == .integer(3))
  }

  @Test(
    "each number under every reading: a claim against a denial moves degrees exactly, and names the statement"
  )
  func readings() throws {
    let claims =
      actors("a", "b", "c") + """
        add initiative i
        add initiative j
        source one "One" { reliability B }
        source other "Other" { reliability D }
        claim i.member = a
        claim j.member = a, b
        claim i.member = b citing other quote "in"
        deny i.member = b citing one quote "out"
        """
    let data = try data(claims)
    let readings = data.tables("centrality")[2]
    let degree = readings.first { $0["of"] == .text("b") && $0["measure"] == .text("degree") }
    #expect(degree?["chosen"] == .integer(1) && degree?["least"] == .integer(1), "\(readings)")
    #expect(degree?["greatest"] == .integer(2) && degree?["extremes"] == .text("exact"))
    let moved = "\(degree?["moved_most_by"] ?? .empty)"
    #expect(moved.contains("@"))
    // One choice of two: all readings were looked at.
    #expect(readings.allSatisfy { $0["extremes"] == .text("exact") })
    let length = data.tables("path b to i").last?.first
    #expect(
      length?["measure"] == .text("steps") && length?["least"] == .integer(1), "\(data.run("path b to i"))")
    // Without rivals there is one number.
    let settled = try self.data(actors("a") + "add initiative i\nclaim i.member = a\n").run("centrality")
    #expect(settled.contains("no competing claim moves"), "\(settled)")
  }

  @Test(
    "where igraph is missing, blocs says what to install, centrality goes on without, and other plugins run")
  func withoutIGraph() throws {
    let program = try Program()
    defer { program.remove() }
    func run(_ command: String) throws -> (status: Int32, output: String, errors: String) {
      let process = try program.process(["--registry", program.registry, "-c", command])
      process.environment?["ENTENTE_IGRAPH"] = "/nowhere/libigraph.so.3"
      let (output, errors) = (Pipe(), Pipe())
      process.standardOutput = output
      process.standardError = errors
      try process.run()
      let printed = output.fileHandleForReading.readDataToEndOfFile()
      let said = errors.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return (
        process.terminationStatus, String(decoding: printed, as: UTF8.self),
        String(decoding: said, as: UTF8.self)
      )
    }
    let blocs = try run("blocs on 2026-06-30")
    #expect(blocs.status == 5 && blocs.errors.contains("apt-get install libigraph3"), "\(blocs)")
    let centrality = try run("centrality on 2026-06-30 type partnership")
    #expect(
      centrality.status == 0 && centrality.errors.contains("eigenvector is empty"), "\(centrality.errors)")
    // The picture is laid out by the program then.
    let file = program.registry + ".svg"
    let network = try run("network type partnership on 2026-06-30 save \"\(file)\"")
    #expect(network.status == 0 && network.errors.contains("x and y are empty"), "\(network)")
    #expect(try String(contentsOfFile: file, encoding: .utf8).contains(">Pax Silica</text>"))
    #expect(try run("overlap g7, quad").status == 0 && run("path realloys to exim").status == 0)
  }

  @Test("questions 5, 15, 19 and 32: who stands where, and how things are linked")
  func questions() throws {
    let transcript = Transcript(try TestRegistry.seeded(analyses: try TestPlugins.analyses))
    // 5. What is Japan part of: the degree of a member is the number of initiatives that it is in.
    let japan = transcript.run("centrality on 2026-11-22 including groups").split(separator: "\n").first {
      $0.hasPrefix("JPN\tmember\t")
    }
    #expect(japan != nil)
    // 38. Each link with its statement.
    #expect(transcript.run("path realloys to exim").contains("exim-realloys-letter.giver = exim"))
  }

  @Test("where nodes lie is the same each time, near those that they are tied to, and parts are told")
  func layout() throws {
    let data = try data(
      actors("a", "b", "c", "d", "e", "f", "alone") + """
        claim a.knows = b
        claim b.knows = c
        claim c.knows = d
        claim e.knows = f
        """)
    let command = "network property knows mode one-mode nodes actor"
    let tables = data.tables(command)
    #expect(data.tables(command) == tables)
    #expect(tables[0].count == 4)
    let nodes = tables[1]
    #expect(nodes.count == 7)
    func place(_ name: String) throws -> (x: Double, y: Double) {
      let row = try #require(nodes.first { "\($0["node"] ?? .empty)".contains(name) })
      guard case .real(let x)? = row["x"], case .real(let y)? = row["y"] else {
        throw CancellationError()
      }
      return (x, y)
    }
    func distance(_ one: String, _ other: String) throws -> Double {
      let (left, right) = (try place(one), try place(other))
      return hypot(left.x - right.x, left.y - right.y)
    }
    // A chain is drawn as one: what is three steps apart lies further apart than what is one.
    #expect(try distance("a", "d") > 2 * distance("a", "b"))
    #expect(try distance("a", "c") > distance("a", "b"))
    #expect(data.run(command + " as svg").contains(">alone</text>"))
  }
}
