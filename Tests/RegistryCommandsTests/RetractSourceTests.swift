import TestRegistry
import Testing

@Suite("Retracting a source")
struct RetractSourceTests {
  let transcript: Transcript

  init() throws { transcript = Transcript(try TestRegistry.example()) }

  private func run(_ command: String) -> String { transcript.run(command).trimmed }

  @Test("withdraws what rests on it alone and leaves what others say, in one edit that undo takes back")
  func withdraws() {
    let before = run("show summit.participant")
    let preview = run("retract source gazette preview")
    #expect(preview.contains("summit.participant = eu\tnone"))
    #expect(preview.contains("summit.participant = USA\tcourier"))
    #expect(run("show summit.participant") == before)
    let done = run("retract source gazette")
    #expect(done.contains("summit.participant = eu"))
    #expect(!done.contains("summit.participant = USA"))
    #expect(done.hasSuffix("-- t2: retracted gazette: 5 citations; 1 statement loses all support, 4 stay"))
    #expect(!run("show summit.participant").contains("gazette"))
    #expect(run("show treasury-secretary.holder").contains("bessent"))
    #expect(run("undo") == "-- t3: undid t2")
    #expect(run("show summit.participant") == before)
  }

  @Test("takes back its denials too")
  func denials() {
    _ = run("deny summit.participant = KOR citing leaflet")
    #expect(run("show summit.participant").contains("disputed"))
    #expect(run("retract source leaflet").contains("denied: summit.participant = KOR"))
    #expect(!run("show summit.participant").contains("disputed"))
  }

  @Test("leaves what a thing is and is called")
  func namesStay() {
    _ = run(#"add actor foundry "The Foundry" citing leaflet"#)
    _ = run("claim summit.participant = foundry citing leaflet")
    _ = run("retract source leaflet")
    #expect(run("show foundry").contains("The Foundry"))
    #expect(!run("show summit.participant").contains("foundry"))
  }
}
