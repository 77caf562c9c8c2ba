import Foundation
import PostgreSQLEngine
import RegistryModel
import RegistryStore
import Synchronization
import TestServer
import Testing

@testable import RelationalStore

/// Many sessions that edit at once: a dozen for some seconds, a hundred for a minute in `make stress`.
@Suite("A crowd on a PostgreSQL server", .serialized)
struct ServerCrowdTests {
  private static let isLong = ProcessInfo.processInfo.environment["ENTENTE_STRESS"] != nil

  /// So many edits of each session come before those that are counted.
  private static let toWarm = 2

  /// How many things there are of which all speak.
  private static let shared = 40

  @Test("edits without a loss, and nobody is told of a deadlock")
  func crowd() throws {
    let (sessions, seconds) = Self.isLong ? (100, 60.0) : (12, 3.0)
    let server = try TestServer(settings: ["fsync = on"])
    let location = server.location("r")
    let first = try PostgreSQLRegistry.open(
      location: location, options: ServerOptions(createIfMissing: true)
    ).registry
    try first.write { edits in
      try edits.store.apply(
        .defineType(TypeDefinition(key: Key(unchecked: "entity"), parent: nil, plural: "entities")))
      for number in 0..<Self.shared { try edits.add("entity", "shared-\(number)", "What all speak of") }
    }
    let done = Mutex<[TransactionID: String]>([:])
    let inTime = Mutex(0)
    let problems = Mutex<[String]>([])
    let (group, ready) = (DispatchGroup(), DispatchGroup())
    let beginning = Mutex<ContinuousClock.Instant?>(nil)
    let connecting = ContinuousClock.now
    for session in 0..<sessions {
      let thread = Thread {
        defer { group.leave() }
        var isReady = false
        do {
          let registry = try PostgreSQLRegistry.open(location: location).registry
          var number = 0
          var start: ContinuousClock.Instant?
          while start.map({ ContinuousClock.now - $0 < .seconds(seconds) }) ?? true {
            // Some make something of their own, some say another thing of what all speak of.
            let key = "e-\(session)-\(number)"
            let id = try registry.write { edits in
              if number.isMultiple(of: 2) {
                try edits.add("entity", key)
              } else {
                try edits.claim("shared-\((session + number) % Self.shared)", "name", .text(key))
              }
            }
            guard let id else { continue }
            done.withLock { $0[id] = key }
            number += 1
            guard number == Self.toWarm else { continue }
            // What a session asks it prepares once: all begin together when all have.
            ready.leave()
            isReady = true
            ready.wait()
            start = beginning.withLock { first in
              let now = first ?? ContinuousClock.now
              first = now
              return now
            }
          }
          inTime.withLock { $0 += number - Self.toWarm }
        } catch {
          problems.withLock { $0.append("\(error)") }
          if !isReady { ready.leave() }
        }
      }
      group.enter()
      ready.enter()
      thread.stackSize = 1 << 23
      thread.start()
    }
    group.wait()
    let start = beginning.withLock { $0 } ?? connecting
    let spent = ContinuousClock.now - start
    #expect(problems.withLock { $0 } == [])
    let told = done.withLock { $0 }
    #expect(told.count > sessions)
    // Each got a number of its own, and all are there.
    let there = try first.transactions(limit: 1_000_000).map(\.id.number).sorted()
    #expect(there == Array(1...Int64(told.count + 1)))
    let found = try first.sql(
      "SELECT key FROM entities UNION SELECT name FROM names", limit: nil, .all)
    let names = Set(found.rows.map { row in if case .text(let text) = row[0] { text } else { "" } })
    #expect(Set(told.values).subtracting(names) == [])
    #expect(try first.check().compactMap(\.problem) == [])
    if Self.isLong {
      let count = inTime.withLock { $0 }
      let rate = Double(count) / Double(spent.components.seconds)
      let words = """
        crowd: \(count) edits of \(sessions) sessions, \(Int(rate)) a second, after \((start - connecting).components.seconds) s in \
        which each connected and made \(Self.toWarm)
        """
      FileHandle.standardError.write(Data("stress: \(words)\n".utf8))
    }
  }
}
