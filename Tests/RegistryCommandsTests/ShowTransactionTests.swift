import Testing
import TestRegistry

@Suite("What a transaction changed")
struct ShowTransactionTests {
  private func transcript() throws -> Transcript {
    let transcript = Transcript(try TestRegistry.example())
    let printed = transcript.run(
      #"""
      citing courier { claim forge.chair = JPN from 2026-07 quote "Japan" }
      begin "several things"
      correct forge.status to ended
      define property note of initiative to text many
      alias forge "The Forum" in courier
      source courier "The Courier on alliances" { publisher "The Courier"; published 2026-01-13; reliability C }
      commit
      merge msp into forge
      undo t4
      """#)
    #expect(!printed.contains("error:"), "\(printed)")
    return transcript
  }

  @Test("is shown with who made it, when and why, and as commands what came and went")
  func shows() throws {
    let told = try transcript().run("show t3")
    #expect(told.hasPrefix("what\ttext\tid\nat\t2026-11-22T12:00:00.000Z\t\nauthor\ttester\t\n"), "\(told)")
    for line in [
      "reason\tseveral things\t", "tool\ttests\t",
      "-\tclaim forge.status = \"active\" citing courier quote \"launched the FORGE initiative\"\t@",
      "+\tclaim forge.status = \"ended\" citing courier quote \"launched the FORGE initiative\"\t@",
      "+\tdefine property note of initiative to text many\t",
      "+\talias forge \"The Forum\" in courier\t", "-\tsource courier ", "+\tsource courier ",
    ] { #expect(told.contains("\n" + line), "\(line) in \(told)") }
  }

  @Test("of a merge and of an undo is shown too")
  func identities() throws {
    let transcript = try transcript()
    #expect(transcript.run("show t4").hasSuffix("\n+\tmerge msp into forge\t\n"))
    let undo = transcript.run("show t5")
    #expect(undo.contains("\nundoes\tt4\t\n") && undo.hasSuffix("\n-\tmerge msp into forge\t\n"))
  }

  @Test("is shown in part and counted in all where a limit is given, which is for transactions alone")
  func limit() throws {
    let transcript = try transcript()
    let told = transcript.run("show t1 limit 2")
    #expect(told.contains("-- shown are the first 2 changes; limit N shows more\n-- in all: "))
    #expect(transcript.run("show forge limit 2").contains("error:"))
    #expect(transcript.run("show t3 on 2026-01-01").contains("error:"))
  }

  @Test("stands in the open transaction too, and as JSON")
  func open() throws {
    let transcript = try transcript()
    _ = transcript.run("begin; alias forge \"F\"")
    #expect(
      transcript.run("show t6 as jsonl").hasSuffix(
        #"{"what": "+", "text": "alias forge \"F\"", "id": null}"# + "\n"))
  }
}
