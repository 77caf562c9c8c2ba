import Foundation
import Glibc
import TestRegistry
import Testing

/// Places that hold no registry, or one that cannot be written: each is told by name, at once, and left as it is.
@Suite("Where a registry cannot be")
struct PlaceTests {
  struct Place: Sendable, CustomTestStringConvertible {
    var name: String
    var says: String
    var status: Int32 = 4
    var testDescription: String { name }
  }

  @Test(
    "what is no plain file of ours is refused by what it is",
    .timeLimit(.minutes(20)),
    arguments: [
      Place(name: "pipe", says: "it is a pipe"), Place(name: "socket", says: "it is a socket"),
      Place(name: "folder", says: "it is a folder"),
      Place(name: "folder/", says: "it is the name of a folder"),
      Place(name: "/dev/null", says: "it is a device"), Place(name: "/dev/full", says: "it is a device"),
      Place(name: "dangling", says: "it is a link to nothing"),
      Place(name: "text/registry", says: "Not a directory"),
      Place(name: "text", says: "text is not a registry"),
      Place(name: "foreign", says: "foreign is not a registry"),
      Place(name: "newer", says: "newer has format 99; this program reads formats up to"),
      Place(name: "/proc/nothing/registry", says: "its folder cannot be made"),
      Place(name: "", says: "--registry has no name", status: 2),
    ])
  func refused(place: Place) throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    try makePlaces(program)
    let before = try contents(program)
    for options in [[], ["--read-only"]] {
      let outcome = try program.run(
        ["--registry", place.name, "--new"] + options + ["-c", "count entities"])
      #expect(outcome.status == place.status)
      #expect(outcome.output == "")
      if options.isEmpty { #expect(outcome.errors.contains(place.says)) }
      #expect(outcome.errors.contains("help: "))
    }
    #expect(try contents(program) == before)
  }

  private func makePlaces(_ program: Program) throws {
    let home = program.home
    mkfifo(home.appending(path: "pipe").path, 0o600)
    mknod(home.appending(path: "socket").path, S_IFSOCK | 0o600, 0)
    try FileManager.default.createDirectory(
      at: home.appending(path: "folder"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: home.appending(path: "dangling").path, withDestinationPath: "nowhere")
    _ = try program.write("a text\n", to: "text")
    let sound = try Data(contentsOf: try TestRegistry.seedFile.get())
    // The header has the user's version of the schema at 60 and the application's number at 68.
    try changed(sound, at: 63, to: 99).write(to: home.appending(path: "newer"))
    try changed(sound, at: 68, to: 7).write(to: home.appending(path: "foreign"))
  }

  private func changed(_ data: Data, at index: Int, to byte: UInt8) -> Data {
    var data = data
    data[index] = byte
    return data
  }

  private func contents(_ program: Program) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: program.home.path).sorted()
  }

  @Test("an empty file is filled like a new registry, once, by whoever comes first")
  func empty() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    _ = try program.write("", to: "registry.entente")
    let seed = try program.write("define type person plural people\nadd person some-one\n", to: "seed.ent")
    let run = ["--registry", program.registry, "--no-plugins", "-c", "count people"]
    let unasked = try program.run(run)
    #expect(unasked.status == 4)
    #expect(
      unasked.errors.contains("registry.entente is an empty file, and no registry\nhelp: --new makes one"))
    #expect(try program.run(run + ["--seed", seed, "--read-only"]).status == 4)
    let processes = try (1...3).map { _ in
      let process = try program.process(run + ["--seed", seed])
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      return process
    }
    for process in processes { try process.run() }
    for process in processes { process.waitUntilExit() }
    // Whoever comes when it is there is told that the Seed is for new ones.
    let statuses = Set(processes.map(\.terminationStatus))
    #expect(statuses.contains(0) && statuses.isSubset(of: [0, 4]))
    #expect(try program.run(run).output == "ever\ttoday\n1\t1\n")
    #expect(try contents(program) == ["registry.entente", "seed.ent"])
  }

  /// The permissions of the file and of its folder, and whether a killed session left changes beside it.
  struct Permissions: Sendable, CustomTestStringConvertible {
    var file: mode_t
    var folder: mode_t
    var hasLog: Bool
    var testDescription: String {
      "file \(String(file, radix: 8)), folder \(String(folder, radix: 8))\(hasLog ? ", with a log" : "")"
    }
  }

  @Test(
    "what may not be written is read, and says so when it is to be written",
    arguments: [0o444, 0o644].flatMap { file in
      [false, true].map { Permissions(file: file, folder: 0o555, hasLog: $0) }
    } + [Permissions(file: 0o444, folder: 0o755, hasLog: false)])
  func readOnly(_ permissions: Permissions) throws {
    let program = try Program()
    defer { program.remove() }
    let folder = program.home.appending(path: "shelf").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let registry = folder + "/registry.entente"
    try FileManager.default.copyItem(atPath: program.registry, toPath: registry)
    if permissions.hasLog { try program.leaveLog(registry) }
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      chmod(folder + "/" + name, permissions.file)
    }
    chmod(folder, permissions.folder)
    defer { chmod(folder, 0o755) }
    for options in [[], ["--read-only"]] {
      let read = try program.runUnprivileged(
        ["--registry", registry, "--no-plugins"] + options + ["-c", "count people where key = logged-one"])
      #expect(read.status == 0)
      #expect(read.output == "ever\ttoday\n\(permissions.hasLog ? "1\t1" : "0\t0")\n")
      #expect(read.errors == "")
    }
    // A log and what tells of it can be written on where they are already.
    guard permissions.file == 0o444 || !permissions.hasLog else { return }
    let edit = try program.runUnprivileged(
      ["--registry", registry, "--no-plugins", "-c", "add person second-one"])
    #expect(edit.status == 4)
    #expect(edit.errors.contains("error: the registry \(registry) cannot be written"))
    #expect(edit.errors.contains("help: reading works; to write, the file and its folder must be writable"))
  }

  @Test("changes that cannot be read where they are, are told of")
  func logWithoutIndex() throws {
    let program = try Program()
    defer { program.remove() }
    let folder = program.home.appending(path: "shelf").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let registry = folder + "/registry.entente"
    try FileManager.default.copyItem(atPath: program.registry, toPath: registry)
    try program.leaveLog(registry)
    unlink(registry + "-shm")
    chmod(folder, 0o555)
    defer { chmod(folder, 0o755) }
    let outcome = try program.runUnprivileged(["--registry", registry, "--read-only", "-c", "count people"])
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("its newest changes are in \(registry)-wal"))
    #expect(outcome.errors.contains("copy both to a folder that can be written"))
  }

  @Test("what is written to a device or through a link leaves both what they are")
  func devicesAndLinks() throws {
    let program = try Program()
    defer { program.remove() }
    let target = try program.write("old\n", to: "target.ent")
    chmod(target, 0o600)
    let link = program.home.appending(path: "link.ent").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "target.ent")
    let run = ["--registry", program.registry, "--no-plugins", "-c"]
    #expect(try program.run(run + ["dump \"link.ent\""]).status == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "target.ent")
    let text = try String(contentsOfFile: target, encoding: .utf8)
    #expect(text.hasPrefix("restore "))
    #expect(try FileManager.default.attributesOfItem(atPath: target)[.posixPermissions] as? Int == 0o600)
    let screen = program.home.appending(path: "screen").path
    try FileManager.default.createSymbolicLink(atPath: screen, withDestinationPath: "/proc/self/fd/1")
    for command in ["dump \"screen\"", "list people save \"screen\"", "export \"screen\" as ftm"] {
      let outcome = try program.run(run + [command])
      #expect(outcome.status == 0)
      #expect(outcome.output.utf8.count > 500)
    }
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: screen) == "/proc/self/fd/1")
    let pipe = program.home.appending(path: "pipe").path
    mkfifo(pipe, 0o600)
    let reader = try program.process([])
    reader.executableURL = URL(filePath: "/bin/cat")
    reader.arguments = [pipe]
    let read = try program.write("", to: "read")
    reader.standardOutput = FileHandle(forWritingAtPath: read)
    try reader.run()
    #expect(try program.run(run + ["dump \"pipe\""]).status == 0)
    reader.waitUntilExit()
    #expect(try String(contentsOfFile: read, encoding: .utf8) == text)
  }
}
