import Foundation
import TestRegistry
import Testing

/// Installing plugins and living with them, as a user does, in a home of its own.
@Suite("Plugin commands", .serialized)
struct PluginCommandTests {
  private let program: Program
  private var project: URL { program.home.appending(path: "seats") }
  private var installed: URL { program.home.appending(path: ".local/share/entente/plugins/seats") }

  init() throws { program = try Program() }

  private func run(_ commands: String..., options: [String] = []) throws -> Program.Outcome {
    try program.run(["--registry", program.registry] + options + commands.flatMap { ["-c", $0] })
  }

  private func state(of name: String) throws -> [String] {
    let line = try run("plugin list").output.split(separator: "\n").first { $0.hasPrefix(name + "\t") }
    return line?.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) ?? []
  }

  @Test("a plugin is installed, shown, disabled, enabled and removed")
  func life() throws {
    defer { program.remove() }
    #expect(try run("plugin new seats language python").status == 0)
    let shown = try run("plugin install seats")
    #expect(shown.status == 0 && shown.output.contains("sha256 of seats.py\t"))
    #expect(shown.output.contains("seats: takes at-least"))
    #expect(try state(of: "seats")[3...4] == ["worker", "available"])
    #expect(try run("seats japan at-least 8").output == "companion\tshared\nUSA\t10\n")
    #expect(try run("plugin info seats").output.contains("installed from"))
    #expect(try run("plugin disable seats").status == 0)
    #expect(try state(of: "seats")[4] == "disabled")
    #expect(try run("seats japan").status == 1)
    #expect(try run("plugin enable seats").status == 0)
    #expect(try run("seats japan").status == 0)
    #expect(try run("plugin remove seats").status == 0)
    #expect(try state(of: "seats") == [] && !FileManager.default.fileExists(atPath: installed.path))
    let again = try run("plugin remove seats")
    #expect(again.status == 5 && again.errors.contains("there is no plugin seats"))
  }

  @Test("within one session an installed plugin is a command at once, and reloading finds what was changed")
  func atOnce() throws {
    defer { program.remove() }
    let outcome = try program.run(
      ["--registry", program.registry, "--keep-going"],
      input:
        "plugin new seats language python\nplugin install seats\nrun seats japan at-least 8\nplugin reload\n")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("USA\t10"))
  }

  @Test("a changed file is refused until it is confirmed, whatever its time says")
  func changed() throws {
    defer { program.remove() }
    _ = try run("plugin new seats language python", "plugin install seats")
    let file = installed.appending(path: "entente_plugin.py")
    let times = try FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate]
    let text = try String(contentsOf: file, encoding: .utf8)
    try text.replacing("Entente", with: "entente").write(to: file, atomically: true, encoding: .utf8)
    #expect(try run("plugin list").output.contains("was changed since it was installed"))
    let told = try run("seats japan")
    #expect(told.status == 5 && told.errors.contains("was changed since it was installed"))
    // Its size and time are those that it had: the list cannot know, the first run does.
    try FileManager.default.setAttributes([.modificationDate: try #require(times)], ofItemAtPath: file.path)
    let refused = try run("seats japan")
    #expect(refused.status == 5 && refused.errors.contains("plugin install"))
    #expect(try run("plugin install \"\(file.path)\"").status == 0)
    #expect(try state(of: "seats")[4] == "available")
    #expect(try run("seats japan").status == 0)
  }

  @Test("what lies in the folder and was not installed is refused, and so is what everyone can change")
  func byHand() throws {
    defer { program.remove() }
    _ = try run("plugin new seats language python", "plugin install seats")
    let folder = installed.deletingLastPathComponent()
    try "text".write(to: folder.appending(path: "libhand.so"), atomically: true, encoding: .utf8)
    #expect(try run("plugin list").output.contains("nobody confirmed what it is"))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o666], ofItemAtPath: installed.appending(path: "seats.py").path)
    let listed = try run("plugin list", "count initiatives")
    #expect(listed.status == 0 && listed.output.contains("can be changed by every user"))
    #expect(listed.output.contains("chmod o-w"))
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
    #expect(try run("plugin list").errors.contains("can be changed by every user"))
  }

  @Test("the list of what was installed may be broken; the start goes on")
  func brokenPins() throws {
    defer { program.remove() }
    _ = try run("plugin new seats language python", "plugin install seats")
    let pins = installed.deletingLastPathComponent().appending(path: "plugins.json")
    try "{".write(to: pins, atomically: true, encoding: .utf8)
    let outcome = try run("count initiatives", "plugin list")
    #expect(outcome.status == 0 && outcome.errors.contains("plugins.json is not what was written there"))
    #expect(try run("plugin install seats").status == 5)
  }

  @Test("projects are written to new folders only, and under sound names")
  func projects() throws {
    defer { program.remove() }
    #expect(try run("plugin new seats language c").status == 0)
    let again = try run("plugin new seats language c")
    #expect(again.status == 5 && again.errors.contains("is there already"))
    #expect(try run("plugin new Seats").status != 0)
    #expect(try run("plugin new seats language cobol").status != 0)
    #expect(try run("plugin new seats", options: ["--safe"]).errors.contains("--no-plugins") == false)
  }

  @Test("the doctor names what is wrong, and a command for each")
  func doctor() throws {
    defer { program.remove() }
    let missing = try run("plugin doctor nowhere")
    #expect(missing.status == 5 && missing.output.contains("there is no such file"))
    let text = try program.write("no library", to: "libtext.so")
    #expect(try run("plugin doctor \"\(text)\"").output.contains("it is no ELF file"))
    _ = try run("plugin new seats language python")
    #expect(try run("plugin doctor seats").status == 0)
    try "import entente_plugin\nraise SystemExit(3)\n".write(
      to: project.appending(path: "seats.py"), atomically: true, encoding: .utf8)
    let broken = try run("plugin doctor seats")
    #expect(broken.status == 5 && broken.output.contains("ended with status 3"))
  }
}
