import Foundation

/// Two desks that went on by themselves with copies of one registry, and are one again.
struct UnitingBenchmarks {
  let program: String
  let folder: URL
  let results: Results
  let environment: [String: String]

  private static let things = 20_000
  private static let edits = 10_000

  func run() throws {
    let (one, other) = (path("desk-1.entente"), path("desk-2.entente"))
    try edit("both", on: one, made: true, things())
    try FileManager.default.copyItem(atPath: one, toPath: other)
    for (desk, registry) in [(1, one), (2, other)] { try edit("desk-\(desk)", on: registry, edits(of: desk)) }
    let before = path("desk-0.entente")
    try FileManager.default.copyItem(atPath: one, toPath: before)
    let united = try runToEnd(
      program, ["--registry", one, "--no-plugins", "-c", "unite \"\(other)\""], environment: environment)
    let again = try runToEnd(
      program, ["--registry", other, "--no-plugins", "-c", "unite \"\(before)\""], environment: environment)
    results.add("uniting two desks, 10,000 edits each on 100,000 statements", united.seconds, nil, unit: "s")
    results.add("the same from the other desk", again.seconds, nil, unit: "s")
    results.add("uniting, peak memory", united.megabytes, nil, unit: "MB")
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func edit(
    _ name: String, on registry: String, made: Bool = false, _ commands: [String]
  ) throws {
    let script = folder.appending(path: "\(name).ent")
    try (commands.joined(separator: "\n") + "\n").write(to: script, atomically: true, encoding: .utf8)
    _ = try runToEnd(
      program,
      ["--registry", registry, "--no-plugins", "--no-transaction"] + (made ? ["--new"] : []) + [script.path],
      environment: environment)
  }

  /// A hundred thousand statements with a citation each, in one transaction.
  private func things() -> [String] {
    var lines = ["begin", "source big \"A big table\" { published 2024-05-01 }"]
    for number in 0..<Self.things {
      lines.append("add agreement d\(number)-deal \"Deal \(number)\" citing big")
      lines.append("claim d\(number)-deal.started = \(1990 + number % 30) citing big")
      lines.append("claim d\(number)-deal.signatory = JPN from 2001 citing big")
      lines.append("claim d\(number)-deal.status = active citing big quote \"is active \(number)\"")
    }
    return lines + ["commit"]
  }

  /// A day's edits of a desk: ten in each of a thousand transactions. Both speak of the same things, half of what they say is
  /// the same, and one in ten takes something back.
  private func edits(of desk: Int) -> [String] {
    (0..<Self.edits / 10).flatMap { transaction -> [String] in
      let lines = (0..<10).map { place -> String in
        let number = transaction * 10 + place
        let deal = "d\(number)-deal"
        return switch place % 10 {
        case 0..<5: "claim \(deal).signatory = KOR from \(2002 + place) citing big at \"page \(number)\""
        case 9: "retract \(deal).status because \"desk \(desk) knows better\""
        default: "claim \(deal).signatory = \(desk == 1 ? "AUS" : "CAN") from 2010 citing big"
        }
      }
      return ["begin"] + lines + ["commit"]
    }
  }
}
