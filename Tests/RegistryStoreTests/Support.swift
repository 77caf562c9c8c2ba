import Foundation
import RegistryModel
import RegistryStore

/// Edits in few words.
struct Edits {
  let store: any RegistryStore

  func add(_ type: String, _ key: String, _ name: String? = nil) throws {
    try store.apply(.createEntity(Key(unchecked: key)))
    try claim(key, "type", .text(type))
    if let name { try claim(key, "name", .text(name)) }
  }

  func claim(
    _ subject: String, _ property: String, _ value: Value, _ validity: Validity = Validity(),
    citing source: String? = nil, qualifiers: [Qualifier] = []
  ) throws {
    let statement = Statement(
      subject: Key(unchecked: subject), property: Key(unchecked: property), value: value,
      qualifiers: qualifiers,
      validity: validity)
    try store.apply(
      .claim(statement, source.map { Citation(source: Key(unchecked: $0), quote: "said by \($0)") }))
  }
}

extension RegistryStore {
  /// Runs edits in a transaction of their own.
  @discardableResult
  func write(_ body: (Edits) throws -> Void) throws -> TransactionID? {
    try begin(TransactionInfo(author: "tester", reason: nil, tool: "tests", at: TestClock.reading))
    do { try body(Edits(store: self)) } catch {
      try rollback()
      throw error
    }
    return try commit()
  }
}

/// The time at which edits are made.
enum TestClock {
  @TaskLocal static var reading = "2026-01-01T00:00:00.000Z"

  /// What a server's editor cannot but say.
  static func now<Result>(_ body: () throws -> Result) rethrows -> Result {
    try $reading.withValue(
      Date.now.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true)) + "Z"
    ) { try body() }
  }
}
