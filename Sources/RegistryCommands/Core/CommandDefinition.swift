public import CommandLanguage

/// A command, declared once: dispatch, help, completion, the reference and the tests all read this.
public struct CommandDefinition: Sendable {
  /// What a command does to the registry.
  public enum Effect: Hashable, Sendable {
    case reads
    /// Needs a transaction; one is opened for it where none is open.
    case writes
    /// Opens and ends transactions itself.
    case transacts
  }
  public enum Group: String, Hashable, Sendable, CaseIterable {
    case reading = "Reading", writing = "Writing", schema = "The schema", judging = "Judging"
    case data = "Data in and out", transactions = "Transactions", analysing = "Analysing"
    case scripting = "Scripts", session = "The session"

    /// Whether its commands tell of what the registry has.
    var reads: Bool { [.reading, .judging, .data].contains(self) }
  }

  public var signature: CommandSignature
  public var group: Group
  public var effect: Effect
  /// What it does, in a line.
  public var summary: String
  /// More, in a few sentences.
  public var details: String
  public var examples: [Example]
  /// Carries it out; ``Session/perform(_:_:)`` sees to it that all that was given was read.
  let run: @Sendable (Invocation, Session) throws(Failure) -> Answer

  /// Carries it out where it carries out others; nil for all other commands.
  var flow: Flow?

  public var name: String { signature.name }

  /// Whether the reason that it is given stands with what it records, and not with the transaction.
  var keepsReason = false

  /// The same, with its reason kept where it is given.
  func keepingReason() -> CommandDefinition {
    var copy = self
    copy.keepsReason = true
    return copy
  }

  public init(
    _ signature: CommandSignature, group: Group, effect: Effect, summary: String, details: String = "",
    examples: [Example], run: @escaping @Sendable (Invocation, Session) throws(Failure) -> Answer
  ) {
    self.signature = signature
    self.group = group
    self.effect = effect
    self.summary = summary
    self.details = details
    self.examples = examples
    self.run = run
  }
}

/// A command line with what it prints as tab-separated values (its results, then its messages behind `-- `) on
/// the example registry; a test runs every one.
public struct Example: Hashable, Sendable {
  public var command: String
  public var result: String
  /// The same on the registry that the program is shipped with, where ``command`` speaks of what that has not.
  public var onSeed: String?
  /// What must be carried out before, on that registry.
  public var after: [String]
  public init(
    _ command: String, gives result: String = "", onSeed: String? = nil, after: [String] = []
  ) {
    self.command = command
    self.result = result
    self.onSeed = onSeed
    self.after = after
  }

  /// The command as help shows it: it can be carried out where the program is shipped to.
  public var shown: String { onSeed ?? command }

  /// Why it is refused, where it is there to show that.
  public var refusal: String? {
    guard let first = result.split(separator: "\n").first, let mark = first.firstRange(of: ": error: ") else {
      return nil
    }
    return String(first[mark.upperBound...])
  }
}
