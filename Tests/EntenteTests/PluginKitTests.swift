import Foundation
import PluginHost
import PseudoTerminal
import TestRegistry
import Testing

/// What the SDK for Swift makes of relations, in a worker and on a small registry.
@Suite("PluginKit", .serialized)
struct PluginKitTests {
  private let folder: URL
  private let transcript: Transcript

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "entente-kit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let built = URL(filePath: try PseudoTerminal.executable(named: "entente")).deletingLastPathComponent()
    // The target is compiled with the tests; beside the program its library would be one of the program's own plugins.
    let objects = try ["GraphProbe", "PluginKit", "CEntentePlugin"].flatMap { target in
      let folder = built.appending(path: "\(target).build")
      return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".o") }
        .map { folder.appending(path: $0).path }
    }
    let library = folder.appending(path: "libGraphProbe.so").path
    let linker = Process()
    linker.executableURL = URL(filePath: "/usr/bin/env")
    linker.arguments = ["swiftc", "-emit-library", "-o", library] + objects
    try linker.run()
    linker.waitUntilExit()
    try #require(linker.terminationStatus == 0)
    try PluginDescription.manifest(of: library).write(
      to: folder.appending(path: "GraphProbe.entente-plugin.json"), atomically: true, encoding: .utf8)
    let analyses = PluginAnalyses(PluginSettings(folders: [PluginFolder(folder.path, .given)]))
    transcript = Transcript(try TestRegistry.session(analyses: analyses))
    let printed = transcript.run(
      """
      define type actor
      define type initiative
      define property involves of initiative to actor many
      define property member under involves of initiative to actor many
      define property founder under member of initiative to actor many
      source paper "A paper" { published 2018-01-01 }
      source later "A later paper" { published 2025-01-01 }
      citing paper {
        add actor dee "Dee"
        add actor cyd "Cyd"
        add actor bob "Bob"
        add actor ann "Ann"
        add actor eve "Eve"
        add initiative round "Round"
        add initiative east-end "East end"
        add initiative apart "Apart"
        add initiative lone "Lone"
        claim round.member = ann
        claim round.member = bob from 2010 until 2015
        claim round.founder = ann
        claim east-end.member = cyd from 2020
        claim east-end.member = dee
      }
      citing later {
        claim east-end.member = bob
        claim apart.member = eve from 2020
      }
      """)
    try #require(!printed.contains("error"), "\(printed)")
  }

  private func run(_ command: String) -> (rows: [[String]], notes: [String]) {
    let lines = transcript.run(command).split(separator: "\n").map(String.init)
    let rows = lines.filter { !$0.hasPrefix("-- ") }.dropFirst()
    return (
      rows.map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) },
      lines.filter { $0.hasPrefix("-- ") }.map { String($0.dropFirst(3)) }
    )
  }

  @Test("a graph of a relation: neighbours by their names, weights, steps, parts, and who shares what")
  func graph() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (rows, notes) = run("probe-graph")
    // Ann is in it by two statements; what nobody is in is no node.
    #expect(
      rows == [
        ["ann", "round 2", "1", "0"], ["apart", "eve 1", "1", ""], ["bob", "east-end 1, round 1", "2", "2"],
        ["cyd", "east-end 1", "1", "4"], ["dee", "east-end 1", "1", "4"],
        ["east-end", "bob 1, cyd 1, dee 1", "3", "3"], ["eve", "apart 1", "1", ""],
        ["round", "ann 2, bob 1", "2", "1"],
      ])
    #expect(
      notes.starts(with: [
        "edges 6", "parts ann+bob+cyd+dee+east-end+round | apart+eve",
        "shared ann:bob*1 bob:ann*1,cyd*1,dee*1 cyd:bob*1,dee*1 dee:bob*1,cyd*1 eve:", "nobody nowhere",
      ]), "\(notes)")
  }

  @Test("a graph whose edges lead one way has no neighbours behind them, and the same parts")
  func directed() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (rows, notes) = run("probe-graph directed yes")
    #expect(
      rows.map { [$0[0], $0[1], $0[3]] } == [
        ["ann", "round 2", "0"], ["apart", "", ""], ["bob", "east-end 1, round 1", ""],
        ["cyd", "east-end 1", ""], ["dee", "east-end 1", ""], ["east-end", "", ""], ["eve", "apart 1", ""],
        ["round", "", "1"],
      ])
    #expect(notes.contains("edges 6") && notes.contains("parts ann+bob+cyd+dee+east-end+round | apart+eve"))
  }

  @Test("a graph of nothing is empty")
  func empty() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (rows, notes) = run("probe-graph on 1900 published by 1900")
    #expect(rows == [])
    #expect(notes.starts(with: ["edges 0", "parts ", "shared ", "nobody nowhere"]), "\(notes)")
  }

  @Test("relations are read at times of their own, one after the other, and the call's own stay beside them")
  func ownTimes() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let all = "ann round, bob east-end, bob round, cyd east-end, dee east-end, eve apart"
    let point = transcript.run("list transactions sort id desc limit 1").split(separator: "\n").dropFirst()
      .first
    let newest = try #require(point?.split(separator: "\t").first.map(String.init))
    let claimed = transcript.run("claim lone.member = eve citing later")
    try #require(!claimed.contains("error"), "\(claimed)")
    let more = "ann round, bob east-end, bob round, cyd east-end, dee east-end, eve apart, eve lone"
    let rows = Dictionary(
      uniqueKeysWithValues: run("probe-own-times point \"\(newest)\"").rows.map { ($0[0], $0[1]) })
    #expect(
      rows["call"] == more && rows["ever"] == more && rows["all sources"] == more && rows["now"] == more)
    #expect(rows["on"] == "ann round, bob east-end, bob round, dee east-end, eve lone")
    #expect(rows["recorded"] == all)
    #expect(rows["published"] == "ann round, bob round, cyd east-end, dee east-end")
    #expect(rows["on and published"] == "ann round, cyd east-end, dee east-end")
    let narrowed = Dictionary(
      uniqueKeysWithValues: run("probe-own-times on 2012 published by 2019").rows.map { ($0[0], $0[1]) })
    #expect(narrowed["call"] == "ann round, bob round, dee east-end")
    #expect(narrowed["ever"] == rows["published"])
    #expect(narrowed["all sources"] == rows["on"])
  }
}
