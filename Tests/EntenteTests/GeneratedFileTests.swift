import Foundation
import TestRegistry
import Testing

/// What shells, editors and `man` are given is made of what the program itself declares.
@Suite("What is generated")
struct GeneratedFileTests {
  @Test("The manual page says what --help says")
  func manual() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let page = try program.run(["generate", "man"])
    let help = try program.run(["--help"])
    #expect(page.status == 0 && help.status == 0)
    let plain = page.output.replacing("\\-", with: "-").replacing("\\e", with: "\\").replacing(
      "\\&", with: "")
    let options = help.output.split(separator: "\n").filter { $0.contains("--") }
    #expect(options.count > 20)
    for option in options {
      let word = option.split(separator: " ").first { $0.hasPrefix("--") } ?? ""
      #expect(plain.contains(word), "\(option)")
    }
    for name in ["check", "fmt", "test", "generate"] { #expect(plain.contains("entente \(name) ")) }
  }

  @Test("The grammar for editors is JSON, and its patterns are regular expressions that find every command")
  func grammar() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let text = try program.run(["generate", "textmate"]).output
    let grammar = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let patterns = try #require(grammar["patterns"] as? [[String: Any]])
    #expect(grammar["scopeName"] as? String == "source.entente" && patterns.count > 8)
    func pattern(_ name: String) throws -> NSRegularExpression {
      let one = try #require(patterns.first { $0["name"] as? String == name })
      return try NSRegularExpression(pattern: try #require(one["match"] as? String))
    }
    let commands = try pattern("keyword.control.entente")
    for line in [
      "list initiatives", "  for each $x in { list events } {", "define type t", "if exists forge { }",
    ] {
      #expect(commands.firstMatch(in: line, range: NSRange(line.startIndex..., in: line)) != nil, "\(line)")
    }
  }

  @Test("Completions of three shells name the options", arguments: ["bash", "zsh", "fish"])
  func completions(_ shell: String) throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let script = try program.run(["generate", shell])
    #expect(script.status == 0)
    for word in ["registry", "dry-run", "record", "fmt"] {
      #expect(script.output.contains(word), "\(shell): \(word)")
    }
    if shell == "bash" {
      let path = try program.write(script.output, to: "completions")
      let bash = Process()
      bash.executableURL = URL(filePath: "/bin/bash")
      bash.arguments = ["-n", path]
      try bash.run()
      bash.waitUntilExit()
      #expect(bash.terminationStatus == 0)
    }
  }

  @Test("What bash completes: the words of what the program does beside, their own words, files, formats")
  func bash() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let path = try program.write(try program.run(["generate", "bash"]).output, to: "completions")
    _ = try program.write("", to: "week.ent")
    func completed(_ line: String) throws -> [String] {
      let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      let script = """
        . "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
        _entente entente "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"; printf '%s\n' "${COMPREPLY[@]}"
        """
      return try OtherProgram.lines(
        "/bin/bash", ["-c", script, "bash", path, "entente"] + words, in: program.home)
    }
    #expect(try completed("generate ") == ["bash", "zsh", "fish", "man", "textmate"])
    #expect(try completed("mcp --al") == ["--allow-edits"])
    #expect(try Set(completed("copy ")).isSuperset(of: ["week.ent", "completions"]))
    #expect(try completed("--format j") == ["json", "jsonl"])
    for line in ["wee", "-f wee", "--registry wee", "fmt wee", "test wee", "copy a.entente wee", "x.ent wee"]
    {
      #expect(try completed(line) == ["week.ent"], "\(line)")
    }
    #expect(try completed("ge") == ["generate"])
    #expect(try completed("help c") == ["check", "copy"])
    #expect(try completed("--reg") == ["--registry"])
  }

  @Test("help is about what the program does beside")
  func help() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    func said(_ arguments: String...) throws -> Program.Outcome {
      let process = try program.process(["--today"])
      process.arguments = arguments
      let (stdout, stderr) = (Pipe(), Pipe())
      (process.standardOutput, process.standardError) = (stdout, stderr)
      try process.run()
      let texts = [stdout, stderr].map {
        String(decoding: $0.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      }
      process.waitUntilExit()
      return Program.Outcome(status: process.terminationStatus, output: texts[0], errors: texts[1])
    }
    for name in ["check", "copy", "fmt", "generate", "mcp", "test"] {
      let (help, other) = (try said("help", name), try said(name, "--help"))
      #expect(
        help.status == 0 && help.output == other.output && help.output.contains("entente \(name)"), "\(help)")
    }
    let (all, other) = (try said("help"), try said("--help"))
    #expect(all.status == 0 && all.output == other.output, "\(all)")
    let unknown = try said("help", "nosuch")
    #expect(unknown.status == 2 && unknown.errors.contains("check, copy"), "\(unknown)")
  }

  /// Sessions of an analyst, each command a transaction of its own as it is when it is typed.
  @Test("Our own sessions hold what they expect")
  func sessions() throws {
    let program = try Program()
    defer { program.remove() }
    let folder = TestRegistry.checkout.appending(path: "Tests/Scripts").path
    let outcome = try program.run([
      "test", "--no-transaction", "--no-plugins", "--today", TestRegistry.today, "--registry",
      program.registry, folder,
    ])
    #expect(
      outcome.status == 0 && outcome.output.hasSuffix("2 scripts, 14 expectations: all hold\n"), "\(outcome)")
    #expect(try program.run(["fmt", "--check", folder]).status == 0)
  }
}
