import Foundation
import CommandLanguage
import RegistryCommands
import RegistryModel
import TestRegistry
import Testing

/// A registry that holds one of the data sets of which results are published, and what is asked of it.
struct PublishedData {
  private let transcript: Transcript

  /// - Parameter name: of a script in Fixtures/published, which imports the file beside it; nothing for an empty registry.
  init(_ name: String? = nil, _ script: String = "") throws {
    let session = try TestRegistry.session(analyses: try TestPlugins.analyses)
    let folder = TestRegistry.checkout.appending(path: "Tests/EntenteTests/Fixtures/published")
    if let name { _ = try session.read(folder.appending(path: "\(name).ent").path) }
    transcript = Transcript(session)
    if !script.isEmpty {
      let printed = transcript.run(script)
      #expect(!printed.contains("error"), "\(printed)")
    }
  }

  func run(_ command: String) -> String { transcript.run(command) }

  /// The tables that a command gives: of each its rows, by their columns.
  func tables(_ command: String) -> [[[String: Cell]]] {
    var tables: [ResultTable] = []
    try? transcript.session.execute(SourceText(name: "<test>", text: command), atomicity: .eachCommand) {
      outcome in
      guard case .success(let answer) = outcome else { return }
      for result in answer.results { if case .table(let table) = result.content { tables.append(table) } }
    }
    return tables.map { table in
      table.rows.map { row in Dictionary(uniqueKeysWithValues: zip(table.columns.map(\.name), row)) }
    }
  }

  private func number(_ cell: Cell?) -> Double? {
    switch cell {
    case .real(let number): number
    case .integer(let number): Double(number)
    default: nil
    }
  }

  /// A number of a row of the first table.
  func number(_ command: String, _ node: String, _ column: String) throws -> Double {
    let row = try #require(
      tables(command).first?.first { $0["node"] == .key(Key(unchecked: node)) }, "\(run(command))")
    return try #require(number(row[column]), "\(column) of \(row)")
  }

  /// A number of the table of the whole graph.
  func whole(_ command: String, _ measure: String) throws -> Double {
    let row = try #require(
      tables(command).first { $0.first?["measure"] != nil }?.first { $0["measure"] == .text(measure) })
    return try #require(number(row["value"]))
  }
}

@Suite("Networks: published answers")
struct PublishedNetworkTests {
  /// Half of the last digit that is published, and the rounding of whoever published it.
  private func isNear(_ value: Double, _ published: Double, _ digits: Int = 4) -> Bool {
    abs(value - published) < pow(10, -Double(digits))
  }

  @Test(
    "Davis: degree, betweenness and closeness, normalised as Borgatti & Halgin do (networkx)",
    arguments: [
      ("event:E8", 0.7778, 0.2438, 0.8462), ("woman:Nora Fayette", 0.5714, 0.1135, 0.80),
      ("woman:Evelyn Jefferson", 0.5714, 0.0966, 0.80), ("event:E14", 0.1667, 0.0022, 0.5238),
    ])
  func davis(node: String, degree: Double, betweenness: Double, closeness: Double) throws {
    let data = try PublishedData("davis")
    #expect(isNear(try data.number("centrality", node, "degree_norm"), degree))
    #expect(isNear(try data.number("centrality", node, "betweenness_norm"), betweenness))
    #expect(isNear(try data.number("centrality", node, "closeness"), closeness))
  }

  @Test(
    "Davis: raw betweenness, two-mode constraint and effective size, eigenvector of the projection (netrics)")
  func women() throws {
    let data = try PublishedData("davis")
    let rows = [
      ("woman:Evelyn Jefferson", 42.9802, 0.2782, 0.9009, 2.5),
      ("woman:Laura Mandeville", 22.8541, 0.3071, 0.8497, 1.38),
      ("woman:Theresa Anderson", 38.9796, 0.2965, 1, 2.46),
    ]
    for (node, betweenness, constraint, eigenvector, size) in rows {
      #expect(isNear(try data.number("centrality", node, "betweenness"), betweenness))
      #expect(isNear(try data.number("centrality", node, "eigenvector"), eigenvector))
      #expect(isNear(try data.number("centrality mode members", node, "eigenvector"), eigenvector))
      #expect(isNear(try data.number("brokerage", node, "constraint"), constraint))
      #expect(isNear(try data.number("brokerage", node, "effective_size"), size, 2))
    }
    #expect(isNear(try data.number("centrality", "woman:Brenda Rogers", "betweenness"), 22.0215))
    #expect(isNear(try data.number("centrality", "woman:Charlotte McDowd", "betweenness"), 4.7153))
    #expect(isNear(try data.whole("centrality", "clustering"), 0.4677))
  }

  @Test(
    "Borgatti: Burt's constraint and effective size (networkx, after UCINET)",
    arguments: [("node:G", 0.400, 4.67), ("node:A", 0.595, 2.50), ("node:C", 1, 1)])
  func holes(node: String, constraint: Double, size: Double) throws {
    let data = try PublishedData("borgatti")
    let command = "brokerage property knows mode one-mode"
    #expect(isNear(try data.number(command, node, "constraint"), constraint, 3))
    #expect(isNear(try data.number(command, node, "effective_size"), size, 2))
  }

  @Test("Zachary: the best modularity is .4198, with 4 groups")
  func karate() throws {
    let data = try PublishedData("karate")
    let command = "blocs property meets mode one-mode"
    #expect(isNear(try data.whole(command, "modularity"), 0.4198))
    #expect(try data.whole(command, "blocs") == 4)
    let of = { try data.number(command, $0, "bloc") }
    #expect(try of("m1") != of("m34") && of("m33") == of("m34"))
    // One seed gives one answer.
    #expect(data.run(command) == data.run(command))
  }
}
