import Foundation
import TestRegistry
import Testing

/// Conditions with more values, steps, parts and levels than anybody writes: they are answered, or refused with what to do,
/// and never told as a fault of the disk.
@Suite("Very many conditions")
struct ManyConditionTests {
  struct Question: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var command: String
    /// The code of its refusal; nil where it is answered.
    var code: String?

    init(_ name: String, _ command: String, _ code: String? = nil) {
      (testDescription, self.command, self.code) = (name, command, code)
    }

    static func path(_ steps: Int, _ property: String = "member") -> String {
      Array(repeating: property, count: steps).joined(separator: ".")
    }
  }

  private static let many = (0..<1_000).map { "s-\($0)" }
  private static let owners = (0..<50).map { "a-\($0)" }

  private static let asked = [
    Question("values, as many as may be", "list initiatives where member = \(many.joined(separator: ", "))"),
    Question("none of as many values", "list initiatives where member != \(many.joined(separator: ", "))"),
    Question(
      "one more", "count initiatives where member = \(many.joined(separator: ", ")), JPN", "too-many-values"),
    Question(
      "the same value", "list initiatives where member = \(many.map { _ in "JPN" }.joined(separator: ", "))"),
    Question("keys", "list states where key = \(many.joined(separator: ", "))"),
    Question("no such keys", "list states where key != \(many.joined(separator: ", "))"),
    Question(
      "types", "list initiatives where member.type = \(many.map { _ in "state" }.joined(separator: ", "))"),
    Question(
      "numbers",
      "list initiatives where member-count = \((1...1_000).map(String.init).joined(separator: ", "))"),
    Question(
      "dates", "list initiatives where started = \((1000..<2000).map(String.init).joined(separator: ", "))"),
    Question("texts", "list initiatives where name ~ \(many.map { "\"\($0)\"" }.joined(separator: ", "))"),
    Question("owners", "list states where signatory of \(owners.joined(separator: ", "))"),
    Question(
      "one owner more", "list states where signatory of \(owners.joined(separator: ", ")), forge",
      "too-many-values"),
    Question("a path", "list initiatives where \(Question.path(30)) = JPN"),
    Question("a longer path", "list initiatives where \(Question.path(31)) = JPN", "path-too-long"),
    Question("an endless path", "list initiatives where \(Question.path(10_000)) = JPN", "path-too-long"),
    Question(
      "an endless path that is stated", "list initiatives where \(Question.path(10_000)) is stated",
      "path-too-long"),
    Question("an endless claim", "check claim forge.\(Question.path(10_000)) = JPN", "path-too-long"),
    Question(
      "paths side by side",
      "list initiatives where \(Array(repeating: Question.path(30) + " = JPN", count: 10).joined(separator: " and "))"
    ),
    Question(
      "paths under a date",
      "list initiatives where not \(Question.path(30)) = JPN on 2026-03-01"),
    Question(
      "paths with groups",
      "list initiatives where \(Question.path(10)) = \(many.prefix(200).joined(separator: ", ")) including groups"
    ),
    Question(
      "conditions",
      "list initiatives where \(Array(repeating: "member = JPN", count: 200).joined(separator: " or "))"),
    Question(
      "one condition more",
      "list initiatives where \(Array(repeating: "member = JPN", count: 201).joined(separator: " or "))",
      "too-many-conditions"),
    Question("levels", "list initiatives where \(String(repeating: "not ", count: 99))member = JPN"),
    Question(
      "too many levels", "list initiatives where \(String(repeating: "(", count: 10_000))member = JPN",
      "nesting-too-deep"),
    Question(
      "one order again and again",
      "list initiatives sort \(Array(repeating: "started", count: 300).joined(separator: ", "))"),
    Question(
      "one column again and again",
      "list initiatives columns \(Array(repeating: "started", count: 300).joined(separator: ", "))"),
  ]

  @Test("They are answered or refused", arguments: asked)
  func answered(_ question: Question) throws {
    let program = try Program()
    defer { program.remove() }
    let things =
      Self.many.map { "add state \($0) \"State \($0)\"" }
      + Self.owners.map { "add agreement \($0) \"Deal \($0)\"" }
    let script = try program.write(things.joined(separator: "\n") + "\n", to: "things.ent")
    try #require(try program.run(["--no-plugins", script]).status == 0)
    let path = try program.write(question.command + "\n", to: "asked.ent")
    let outcome = try program.run(["--no-plugins", "--errors", "json", path])
    guard let code = question.code else {
      #expect(outcome.status == 0, "\(outcome.errors.prefix(2_000))")
      return
    }
    #expect(
      outcome.status == 1 && outcome.errors.contains("\"code\":\"\(code)\""),
      "\(outcome.errors.prefix(2_000))")
    #expect(outcome.errors.contains("\"help\""))
  }

  @Test("What a registry's engine takes no more of is told as such")
  func limits() throws {
    let program = try Program()
    defer { program.remove() }
    let columns = (0..<3_000).map { "1 AS c\($0)" }.joined(separator: ", ")
    let outcome = try program.run(["--no-plugins", "-c", "sql SELECT \(columns)"])
    #expect(
      outcome.status == 1 && outcome.errors.contains("the query failed"), "\(outcome.errors.prefix(500))")
  }
}
