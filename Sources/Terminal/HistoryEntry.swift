internal import FoundationEssentials

/// One statement of the past: a line of the history file, as a JSON object, and what the line of its outcome adds.
/// Members that are not known here are passed over, so that later versions can add some.
public struct HistoryEntry: Hashable, Sendable, Codable {
  /// As it was typed, of one line or several.
  public var statement: String
  /// Names the session in which it was typed.
  public var session: String
  /// When, in UTC: `2026-03-01T09:30:00Z`.
  public var time: String
  /// The location of the registry at which it was aimed.
  public var registry: String
  /// The exit status that it led to; nothing where its session ended before.
  public var status: Int?
  /// How long it took.
  public var milliseconds: Int?

  /// A statement of the past.
  public init(
    statement: String, session: String, time: String, registry: String, status: Int? = nil,
    milliseconds: Int? = nil
  ) {
    self.statement = statement
    self.session = session
    self.time = time
    self.registry = registry
    self.status = status
    self.milliseconds = milliseconds
  }

  /// Whether these words are in the statement, whatever the case of the letters.
  public func mentions(_ words: String) -> Bool {
    !words.isEmpty && statement.lowercased().contains(words.lowercased())
  }
}

/// How a session's last statement ended: a line of its own, since the statement's is written before it is carried
/// out, so that what ends the process does not lose it.
struct HistoryOutcome: Hashable, Codable {
  var session: String
  var status: Int
  var milliseconds: Int
}

/// What a line of the history file says.
enum HistoryRecord {
  case statement(HistoryEntry)
  case outcome(HistoryOutcome)

  /// Reads a line; nil when it is damaged.
  init?(line: Slice<UnsafeBufferPointer<UInt8>>) {
    if let record = HistoryLine.read(line) {
      self = record
      return
    }
    let data = Data(line)
    if let entry = try? JSONDecoder().decode(HistoryEntry.self, from: data) {
      guard !entry.statement.isEmpty else { return nil }
      self = .statement(entry)
    } else if let outcome = try? JSONDecoder().decode(HistoryOutcome.self, from: data) {
      self = .outcome(outcome)
    } else {
      return nil
    }
  }

  /// The line for the file, with its newline; JSON escapes the newlines within.
  static func line(_ record: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try Array(encoder.encode(record)) + [UInt8(ascii: "\n")]
  }
}
