import CommandLanguage
import RegistryCommands
import RegistryModel
import TestRegistry
import Testing

/// From when an answer is, as pictures and pages say it.
@Suite("Captions")
struct CaptionTests {
  private func captions(_ line: String) throws -> String {
    let session = try TestRegistry.example()
    var found: [String] = []
    try session.execute(SourceText(name: "test", text: line), atomicity: .eachCommand) { outcome in
      guard case .success(let answer) = outcome else { return }
      for result in answer.results {
        guard case .table(let table) = result.content else { continue }
        found.append(table.ofWhen ?? result.ofWhen ?? "none")
      }
    }
    return found.joined(separator: "; ")
  }

  @Test("without a date an answer is of all time, and one that tells what holds today of that day")
  func times() throws {
    let today = try TestRegistry.example().today
    let day = PartialDate(day: today).edtf
    #expect(try captions("list initiatives") == "of all time, read on \(day)")
    #expect(
      try captions("list initiatives published by 2026-01-12")
        == "of all time, read on \(day) published by 2026-01-12")
    #expect(try captions("list initiatives on 2026-01-12") == "as of 2026-01-12")
    #expect(try captions("list initiatives by member as matrix") == "as of \(day) (today)")
    #expect(try captions("list initiatives by member as matrix on 2026-01-12") == "as of 2026-01-12")
    #expect(try captions("list msp.member as map") == "as of \(day) (today)")
  }

  @Test("what is only possibly so today is so without a date too")
  func standing() throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run("claim us-japan.member = AUS citing courier quote \"x\"")
    func cells(_ times: String) -> [String] {
      transcript.run("list us-japan.member as map\(times)").split(separator: "\n").filter {
        $0.contains("Australia")
      }
      .map(String.init)
    }
    #expect(
      cells("") == cells(" on today") && cells("").first?.contains("maybe") == true,
      "\(cells("")) \(cells(" on today"))")
  }
}
