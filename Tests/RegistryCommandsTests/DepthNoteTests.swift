import RegistryRules
import TestRegistry
import Testing

/// An answer that may leave out what lies too deep says so, in every command that follows groups or parts.
@Suite("How deep groups and parts are followed")
struct DepthNoteTests {
  let transcript: Transcript

  init() throws {
    transcript = Transcript(try TestRegistry.example())
    _ = transcript.run("define property part-of of mineral to mineral many transitive")
    _ = transcript.run("define property concerns of initiative to mineral many")
  }

  private static let groupsNote =
    "-- groups within groups are followed \(Groups.longestPath) deep: what lies deeper is not in this answer"
  private static let partsNote =
    "-- parts of parts are followed \(Parts.longestPath) deep: what lies deeper is not in this answer"

  /// `m0` is a part of `m1`, that of `m2`, and so on.
  private func nest(minerals steps: Int) {
    var script = "add mineral m0 \"M 0\" citing courier\nclaim forge.concerns = m0 citing courier\n"
    for step in 1...steps {
      script += """
        add mineral m\(step) "M \(step)" citing courier
        claim m\(step - 1).part-of = m\(step) citing courier

        """
    }
    #expect(!transcript.run(script).contains("error"))
  }

  /// Japan is in `g1`, that in `g2`, and so on; FORGE has the last as its member.
  private func nest(groups steps: Int) {
    var script = "add group g1 \"G 1\" citing courier { member = JPN }\n"
    for step in 2...steps {
      script += "add group g\(step) \"G \(step)\" citing courier { member = g\(step - 1) }\n"
    }
    script += "claim forge.member = g\(steps) citing courier\n"
    #expect(!transcript.run(script).contains("error"))
  }

  private func expect(_ note: String, _ isTold: Bool, _ questions: String...) {
    for question in questions {
      let answer = transcript.run(question)
      #expect(answer.contains(note) == isTold, "\(question): \(answer)")
    }
  }

  @Test("Parts: found as far as they are followed, and told where there may be more", arguments: [-1, 0, 1])
  func parts(more: Int) {
    let steps = Parts.longestPath + more
    nest(minerals: steps)
    expect(
      Self.partsNote, more >= 0,
      "list initiatives where concerns = m\(steps) including parts columns concerns",
      "count initiatives where concerns = m\(steps) including parts")
    let found = transcript.run("list initiatives where concerns = m\(steps) including parts columns name")
    #expect(found.contains("forge\tFORGE") == (more <= 0))
  }

  @Test("Groups likewise", arguments: [-1, 0, 1])
  func groups(more: Int) {
    let steps = Groups.longestPath + more
    nest(groups: steps)
    expect(
      Self.groupsNote, more >= 0, "list initiatives where member = JPN including groups columns member",
      "count initiatives where member = JPN including groups", "list forge.member including groups")
    let found = transcript.run("list forge.member including groups")
    #expect(found.contains("\nJPN\t") == (more <= 0))
  }

  @Test("What is under a thing, in a total")
  func total() {
    #expect(
      !transcript.run(
        """
        define property under of initiative, commitment to initiative, commitment many transitive
        add initiative i0 "I 0" citing courier
        """
      ).contains("error"))
    for step in 1...Parts.longestPath {
      _ = transcript.run("add initiative i\(step) \"I \(step)\" citing courier { under = i\(step - 1) }")
    }
    #expect(transcript.run("total i0").contains(Self.partsNote))
    #expect(!transcript.run("total i1").contains(Self.partsNote))
  }
}
