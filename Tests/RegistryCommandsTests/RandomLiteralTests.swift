import Foundation
import RegistryCommands
import RegistryModel
import SeededNumbers
import TestRegistry
import Testing

/// What is appended to a literal is refused, or read and written back; and a claim, a field of a file, a parameter and
/// `where` agree on it. The right answer comes of an oracle of its own, which shares no code with the readers.
@Suite("Random literals")
struct RandomLiteralTests {
  private static let isStress = ProcessInfo.processInfo.environment["ENTENTE_STRESS"] != nil
  private static let perKind = isStress ? 3_000 : 350

  @Test(
    "Every literal is read whole or refused, the same wherever it stands", arguments: LiteralKind.allCases)
  func agreement(_ kind: LiteralKind) throws {
    var random = Seeded(seed: UInt64(kind.rawValue.utf8.reduce(7) { $0 * 31 + Int($1) }))
    var drawn: Set<String> = []
    while drawn.count < Self.perKind { drawn.insert(RandomLiteral.text(kind, &random)) }
    let texts = drawn.sorted()

    let folder = try ScratchFolder()
    let session = try TestRegistry.example()
    session.setFolder(folder.url)
    let transcript = Transcript(session)
    _ = transcript.run(
      LiteralScene.definitions + "\nadd initiative here \"Here\"\nadd initiative file \"File\"")

    let claimed = outcomes(texts.map { "claim here.\(kind.rawValue) = \($0)" }, session)
    let quoted = outcomes(texts.map { "claim here.\(kind.rawValue) = \"\($0)\"" }, session)
    let found = outcomes(
      texts.map { "list initiatives where \(kind.rawValue) = \($0) and key = here" }, session)
    try folder.write(
      "lit\n" + texts.map { "\"\($0)\"\n" }.joined(), to: "cells.csv")
    _ = transcript.run(
      "import \"cells.csv\" citing gazette keep going { claim file.\(kind.rawValue) = $lit }")
    let cells = self.cells(transcript, kind)

    var accepted = 0
    for (place, text) in texts.enumerated() {
      let right = LiteralOracle.canonical(text, kind)
      let said = claimed[place].flatMap { LiteralOracle.value(in: $0, kind) }
      #expect(said == right, "claim \(kind.rawValue) = \(text)")
      // A quoted text and a field have percent signs left out, and no words of the language's own.
      let field = LiteralOracle.field(text, kind)
      #expect(
        quoted[place].flatMap { LiteralOracle.value(in: $0, kind) } == field,
        "quoted \(kind.rawValue) = \(text)")
      #expect(cells[place + 2] == LiteralOracle.cell(text, kind), "field \(kind.rawValue) = \(text)")
      // Where takes what a claim takes, and finds it.
      let isAskable = right != nil && !(kind == .when && text.hasPrefix("forecast "))
      #expect(
        (found[place] != nil) == isAskable,
        "where \(kind.rawValue) = \(text): \(found[place] ?? "refused")")
      if let right, isAskable {
        #expect(found[place]?.contains("here") == true, "where \(kind.rawValue) = \(text) finds \(right)")
        accepted += 1
      }
    }
    // What is written back means the same again.
    let values = Set(claimed.compactMap { $0.flatMap { LiteralOracle.value(in: $0, kind) } })
    for again in outcomes(values.map { "claim here.\(kind.rawValue) = \($0)" }, session) {
      #expect(again?.contains("(already so)") == true, "\(again ?? "refused")")
    }
    #expect(accepted > texts.count / 20 && accepted < texts.count)
    if Self.isStress {
      print("stress: \(texts.count) literals of the kind \(kind.rawValue), \(accepted) of them sound")
    }
  }

  /// What each command prints, nothing where it is refused.
  private func outcomes(_ commands: [String], _ session: Session) -> [String?] {
    commands.map { command in
      var printed = ""
      do {
        try session.execute(SourceText(name: "test", text: command), atomicity: .eachCommand) { outcome in
          guard case .success(let answer) = outcome else { return }
          printed += answer.messages.joined(separator: "\n")
          for case .table(let table) in answer.results.map(\.content) { printed += "\(table.rows)" }
        }
        return printed
      } catch {
        return nil
      }
    }
  }

  /// The value of each line of the file that was recorded.
  private func cells(_ transcript: Transcript, _ kind: LiteralKind) -> [Int: String] {
    let text = transcript.run(
      """
      sql { SELECT c.locator, s.value FROM citations c JOIN statements s ON s.id = c.statement
        WHERE s.subject = 'file' AND s.property = '\(kind.rawValue)' }
      """)
    var cells: [Int: String] = [:]
    for line in text.split(separator: "\n").dropFirst() where line.hasPrefix("cells.csv:") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      if let number = Int(fields[0].split(separator: ":")[1]) {
        cells[number] = FormulaGuard.bare(String(fields[1]))
      }
    }
    return cells
  }
}

/// Properties of ``LiteralScene``, by their names.
enum LiteralKind: String, CaseIterable, CustomTestStringConvertible {
  case money, plain, depth, weight, span, flow, part, when
  var testDescription: String { rawValue }

  var unit: String {
    switch self {
    case .depth: "m"
    case .weight: "t"
    case .span: "weeks"
    case .flow: "t/yr"
    default: ""
    }
  }
}

/// Literals, sound ones and such with something on them.
enum RandomLiteral {
  static func text(_ kind: LiteralKind, _ random: inout Seeded) -> String {
    var text = ""
    if kind == .when, random.below(10) < 8 {
      text = date(&random)
    } else {
      if random.below(5) == 0 {
        text += random.one(of: ["about ", "nearly ", "at least ", "more than ", "up to ", "forecast "])
      }
      if kind == .money ? random.below(10) < 8 : random.below(25) == 0 {
        text += random.one(of: ["USD ", "EUR ", "DEM ", "JPY ", "ZZZ ", "usd "])
      }
      text += number(&random)
      if random.below(6) == 0 { text += ".." + number(&random) }
      if random.below(2) == 0 { text += suffix(kind, &random) }
      if random.below(8) == 0 { text += "/" + random.one(of: ["kg", "t", "yr", "unknown", "2", ""]) }
      if random.below(3) == 0 {
        text +=
          " "
          + random.one(of: [
            "million", "bn", "m", "M", "t", "weeks", "EUR", "%", "m EUR", "foo", "t/yr", "lakh",
          ])
      }
      if random.below(12) == 0 { text += random.one(of: [" each", " combined", " unclear", " forecast"]) }
    }
    // Anything at all, at the end.
    if random.below(4) == 0 {
      for _ in 0...random.below(2) { text += random.one(of: junk) }
    }
    return text
  }

  private static let junk =
    "abckmMBKtTxyzZ0179%%/.+-_:~?~".map(String.init) + [
      "BC", "bn", "MM", " x", " m", " 7", "..", "e6", "s", "é", "²",
    ]

  private static func suffix(_ kind: LiteralKind, _ random: inout Seeded) -> String {
    let multipliers = ["k", "m", "bn", "tn", "K", "M", "B", "BN", "TN", "mn", "mln", "million", "Billion"]
    let others = ["%", "t", "m", "MM", "b", "kg", "weeks", "crore", "USD", "bnx", "mN"]
    if !kind.unit.isEmpty, random.below(3) == 0 { return kind.unit }
    if kind == .part, random.below(3) > 0 { return "%" }
    return random.below(3) > 0 ? random.one(of: multipliers) : random.one(of: others)
  }

  private static func number(_ random: inout Seeded) -> String {
    var text = random.one(of: ["", "", "", "", "-", "+"])
    text += String(random.below(random.one(of: [10, 100, 3000, 1_000_000])))
    if random.below(8) == 0 { text += "_000" }
    if random.below(4) == 0 { text += ".\(random.below(100))" }
    return text
  }

  private static func date(_ random: inout Seeded) -> String {
    func point(_ random: inout Seeded) -> String {
      var text = random.one(of: ["19", "20"]) + "\(random.below(10))" + random.one(of: ["0", "4", "9", "X"])
      switch random.below(5) {
      case 0:
        text +=
          "-" + random.one(of: ["02", "12", "21", "13", "00", "Q1", "Q4", "H2", "Q5", "33", "41", "XX", "2"])
      case 1:
        text += "-" + random.one(of: ["02", "11"]) + "-" + random.one(of: ["01", "28", "30", "31", "3"])
      default: break
      }
      return text + random.one(of: ["", "", "", "~", "?", "%"])
    }
    var text = random.below(12) == 0 ? random.one(of: ["USD ", "mid-", "early ", "about ", "-"]) : ""
    text += point(&random)
    switch random.below(10) {
    case 0: text += "/" + point(&random)
    case 1: text += random.one(of: ["/..", "/", "/unknown", "s", "BC", " AD", "m", "k", "..", "/open", "bn"])
    case 2: text += ".." + point(&random)
    default: break
    }
    return text
  }
}
