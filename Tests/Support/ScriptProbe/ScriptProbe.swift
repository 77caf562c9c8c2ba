import CommandLanguage
import FoundationEssentials
import RegistryCommands
import RegistryModel
import RegistryStore
import RelationalStore
import SQLiteEngine

/// What reads scripts, given any bytes: for libFuzzer, and for the tests over the kept corpus. It may refuse, and no more.
public enum ScriptProbe: String, CaseIterable, Sendable {
  /// Reading, completing and formatting a text.
  case parser
  /// Carrying it out, on a small registry of which nothing changes.
  case runner

  public func read(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    switch self {
    case .parser: Self.parse(text)
    case .runner: Self.run(text)
    }
  }

  private static let signatures = CommandTable().signatures

  private static func parse(_ text: String) {
    let count = text.utf8.count
    let tree = SourceTree(parsing: text, signatures: signatures, parameters: ["since"])
    for span in tree.diagnostics.compactMap(\.span) + tree.commands.map(\.span) {
      precondition(
        0 <= span.start && span.start <= span.end && span.end <= count, "a place outside of the text")
    }
    for diagnostic in tree.diagnostics.prefix(3) { _ = diagnostic.rendered(in: text, file: "x") }
    _ = isComplete(text)
    _ = CompletionPoint(text: text, cursor: count / 2, signatures: signatures)
    _ = CompletionPoint(text: text, cursor: count, signatures: signatures)
    guard let formatted = try? ScriptFormatter.formatted(text, signatures: signatures) else { return }
    let again = try? ScriptFormatter.formatted(formatted, signatures: signatures)
    precondition(again == formatted, "formatted twice it is another text")
  }

  private static func run(_ text: String) {
    guard let session = try? session() else { preconditionFailure("there is no registry") }
    session.beginDryRun()
    let start = Date()
    session.store.isInterrupted = { Date().timeIntervalSince(start) > 5 }
    try? session.execute(SourceText(name: "x", text: text), atomicity: .keepGoing) { _ in }
    session.stay()
    session.endDryRun()
    guard let check = try? session.store.check() else { return }
    precondition(!check.contains { $0.isDamage }, "the registry is damaged")
  }

  /// A registry with something of everything.
  private static func session() throws -> Session {
    let registry = try SQLiteRegistry.open(
      location: ":memory:", options: SQLiteRegistry.Options(createIfMissing: true)
    ).registry
    let session = Session(
      store: registry,
      settings: Session.Settings(
        today: try PartialDate(edtf: "2026-03-01").earliest, author: "probe", tool: "probe",
        parameters: ["since": "2026-01"], safe: true))
    try session.execute(SourceText(name: "fixture", text: fixture), atomicity: .whole) { _ in }
    return session
  }

  private static let fixture = """
    define type initiative plural "initiatives" columns name, started
    define type state plural "states" columns name
    define property member of initiative to state many
    define property started of initiative to date one
    define property amount of initiative to money one
    define property share of state to percent one per year
    define property year of statement to date
    source leaflet "A leaflet" { published 2026-01-12 }
    add state USA "United States" citing leaflet
    add state JPN "Japan" citing leaflet
    add initiative forge "FORGE" citing leaflet {
      member = USA, JPN from 2026-02-04 quote "with the United States and Japan"
      started = 2026-02-04
      amount = USD 8.5bn
    }
    claim USA.share = 40% year 2024 citing leaflet
    """
}
