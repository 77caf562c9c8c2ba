import Foundation
import PostgreSQLEngine
import RegistryModel
import RegistryStore
import Synchronization
import TestServer
import Testing

@testable import RelationalStore

/// A server and its standby: read, waited for, and put in its place.
@Suite("A standby of a PostgreSQL server", .serialized)
struct ServerStandbyTests {
  private static let isLong = ProcessInfo.processInfo.environment["ENTENTE_STRESS"] != nil
  private let primary: TestServer
  private let standby: TestServer

  init() throws {
    primary = try TestServer(settings: ["fsync = on", "wal_level = replica"])
    let registry = try PostgreSQLRegistry.open(
      location: primary.location("r"), options: ServerOptions(createIfMissing: true)
    ).registry
    try registry.write { edits in
      try edits.store.apply(
        .defineType(TypeDefinition(key: Key(unchecked: "entity"), parent: nil, plural: "entities")))
      try edits.add("entity", "first", "The first")
    }
    standby = try TestServer(standbyOf: primary, named: "second")
  }

  private func names(_ store: any RegistryStore) throws -> [String] {
    try store.entities(EntityQuery(types: nil), .all).rows.map(\.entity.key.text).sorted()
  }

  /// Waits for something, for half a minute at most.
  private func wait(_ isSo: () throws -> Bool) throws {
    for _ in 0..<300 {
      if try isSo() { return }
      usleep(100_000)
    }
    Issue.record("it did not come")
  }

  private func beSynchronous() throws {
    try primary.sql("ALTER SYSTEM SET synchronous_standby_names = 'second'")
    try primary.sql("SELECT pg_reload_conf()")
    try wait { try primary.sql("SELECT sync_state FROM pg_stat_replication") == "sync" }
  }

  @Test("is read, tells how far behind it is, keeps nothing and says so")
  func reading() throws {
    func open() throws -> PostgreSQLRegistry.Opened {
      try PostgreSQLRegistry.open(location: standby.location("r"), options: ServerOptions(readOnly: true))
    }
    let opened = try open()
    let registry = opened.registry
    try wait { try open().standby?.words == "a standby, which is read: it has all that was sent to it" }
    #expect(try names(registry) == ["first"])
    #expect(try registry.search("first", limit: 5, .all).count == 1)
    #expect(
      try registry.entities(EntityQuery(types: nil), Times(on: try PartialDate(edtf: "2020"))).rows.count == 1
    )
    #expect(try registry.sql("SELECT key FROM entities", limit: nil, .all).rows == [[.text("first")]])
    let past = #expect(throws: StoreProblem.self) {
      try registry.entities(EntityQuery(types: nil), Times(published: try PartialDate(edtf: "2020")))
    }
    #expect(past?.code == "on-standby")
    let problem = #expect(throws: StoreProblem.self) { try registry.write { try $0.add("entity", "second") } }
    #expect(problem?.code == "read-only")
    #expect(try PostgreSQLRegistry.open(location: primary.location("r")).standby == nil)
    // What the primary commits is there soon; what it does not send is told.
    let writer = try PostgreSQLRegistry.open(location: primary.location("r")).registry
    try writer.write { try $0.add("entity", "second") }
    try wait { try names(registry) == ["first", "second"] }
    try standby.sql("SELECT pg_wal_replay_pause()")
    try writer.write { try $0.add("entity", "third") }
    usleep(1_500_000)
    let behind = try #require(try open().standby)
    #expect(behind.secondsBehind ?? 0 > 1)
    #expect(behind.words.contains(" s behind"))
    #expect(try names(registry) == ["first", "second"])
    try standby.sql("SELECT pg_wal_replay_resume()")
    try wait { try names(registry) == ["first", "second", "third"] }
    try primary.stop()
    try wait { try open().standby?.isConnected == false }
    #expect(try open().standby?.words.contains("its primary sends nothing to it now") == true)
  }

  @Test("that is the only one, and is down, is said to be waited for")
  func down() throws {
    try beSynchronous()
    let registry = try PostgreSQLRegistry.open(location: primary.location("r")).registry
    try registry.write { try $0.add("entity", "second") }
    try standby.stop(mode: "fast")
    var told: [StoreProblem] = []
    registry.hooks.onWait = { told.append($0) }
    let start = ContinuousClock.now
    registry.hooks.isInterrupted = { !told.isEmpty && ContinuousClock.now - start > .seconds(3) }
    // Who wants to wait no more has it recorded there.
    try registry.write { try $0.add("entity", "third") }
    registry.hooks.isInterrupted = nil
    #expect(told.map(\.code) == ["waiting-for-standby"])
    #expect(told.first?.message.contains("its standby second") == true)
    #expect(try names(registry) == ["first", "second", "third"])
    #expect(ContinuousClock.now - start > .seconds(2))
  }

  @Test("that takes the place of a primary that died has all that was told as recorded, and sessions go on")
  func failover() throws {
    try beSynchronous()
    func host(_ server: TestServer) -> String { server.folder.path.replacing("/", with: "%2F") }
    let location =
      "postgresql://postgres@\(host(primary)),\(host(standby))/postgres?target_session_attrs=read-write&schema=r"
    let sessions = Self.isLong ? 20 : 4
    let isOver = Mutex(false)
    let done = Mutex<Set<String>>([])
    let uncertain = Mutex<[String]>([])
    let group = DispatchGroup()
    for session in 0..<sessions {
      let thread = Thread {
        defer { group.leave() }
        guard let registry = try? PostgreSQLRegistry.open(location: location).registry else { return }
        for number in 0... {
          if isOver.withLock({ $0 }) { return }
          let key = "e-\(session)-\(number)"
          do {
            try registry.write { try $0.add("entity", key) }
            done.withLock { _ = $0.insert(key) }
          } catch {
            let problem = error as? StoreProblem
            if problem?.code == "commit-uncertain" { uncertain.withLock { $0.append(key) } }
            usleep(100_000)
          }
        }
      }
      group.enter()
      thread.stackSize = 1 << 23
      thread.start()
    }
    usleep(Self.isLong ? 10_000_000 : 2_000_000)
    try primary.stop()
    try standby.promote()
    let before = done.withLock { $0.count }
    try wait { done.withLock { $0.count } > before + sessions }
    usleep(Self.isLong ? 5_000_000 : 500_000)
    isOver.withLock { $0 = true }
    group.wait()
    let registry = try PostgreSQLRegistry.open(location: location).registry
    let there = Set(try names(registry))
    let told = done.withLock { $0 }
    #expect(told.subtracting(there) == [])
    #expect(before > 0)
    // Nothing came twice, and what was told as dropped is not there.
    #expect(there.subtracting(told).subtracting(["first"]).isSubset(of: uncertain.withLock { Set($0) }))
    #expect(try registry.transactions(limit: 100_000).count == there.count)
    #expect(try registry.check().compactMap(\.problem) == [])
    if Self.isLong {
      let open = uncertain.withLock { $0.count }
      let words = "failover: \(told.count) edits told as recorded, all there; \(open) uncertain"
      FileHandle.standardError.write(Data("stress: \(words)\n".utf8))
    }
  }
}
