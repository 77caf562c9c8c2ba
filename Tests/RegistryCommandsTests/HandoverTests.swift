import CommandLanguage
import Dispatch
import RegistryStore
import Synchronization
import Testing

@testable import RegistryCommands

@Suite("What one thread hands to another")
struct HandoverTests {
  private struct Stopped: Error {}

  @Test("All comes in the order in which it was made, and then the end with what it came to")
  func order() throws {
    var taken: [Int] = []
    let made = try SecondThread.run(
      room: 3,
      make: { (handover: Handover<Int>) throws(Failure) in
        for number in 0..<1_000 { #expect(handover.put(number)) }
        return "made"
      },
      take: { (number) throws(Failure) in taken.append(number) }, look: { () throws(Failure) in })
    #expect(taken == Array(0..<1_000))
    #expect(made == "made")
  }

  @Test("No more waits than there is room for")
  func bounded() throws {
    let made = Mutex(0)
    try SecondThread.run(
      room: 2,
      make: { (handover: Handover<Int>) throws(Failure) in
        for number in 0..<200 {
          made.withLock { $0 = number }
          handover.put(number)
        }
      },
      // That which is taken and the one that waits for room are beside those that wait.
      take: { (number) throws(Failure) in #expect(made.withLock { $0 } <= number + 4) },
      look: { () throws(Failure) in })
  }

  @Test("Who takes fails first, though what makes fails meanwhile: the order is that of what was made")
  func failures() throws {
    let failure = #expect(throws: Failure.self) {
      try SecondThread.run(
        room: 2,
        make: { (handover: Handover<Int>) throws(Failure) in
          handover.put(1)
          throw Failure(code: "made", "made")
        },
        take: { (_) throws(Failure) in throw Failure(code: "taken", "taken") },
        look: { () throws(Failure) in })
    }
    #expect(failure?.diagnostics.first?.code == "taken")
    let alone = #expect(throws: Failure.self) {
      try SecondThread.run(
        room: 2,
        make: { (handover: Handover<Int>) throws(Failure) in
          handover.put(1)
          throw Failure(code: "made", "made")
        }, take: { (_) throws(Failure) in }, look: { () throws(Failure) in })
    }
    #expect(alone?.diagnostics.first?.code == "made")
  }

  @Test("Where nobody takes any more, who makes is told, and who asks is not left waiting")
  func closed() throws {
    let wasTold = Mutex(false)
    let wasAnswered = Mutex(true)
    #expect(throws: Failure.self) {
      try SecondThread.run(
        room: 1,
        make: { (handover: Handover<Question<Int>?>) throws(Failure) in
          while handover.put(nil) {}
          let reply = Reply<Result<Int, StoreProblem>>()
          wasTold.withLock { $0 = !handover.put(Question(reply) { $0 }) }
          wasAnswered.withLock { $0 = reply.wait() != nil }
        },
        take: { (_) throws(Failure) in throw Failure(.interrupted) }, look: { () throws(Failure) in })
    }
    #expect(wasTold.withLock { $0 })
    #expect(!wasAnswered.withLock { $0 })
  }

  @Test("Who waits for what does not come can be interrupted")
  func interrupted() throws {
    let go = DispatchSemaphore(value: 0)
    var looks = 0
    let failure = #expect(throws: Failure.self) {
      try SecondThread.run(
        room: 1,
        make: { (handover: Handover<Int>) throws(Failure) in go.wait() }, take: { (_) throws(Failure) in },
        look: { () throws(Failure) in
          looks += 1
          if looks == 3 {
            go.signal()
            throw Failure(.interrupted)
          }
        })
    }
    #expect(failure?.status == .interrupted)
  }
}
