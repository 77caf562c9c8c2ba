import Foundation
import PluginHost
import RegistryCommands
import TestRegistry
import Testing

@Suite("Plugins in a session")
struct PluginTests {
  @Test("overlap is a command; its numbers are those of the lists")
  func overlap() throws {
    let transcript = Transcript(try TestRegistry.seeded(analyses: try TestPlugins.analyses))
    let printed = transcript.run("overlap g7, quad")
    #expect(printed.hasPrefix("a\tb\tshared\tunion\tjaccard\tpossible\tmembers\n"))
    // Japan and the United States are in both.
    #expect(printed.contains("g7\tquad\t2\t"))
    #expect(transcript.run("run overlap g7, quad") == printed)
  }

  @Test("the sketch of the design works as written")
  func sketch() throws {
    let transcript = Transcript(try TestRegistry.seeded(analyses: try TestPlugins.analyses))
    #expect(transcript.run("overlap forge, pax-silica").contains("forge\tpax-silica\t"))
    #expect(transcript.run("concentration mineral dysprosium stage refining").hasPrefix("year\t"))
    #expect(transcript.run("concentration mineral cobalt stage mining year 2023").contains("2023"))
  }

  @Test("parameters are checked, with a place and the nearest name")
  func parameters() throws {
    let transcript = Transcript(try TestRegistry.seeded(analyses: try TestPlugins.analyses))
    #expect(transcript.run("overlap forge").contains("error"))
    #expect(transcript.run("overlap forge, pax-silca").contains("did you mean pax-silica"))
    #expect(transcript.run("overlap forge, japan").contains("initiative"))
  }

  @Test("a broken plugin is listed with the reason, and the start goes on")
  func broken() throws {
    let program = try Program()
    defer { program.remove() }
    let folder = program.home.appending(path: "plugins")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try "this is no library".write(
      to: folder.appending(path: "libBroken.so"), atomically: true, encoding: .utf8)
    let outcome = try program.run(
      [
        "--registry", program.registry, "--plugin-path", folder.path, "-c", ".plugins", "-c",
        "count initiatives",
      ])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("libBroken.so") && outcome.output.contains("refused"))
    #expect(outcome.output.contains("ever\ttoday\n"))
    #expect(outcome.output.contains("membership") && outcome.output.contains("overlap"))
  }

  @Test("an analysis that fails ends a script with status 5; without plugins it is unknown")
  func statuses() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run(["--registry", program.registry, "-c", "overlap forge, forge"]).status == 5)
    // What the command itself says wrongly is no fault of the plugin.
    #expect(try program.run(["--registry", program.registry, "-c", "overlap forge"]).status == 1)
    let without = try program.run([
      "--registry", program.registry, "--no-plugins", "-c", "overlap forge, msp",
    ])
    #expect(without.status == 1 && without.errors.contains("there is no"))
  }
}
