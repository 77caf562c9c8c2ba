import RegistryCommands
import TestRegistry
import Testing

@testable import RegistryCommands

/// What scripts of many commands cost, in SQL statements that are run.
@Suite("Scripts of many commands")
struct ScriptShapeTests {
  struct Shape: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var line: @Sendable (Int) -> String
  }

  private static let schema = """
    define type thing
    define property note of thing to text many
    define property count of thing to number many
    define property size of thing to number one
      define property link of thing to thing many
    source big "A big table" { published 2024-05-01 }
    add thing hub "The hub" citing big
    """

  static let shapes = [
    Shape(testDescription: "texts of one property") { "claim hub.note = \"Text \($0)\"" },
    Shape(testDescription: "numbers of one property, cited") {
      "claim hub.count = \($0) citing big quote \"it is \($0)\""
    },
    Shape(testDescription: "rivals") { "claim hub.size = \($0) citing big" },
    Shape(testDescription: "things") { "add thing k-\($0) \"Thing \($0)\" citing big" },
    Shape(testDescription: "things that are made where they are named") {
      "claim hub.link = new thing k-\($0) \"Thing \($0)\" citing big"
    },
    Shape(testDescription: "things, and what is said of them") {
      "add thing k-\($0) \"Thing \($0)\"; claim k-\($0).size = \($0) citing big; claim k-\($0).link = hub; claim hub.link = k-\($0)"
    },
    Shape(testDescription: "sources, and what they say") {
      "source s-\($0) \"Source \($0)\" { published 2024-05-02 }; claim hub.note = \"Text \($0)\" citing s-\($0)"
    },
    Shape(testDescription: "aliases") { "alias hub \"The hub \($0)\"" },
    Shape(testDescription: "loops") { _ in "for each $x in { list things limit 1 } { say \"$x\" }" },
  ]

  /// How many SQL statements a script of so many lines runs.
  private func statements(_ shape: Shape, _ count: Int) throws -> Int {
    let transcript = Transcript(try TestRegistry.session())
    let script = Self.schema + "\n" + (1...count).map(shape.line).joined(separator: "\n") + "\n"
    var printed = ""
    let run = TestRegistry.statements(runBy: transcript.session) {
      printed += transcript.run(script, atomicity: .whole)
    }
    try #require(!printed.contains("error:"), "\(printed)")
    return run.values.reduce(0, +)
  }

  @Test("Each further command runs no more SQL statements than those before it", arguments: shapes)
  func isLinear(_ shape: Shape) throws {
    let (few, some, many) = (
      try statements(shape, 20), try statements(shape, 80), try statements(shape, 200)
    )
    // What the first command costs alone is known by the difference.
    let each = Double(some - few) / 60
    #expect(Double(many - some) / 120 <= each * 1.05 + 0.1, "\(few), \(some), \(many)")
  }
}
