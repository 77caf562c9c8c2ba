import Foundation
import RegistryCommands
import SeededNumbers
import TestRegistry
import Testing

@testable import RegistryCommands

/// Nothing of a field or a row of a file is lost by chance (faults.md, 1: CSV, JSON).
@Suite("Fields of files")
struct FieldTests {
  private let folder: ScratchFolder
  private let transcript: Transcript

  init() throws {
    folder = try ScratchFolder()
    let session = try TestRegistry.example()
    session.setFolder(folder.url)
    transcript = Transcript(session)
    run(LiteralScene.definitions)
  }

  @discardableResult
  private func run(_ text: String) -> String { transcript.run(text) }

  private func recorded(_ property: String) -> [String] {
    run(
      "sql SELECT value FROM statements WHERE subject = 'forge' AND property = '\(property)' ORDER BY value"
    )
    .split(separator: "\n").dropFirst().map(String.init)
  }

  @Test("What stands behind the closing quote of a field is told by line, blanks but for")
  func behindQuote() throws {
    try folder.write(
      "text,other\n\"done\" more,a\n\"done\"x,b\n\"sound\" ,c\n\"two \"\"words\"\"\",d\n", to: "a.csv")
    let printed = run(#"import "a.csv" citing gazette { claim forge.text = $text }"#)
    #expect(printed.contains(#"a.csv:2: behind the closing quote of a field stands " more""#), "\(printed)")
    #expect(printed.contains(#"a.csv:3: behind the closing quote of a field stands "x""#))
    #expect(printed.contains("2 of 4 rows of a.csv cannot be recorded"))
    #expect(recorded("text") == [])
    run(#"import "a.csv" citing gazette keep going { claim forge.text = $text }"#)
    #expect(recorded("text") == ["sound", #"two "words""#])
  }

  @Test(
    "Two fields that one parameter means are refused by line",
    arguments: [
      #"{"state":{"code":"FRA"},"state_code":"DEU"}"#, #"{"state_code":"DEU","state":{"code":"FRA"}}"#,
      #"{"state code":"FRA","state_code":"DEU"}"#, #"{"state_code":"FRA","state_code":"DEU"}"#,
      #"{"state_code":"FRA","state":[{"code":"DEU"}]}"#, #"{"state-code":null,"state.code":"DEU"}"#,
      #"{"state_code":"FRA","state":{"code":null}}"#, #"{"a":{"b":1,"b":2}}"#,
    ])
  func twoFields(_ line: String) throws {
    try folder.write("{\"state_code\":\"JPN\"}\n\(line)\n", to: "a.jsonl")
    let printed = run(#"import "a.jsonl" citing gazette { claim forge.text = $state_code }"#)
    #expect(printed.contains("a.jsonl:2: "), "\(printed)")
    #expect(
      printed.contains("two fields of the line are both $state_code") || printed.contains("stands twice"))
    #expect(recorded("text") == [])
  }

  @Test(
    "What is no JSON is refused by line",
    arguments: [
      "{\"a\":1,}", "{\"a\":1 \"b\":2}", "{'a':1}", "{a:1}", "{\"a\":01}", "{\"a\":1.}", "{\"a\":.5}",
      "{\"a\":+1}",
      "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":1} x", "{\"a\":1}{\"a\":2}", "{\"a\":[1,]}", "{\"a\":[,1]}",
      "{\"a\":\"x}", "{\"a\":\"\\x\"}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\u12\"}", "{\"a\":tru}",
      "{\"a\":1e}",
      "{\"a\":\"b\tc\"}", "{\"a\"}", "{\"a\":}", "{", "// {\"a\":1}", "{\"a\":1} // x", "{\"a\":0x1}", "[1,]",
      "1", "\"a\"",
    ])
  func notJSON(_ line: String) throws {
    try folder.write("{\"a\":\"x\"}\n\(line)\n", to: "a.jsonl")
    let printed = run(#"import "a.jsonl" citing gazette { claim forge.text = "$a" }"#)
    #expect(printed.contains("a.jsonl:2: the line is no JSON object"), "\(printed)")
    #expect(recorded("text") == [])
  }

  @Test(
    "An array with a comma too much or too few is refused",
    arguments: [
      "[1,]", "[{\"a\":1},]", "[,{\"a\":1}]", "[{\"a\":1}{\"a\":2}]", "[{\"a\":1},,{\"a\":2}]",
      "[{\"a\":1}] x", "[{\"a\":1}",
      "[{\"a\":1} {\"a\":2}]", "[,]", "[1,\n]",
    ])
  func arrays(_ text: String) throws {
    for name in ["a.json", "a.jsonl"] {
      try folder.write(text, to: name)
      let printed = run("import \"\(name)\" citing gazette { claim forge.text = \"$a\" }")
      #expect(
        printed.contains("error: ") && printed.contains("cannot be recorded, so nothing was"), "\(printed)")
      #expect(recorded("text") == [])
    }
  }

  @Test("A number of JSON keeps its digits")
  func digits() throws {
    let numbers = [
      ("0.1", "0.1"), ("123456789012345678", "123456789012345678"),
      ("0.30000000000000004", "0.30000000000000004"),
      ("1e3", "1000"), ("1.5E-2", "0.015"), ("-2.50", "-2.5"), ("12.34e1", "123.4"), ("1E+2", "100"),
      ("0e5", "0"),
    ]
    try folder.write(numbers.map { "{\"n\":\($0.0)}\n" }.joined(), to: "a.jsonl")
    run(#"import "a.jsonl" citing gazette { claim forge.plain = $n }"#)
    #expect(Set(recorded("plain")) == Set(numbers.map(\.1)))
    try folder.write("{\"n\":1234567890123456789012}\n{\"n\":1e99}\n", to: "b.jsonl")
    let printed = run(#"import "b.jsonl" citing gazette { claim forge.plain = $n }"#)
    #expect(printed.contains("2 of 2 rows of b.jsonl cannot be recorded"), "\(printed)")
  }

  @Test("A column that one parameter shares with another is not guessed")
  func columns() throws {
    try folder.write("state code,state_code,other\nFRA,DEU,x\n", to: "a.csv")
    let printed = run(#"import "a.csv" citing gazette { claim forge.text = $state_code }"#)
    #expect(
      printed.contains(#"$state_code means more than one column of the file: "state code", "state_code""#))
    #expect(run(#"import "a.csv" citing gazette { claim forge.text = $other }"#).contains("1 recorded"))
  }

  @Test("Texts with one thing changed are read as Foundation reads them, or refused", arguments: 1...4)
  func random(_ seed: Int) {
    var random = Seeded(seed: UInt64(seed))
    let pieces = [
      "{", "}", "[", "]", ",", ":", "\"", "\\", "u00e9", "\\ud83d\\ude00", "1", "0", "-", ".", "e", "true",
      "null", " ", "é", "\n", "a",
    ]
    for _ in 0..<1_500 {
      var text = Self.value(3, &random)
      for _ in 0..<random.below(3) {
        let place = text.index(text.startIndex, offsetBy: random.below(text.count))
        if random.below(2) == 0 {
          text.remove(at: place)
        } else {
          text.insert(contentsOf: random.one(of: pieces), at: place)
        }
        if text.isEmpty { text = " " }
      }
      let foreign = try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
      do throws(JSONProblem) {
        let read = try JSONTextReader.read(Array(text.utf8)[...])
        #expect(foreign != nil, "\(text)")
        if let foreign { #expect(Self.isSame(read, foreign), "\(text)") }
      } catch {
        if case .repeated = error { continue }
        // Foundation forgives a comma at the end of an object.
        if text.contains(/,\s*}/) { continue }
        #expect(foreign == nil, "\(text): \(error.words)")
      }
    }
  }

  private static func value(_ depth: Int, _ random: inout Seeded) -> String {
    switch random.below(depth == 0 ? 4 : 6) {
    case 0: return "\(random.below(1000))" + random.one(of: ["", ".5", "e2", ".25E-1"])
    case 1: return random.one(of: ["\"a\"", "\"b\\n\"", "\"\\u00e9é\"", "\"\""])
    case 2: return random.one(of: ["true", "false", "null"])
    case 3: return "-\(random.below(10))"
    case 4:
      return "[" + (0..<random.below(4)).map { _ in value(depth - 1, &random) }.joined(separator: ", ") + "]"
    default:
      return "{"
        + (0..<random.below(4)).map { "\"k\($0)\": \(value(depth - 1, &random))" }.joined(separator: ",")
        + "}"
    }
  }

  private static func isSame(_ read: JSONText, _ foreign: Any) -> Bool {
    switch read {
    case .object(let members):
      guard let foreign = foreign as? [String: Any], foreign.count == members.count else { return false }
      return members.allSatisfy { member in foreign[member.name].map { isSame(member.value, $0) } ?? false }
    case .list(let items):
      guard let foreign = foreign as? [Any], foreign.count == items.count else { return false }
      return zip(items, foreign).allSatisfy { isSame($0, $1) }
    case .null: return foreign is NSNull
    case .text(let word): return foreign as? String == word
    case .truth(let isTrue): return (foreign as? Bool) == isTrue
    case .number(let digits):
      guard let number = foreign as? NSNumber, let mine = Double(digits) else { return false }
      return abs(number.doubleValue - mine) <= abs(mine) * 1e-12
    }
  }
}
