import Foundation
import PostgreSQLEngine
import RegistryModel
import RegistryStore
import RelationalStore
import Synchronization
import TestRegistry
import TestServer
import Testing

/// Who waits is told once for whom.
@Suite("Telling who is waited for")
struct WaitingNoticeTests {
  private func holder(_ name: String) -> StoreProblem { .locked(location: "r", holder: name, since: nil) }

  @Test("after a second, and after ten more where it is another")
  func notice() {
    let start = ContinuousClock.now
    var notice = WaitingNotice(since: start)
    var told: [String] = []
    // One that changes ten times a second, for half a minute.
    for tenth in 0..<300 {
      let now = start + .milliseconds(100 * tenth)
      guard notice.isDue(at: now) else { continue }
      if notice.isNews(holder(tenth < 150 ? "w\(tenth)" : "last"), at: now) { told.append("\(tenth)") }
    }
    #expect(told == ["10", "110", "210"])
    var patient = WaitingNotice(since: start)
    let same = (0..<300).filter { tenth in
      let now = start + .milliseconds(100 * tenth)
      return patient.isDue(at: now) && patient.isNews(holder("one"), at: now)
    }
    #expect(same == [10])
    // Who waited as long before, and could write then, is patient.
    let next = WaitingNotice(since: start, after: .seconds(2))
    #expect(!next.isDue(at: start + .milliseconds(3_900)) && next.isDue(at: start + .seconds(4)))
    #expect(WaitingNotice(since: start, after: .seconds(60)).isDue(at: start + .seconds(10)))
  }

  @Test("and no more often in a crowd of a server's writers")
  func crowd() throws {
    let location = try TestServer.shared.get().location("waiting_notice")
    let first = try PostgreSQLRegistry.open(
      location: location, options: ServerOptions(createIfMissing: true)
    ).registry
    let told = Mutex<[StoreProblem]>([])
    let done = DispatchGroup()
    try first.begin(
      TransactionInfo(author: "first", reason: nil, tool: "tests", at: "2026-01-01T00:00:00.000Z"))
    // Each holds it for a while, one after the other; who comes last waits for all.
    for number in 0..<3 {
      done.enter()
      let thread = Thread {
        defer { done.leave() }
        guard let registry = try? PostgreSQLRegistry.open(location: location).registry else { return }
        if number == 2 { registry.onWait = { problem in told.withLock { $0.append(problem) } } }
        _ = try? registry.write { edits in
          try edits.store.apply(.createEntity(Key(unchecked: "e-\(number)")))
          if number < 2 { Thread.sleep(forTimeInterval: 1.5) }
        }
      }
      thread.stackSize = 1 << 23
      thread.start()
      Thread.sleep(forTimeInterval: 0.5)
    }
    Thread.sleep(forTimeInterval: 1.2)
    try first.rollback()
    done.wait()
    #expect(told.withLock { $0.count } == 1, "\(told.withLock { $0 })")
    #expect(try first.transactions(limit: 10).count == 3)
  }
}
