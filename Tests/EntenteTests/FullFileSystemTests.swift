import Foundation
import TestRegistry
import Testing

/// A file system of a few megabytes, in a mount namespace of its own: where the machine lets anybody make one. What is
/// tested is told in ``FullDiskTests``, by a limit that works everywhere; here the disk is really full.
@Suite("A full file system")
struct FullFileSystemTests {
  static let canMount: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/unshare")
    process.arguments = ["-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  @Test(
    "is read, refuses what it has no room for, and goes on when it has some",
    .enabled(if: canMount, "this machine lets no user mount a file system"))
  func full() throws {
    let program = try Program()
    defer { program.remove() }
    let script = """
      mount -t tmpfs -o size=6m tmpfs "$HOME/disk" && cp "$HOME/registry.entente" "$HOME/disk/r.entente" && cd "$HOME/disk"
      run() { "$0" --registry r.entente --no-plugins --today \(TestRegistry.today) -c "$@" 2>&1; echo "status $?"; }
      run 'dump "before.ent"'
      dd if=/dev/zero of=fill bs=4k 2>/dev/null
      run 'count states'
      run 'add person some-one "Some"'
      run 'dump "before.ent" with history'
      run 'check' | tail -1
      rm fill
      run 'add person some-one "Some"'
      run 'undo t2'
      run 'dump "after.ent"'
      run 'check' | tail -1
      cmp before.ent after.ent && echo same
      """
    try FileManager.default.createDirectory(
      at: program.home.appending(path: "disk"), withIntermediateDirectories: true)
    let process = try program.process([])
    process.executableURL = URL(filePath: "/usr/bin/unshare")
    process.arguments = ["-Urm", "/bin/sh", "-c", script, try Program.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let help = "what was recorded before is safe, nothing of this change was kept"
    #expect(
      output == """
        status 0
        ever	today
        261	250
        status 0
        error: there is no room left to write r.entente
        help: make room on its disk (or raise the quota or limit) and try again; \(help)
        status 4
        -c:1:6: error: cannot write before.ent: No space left on device
        dump "before.ent" with history
             ^~~~~~~~~~~~
        help: make room there, or name a place where there is some; the registry is as it was
        status 4
        status 0
        status 0
        status 0
        status 0
        status 0
        same

        """)
  }
}
