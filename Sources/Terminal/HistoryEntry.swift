internal import Foundation

/// One statement of the past: a line of the history file, as a JSON object. Members that are not known here are
/// passed over, so that later versions can add some.
public struct HistoryEntry: Hashable, Sendable, Codable {
  /// As it was typed, of one line or several.
  public var statement: String
  /// Names the session in which it was typed.
  public var session: String
  /// When, in UTC: `2026-03-01T09:30:00Z`.
  public var time: String
  /// The location of the registry at which it was aimed.
  public var registry: String
  /// The exit status that it led to, where that was known as it was written.
  public var status: Int32?

  /// A statement of the past.
  public init(statement: String, session: String, time: String, registry: String, status: Int32? = nil) {
    self.statement = statement
    self.session = session
    self.time = time
    self.registry = registry
    self.status = status
  }

  /// Reads a line; nil when it is damaged.
  init?(line: Slice<UnsafeBufferPointer<UInt8>>) {
    guard
      let entry = HistoryLine.read(line) ?? (try? JSONDecoder().decode(HistoryEntry.self, from: Data(line))),
      !entry.statement.isEmpty
    else { return nil }
    self = entry
  }

  /// The line for the file, with its newline; JSON escapes the newlines within.
  func line() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try Array(encoder.encode(self)) + [UInt8(ascii: "\n")]
  }
}
