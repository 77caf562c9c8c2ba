import RegistryStore
import TestRegistry
import Testing

@testable import RegistryCommands

@Suite("Limits of what assistants are answered")
struct AssistantLimitTests {
  @Test("What takes too long is ended and told so, and the next question is answered")
  func time() throws {
    let session = try TestRegistry.example()
    var limits = AssistantLimits()
    limits.seconds = 0.2
    let tools = AssistantTools(session: session, allowsEdits: false, limits: limits)
    let endless = "sql WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    let late = try #require(tools.call("ask", ["command": .text(endless)]))
    #expect(late.isError && !late.isInterrupted)
    #expect(late.content.written.contains("\"code\":\"answer-takes-too-long\""), "\(late.content.written)")
    #expect(session.store.isInterrupted == nil)
    let next = try #require(tools.call("ask", ["command": "count states"]))
    #expect(!next.isError, "\(next.content.written)")
    // Whoever calls it off ends it all the same.
    session.store.isInterrupted = { true }
    let calledOff = try #require(tools.call("ask", ["command": .text(endless)]))
    #expect(calledOff.isInterrupted)
  }
}
