import Foundation
import Glibc
import PseudoTerminal
import TestRegistry
import Testing

/// What a plugin is made of when it is installed, and what of it is shown and named, seen from a session.
@Suite("Plugin folders", .serialized)
struct PluginFolderTests {
  private let program: Program
  private var folder: URL { program.home.appending(path: "vendored") }
  private var installed: URL { program.home.appending(path: ".local/share/entente/plugins/vendored") }

  init() throws { program = try Program() }

  private func run(_ commands: String..., options: [String] = []) throws -> Program.Outcome {
    try program.run(["--registry", program.registry] + options + commands.flatMap { ["-c", $0] })
  }

  /// Writes files of a folder in the home.
  private func write(_ files: [String: String], to folder: String = "vendored") throws {
    for (name, text) in files {
      let file = program.home.appending(path: folder + "/" + name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
  }

  private func manifest(_ name: String, _ analysis: String, _ summary: String = "s") -> String {
    #"{"contract": 1, "name": "\#(name)", "version": "1", "summary": "\#(summary)", "analyses": [{"name": "\#(analysis)", "summary": "\#(summary)", "columns": [{"name": "a", "type": "text", "summary": "\#(summary)"}]}]}"#
  }

  /// A program in Python without the SDK that emits one text.
  private func script(_ name: String, _ analysis: String, emitting expression: String, first: String = "")
    -> String
  {
    """
    import json, os, sys  # entente_plugin
    def say(**line): print(json.dumps(line), flush=True)
    \(first)
    say(entente=1, manifest=json.loads('''\(manifest(name, analysis))'''))
    for line in sys.stdin:
        say(columns=[{"name": "a", "type": "text"}])
        say(emit=[[\(expression)]])
        say(done=True)
    """
  }

  private func writeVendored() throws {
    try write([
      "vendored.py": script(
        "vendored", "vendored",
        emitting:
          "helper.deep.word() + open(os.path.join(os.path.dirname(__file__), 'data/words.txt')).read()",
        first: "import helper.deep"),
      "helper/__init__.py": "", "helper/deep.py": "def word(): return 'vendored '", "data/words.txt": "data",
      "__pycache__/left.pyc": "x", ".hidden": "x", "notes.md": "x", "old.entente": "x",
    ])
  }

  @Test("a folder is installed as a whole: packages and data, nothing hidden, no registry")
  func whole() throws {
    defer { program.remove() }
    try writeVendored()
    let shown = try run("plugin install vendored")
    #expect(shown.status == 0, "\(shown.errors)")
    for file in ["data/words.txt", "helper/deep.py", "notes.md", "vendored.py"] {
      #expect(shown.output.contains("sha256 of \(file)\t"))
    }
    #expect(shown.output.contains("run by\t") && shown.output.contains("pinned\t6 files"), "\(shown.output)")
    let names = try FileManager.default.subpathsOfDirectory(atPath: installed.path)
    #expect(!names.contains { $0.contains("hidden") || $0.contains("pyc") || $0.hasSuffix(".entente") })
    #expect(try run("vendored").output == "a\nvendored data\n")
  }

  @Test("of a file in Python the packages beside it are installed too")
  func file() throws {
    defer { program.remove() }
    try writeVendored()
    #expect(try run("plugin install vendored/vendored.py").status == 0)
    #expect(FileManager.default.fileExists(atPath: installed.appending(path: "helper/deep.py").path))
    #expect(!FileManager.default.fileExists(atPath: installed.appending(path: "data").path))
  }

  @Test(
    "what is added to an installed folder is refused until it is confirmed",
    arguments: ["json.py", "__pycache__/json.cpython-311.pyc"])
  func added(name: String) throws {
    defer { program.remove() }
    try writeVendored()
    #expect(try run("plugin install vendored").status == 0)
    try write([name: "raise SystemExit(9)"], to: ".local/share/entente/plugins/vendored")
    let refused = try run("vendored")
    #expect(
      refused.status == 5 && refused.errors.contains("was changed since it was installed"), "\(refused)")
    #expect(try run("plugin list").output.contains("was changed since it was installed"))
    #expect(try run("plugin remove vendored", "plugin install vendored", "vendored").status == 0)
  }

  @Test("links that lead out of the folder, of either kind, are refused with their place")
  func links() throws {
    defer { program.remove() }
    let secret = try program.write("secret", to: "secret")
    for isHard in [false, true] {
      try writeVendored()
      let link = folder.appending(path: "data/more.txt").path
      if isHard {
        try FileManager.default.linkItem(atPath: secret, toPath: link)
      } else {
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: secret)
      }
      let refused = try run("plugin install vendored")
      #expect(refused.status == 5 && refused.errors.contains("data/more.txt"), "\(refused.errors)")
      #expect(!FileManager.default.fileExists(atPath: installed.path))
      try FileManager.default.removeItem(atPath: folder.path)
    }
    try writeVendored()
    try FileManager.default.createSymbolicLink(
      atPath: folder.appending(path: "data/same.txt").path, withDestinationPath: "words.txt")
    #expect(try run("plugin install vendored").status == 0)
    mkfifo(folder.appending(path: "data/pipe").path, 0o600)
    #expect(try run("plugin install vendored").errors.contains("no plain file"))
  }

  @Test("the Python that runs a plugin is told, and can be another")
  func python() throws {
    defer { program.remove() }
    try writeVendored()
    // What `python3 -m venv` makes, but for its own packages.
    try write(["pyvenv.cfg": "home = /usr/bin\n"], to: "venv")
    try write(["only_here.py": "WORD = 'of the venv'"], to: "venv/lib/\(Self.python)/site-packages")
    let bin = program.home.appending(path: "venv/bin")
    try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: bin.appending(path: "python3").path, withDestinationPath: "/usr/bin/python3")
    try write([
      "vendored.py": script("vendored", "vendored", emitting: "only_here.WORD", first: "import only_here")
    ])
    #expect(try run("plugin install vendored").errors.contains("only_here"))
    let shown = try run("plugin install vendored python venv")
    #expect(shown.status == 0 && shown.output.contains("run by\t\(bin.path)/python3"), "\(shown)")
    #expect(try run("vendored").output == "a\nof the venv\n")
    #expect(try run("plugin doctor vendored").status != 0)
    #expect(try run("plugin install vendored python nowhere").errors.contains("no interpreter"))
  }

  /// `python3.11`.
  private static var python: String {
    URL(filePath: "/usr/bin/python3").resolvingSymlinksInPath().lastPathComponent
  }

  @Test("doctor looks at what is installed by its name, and info at a relative path")
  func names() throws {
    defer { program.remove() }
    try writeVendored()
    #expect(try run("plugin info ./vendored").output.contains("not pinned"))
    #expect(try run("plugin info vendored").output.contains("not pinned"))
    #expect(try run("plugin install vendored").status == 0)
    try FileManager.default.removeItem(atPath: folder.path)
    let examined = try run("plugin doctor vendored")
    #expect(examined.status == 0 && examined.output.contains("pin\tgood"), "\(examined)")
    #expect(examined.output.contains(installed.path))
  }

  @Test(
    "of a file that is named no more is read than code, also where a link says that something else is code")
  func besideFile() throws {
    defer { program.remove() }
    try write([
      "reader.py": script(
        "reader", "reader", emitting: "'x'",
        first: """
          import helper
          for name in ['secret.txt', 'link.py', 'away.py', 'folder']:
              try:
                  open(os.path.dirname(os.path.abspath(__file__)) + '/' + name).read()
                  raise SystemExit(name + ' was read')
              except OSError: pass
          """), "helper.py": "", "secret.txt": "secret",
    ])
    let away = try program.write("secret", to: "away.txt")
    for (name, target) in [("link.py", "secret.txt"), ("away.py", away), ("folder", program.home.path)] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending(path: name).path, withDestinationPath: target)
    }
    let shown = try run("plugin info vendored/reader.py")
    #expect(shown.status == 0 && shown.output.contains("not pinned"), "\(shown.errors)")
    #expect(try run("plugin doctor vendored/reader.py").output.contains("start\tgood"))
    // Of a folder that is named all is read that lies in it.
    #expect(try run("plugin info vendored").errors.contains("secret.txt was read"))
  }

  @Test("what a manifest says is shown with its escapes visible, wherever it is shown")
  func escapes() throws {
    defer { program.remove() }
    let bad = "\\u001b[31mred\\u0007\\nentente> \\u202etfel"
    try write(
      [
        "bad.py": script("bad", "bad", emitting: "'x'"),
        "bad.entente-plugin.json":
          "{\"program\": \"bad.py\", " + manifest("bad", "bad", bad).dropFirst(),
      ], to: "bad")
    let outcome = try run(
      "help bad", "help", "plugin list", "plugin info bad",
      options: ["--plugin-path", program.home.appending(path: "bad").path])
    #expect(
      outcome.status == 0 && outcome.output.contains("\\u{1B}[31mred\\u{7}\\u{A}entente> \\u{202E}tfel"))
    for text in [outcome.output, outcome.errors] {
      #expect(!text.unicodeScalars.contains { [0x1B, 7, 0x202E].contains($0.value) })
      #expect(!text.contains("\nentente> "))
    }
  }

  @Test("a name that the program ships stays its own; the other is called by its plugin's name")
  func shippedNames() throws {
    defer { program.remove() }
    try write(["evil.py": script("evil", "overlap", emitting: "'evil'")], to: "evil")
    let shown = try run("plugin install evil", "plugin list")
    #expect(shown.status == 0 && shown.errors.contains("evil.overlap"), "\(shown.errors)")
    #expect(try run("overlap forge, pax-silica").output.contains("jaccard"))
    #expect(try run("evil.overlap").output == "a\nevil\n")
    #expect(try run("run evil.overlap").output == "a\nevil\n")
    // The plugin's own name cannot be taken either.
    try write(["membership.py": script("membership", "other", emitting: "'x'")], to: "taken")
    #expect(try run("plugin install taken").errors.contains("is the name of another plugin"))
    try write(
      [
        "membership.py": script("membership", "other", emitting: "'x'"),
        "membership.entente-plugin.json":
          "{\"program\": \"membership.py\", " + manifest("membership", "other").dropFirst(),
      ], to: "taken")
    let listed = try run(
      "plugin list", options: ["--plugin-path", program.home.appending(path: "taken").path])
    #expect(listed.output.contains("is the name of another plugin"))
  }

  @Test("standard error is limited and made visible")
  func standardError() throws {
    defer { program.remove() }
    try write(
      [
        "loud.py": script(
          "loud", "loud",
          emitting:
            "[sys.stderr.write('\\x1b[2J\\x1b]0;title\\x07' + 'x' * 100 + '\\n') for _ in range(10000)] and 'x'"
        )
      ], to: "loud")
    #expect(try run("plugin install loud").status == 0)
    let outcome = try run("loud")
    #expect(outcome.status == 0 && outcome.output == "a\nx\n")
    #expect(outcome.errors.contains("plugin: \\u{1B}[2J\\u{1B}]0;title\\u{7}xxx"))
    #expect(!outcome.errors.contains("\u{1B}") && outcome.errors.utf8.count < 200_000)
    #expect(outcome.errors.contains("bytes more)"))
  }

  @Test("a plugin has no terminal: it reads no keys, and sets nothing")
  func terminal() throws {
    defer { program.remove() }
    let attempts = """
      import termios
      def attempt(body):
          try: body()
          except OSError: return 'refused'
          except termios.error: return 'refused'
          return 'done'
      def tried():
          return ' '.join([attempt(lambda: os.open('/dev/tty', os.O_RDWR)), attempt(lambda: os.tcsetpgrp(2, os.getpid())),
              attempt(lambda: termios.tcsetattr(2, 0, [0, 0, 0, 0, 0, 0, [0] * 32])), attempt(lambda: os.ttyname(2))])
      """
    try write(["keys.py": script("keys", "keys", emitting: "tried()", first: attempts)], to: "keys")
    #expect(try run("plugin install keys").status == 0)
    let terminal = try program.start([])
    try terminal.waitFor("the prompt") { $0.cursorLine == "entente>" }
    terminal.send("keys\r")
    try terminal.waitFor("the answer") { screen in
      screen.transcript.contains { $0.contains("refused refused refused refused") }
    }
    terminal.terminate()
  }

  @Test("an interpreter that a script names by its place adds nothing to what can be read")
  func interpreterOfItsOwn() throws {
    defer { program.remove() }
    let secret = try program.write("secret", to: "kept/secret.txt", making: true)
    // Beside the interpreter would be its modules: here a link that leads to what is the user's.
    for (link, target) in [
      ("bin/python3", "/usr/bin/python3"), ("lib/python-modules", program.home.appending(path: "kept").path),
    ] {
      let place = folder.appending(path: link)
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: target)
    }
    let attempt = """
      #!\(folder.path)/bin/python3
      import json, sys
      try: said = open('\(secret)').read()
      except OSError: said = 'refused'
      manifest = json.loads('''\(manifest("tool", "tool"))''')
      manifest["summary"] = said
      print(json.dumps({"entente": 1, "manifest": manifest}), flush=True)
      sys.stdin.readline()
      """
    try write(["tool": attempt])
    let tool = folder.appending(path: "tool").path
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tool)
    let told = try run("plugin info \"\(tool)\"")
    #expect(told.output.contains("summary\trefused\n"), "\(told)")
    #expect(!told.output.contains("python-modules") && told.output.contains("run by\t/usr/"))
  }

  @Test("a pipe in the place of a plugin, or of a file beside it, holds nobody up")
  func pipes() throws {
    defer { program.remove() }
    try writeVendored()
    for name in ["pipe", "pipe.py", "libpipe.so", "pipe.entente-plugin.json"] {
      mkfifo(folder.appending(path: name).path, 0o755)
      let start = Date()
      for command in ["info", "doctor", "test", "install"] {
        #expect(try run("plugin \(command) \"vendored/\(name)\"").status != 0, "\(command) \(name)")
      }
      _ = try run("plugin list", options: ["--plugin-path", folder.path])
      #expect(Date().timeIntervalSince(start) < 9, "\(name)")
      try FileManager.default.removeItem(at: folder.appending(path: name))
    }
  }

  @Test("what an example expects is neither read nor written through links that lead out of the folder")
  func expectedElsewhere() throws {
    defer { program.remove() }
    let other = try program.write("mine", to: "other/expected.tsv", making: true)
    let example =
      #""examples": [{"command": "vendored", "summary": "s", "expected": "data/expected.tsv"}], "columns": [{"name": "a""#
    let body = script("vendored", "vendored", emitting: "'x'").replacing(
      #""columns": [{"name": "a", "type": "text", "summary""#, with: example + #", "type": "text", "summary""#
    )
    try write(["vendored.py": body])
    let data = folder.appending(path: "data")
    try FileManager.default.createSymbolicLink(
      atPath: data.path, withDestinationPath: program.home.appending(path: "other").path)
    let recorded = try run("plugin test vendored recording expected")
    #expect(
      recorded.status == 5 && recorded.output.contains("leads out of the plugin's folder"), "\(recorded)")
    #expect(try String(contentsOfFile: other, encoding: .utf8) == "mine")
    let tested = try run("plugin test vendored")
    #expect(tested.output.contains("leads out") && !tested.output.contains("mine"), "\(tested)")
    // Within the folder a link is as good as a file, and what is not there yet is written.
    try FileManager.default.removeItem(at: data)
    try FileManager.default.createDirectory(
      at: folder.appending(path: "real"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: data.path, withDestinationPath: "real")
    #expect(try run("plugin test vendored recording expected").status == 0)
    #expect(try run("plugin test vendored").output.contains("\tpassed\t"))
  }

  @Test(
    "an analysis that is called as a command is reached by its plugin's name, and the command stays what it was",
    arguments: ["list", "plugin", "undo"])
  func commandNames(name: String) throws {
    defer { program.remove() }
    try write(["vendored.py": script("vendored", name, emitting: "'mine'")])
    let installed = try run("plugin install vendored")
    #expect(installed.status == 0, "\(installed)")
    #expect(try run("vendored.\(name)").output == "a\nmine\n")
    #expect(try !run("\(name)").output.contains("mine"))
    let listed = try run("plugin list")
    #expect(listed.errors.contains("`\(name)` is that of Entente itself"), "\(listed)")
  }
}
