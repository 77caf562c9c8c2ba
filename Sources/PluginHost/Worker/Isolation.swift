import FoundationEssentials
import Glibc

/// What this machine enforces on a worker, as a worker that tried it says.
struct Isolation {
  /// A root of its own with nothing in it but what may be read.
  let view: Bool
  /// The version of Landlock, 0 for none.
  let landlock: Int
  /// The filter of system calls.
  let filter: Bool
  /// No privileges, even of root.
  let privileges: Bool
  /// Threads can be counted, so that some are allowed.
  let threads: Bool
  /// The scratch folder is limited as a whole by the kernel.
  let quota: Bool
  /// It is born into a group of its own, of which the kernel limits the memory.
  let group: Bool

  /// Asked once of the worker's own program; nothing where that is missing.
  static let current: Isolation? = look()

  /// Starts a worker that confines itself and says what came of it.
  static func look() -> Isolation? {
    guard let executable = WorkerLaunch.executable, let scratch = try? ScratchFolder() else { return nil }
    let arguments = WorkerLaunch.confinement(scratch: scratch.path) + ["--read", "/usr/lib"]
    guard
      let (spawned, group) = try? WorkerSpawn.start(
        executable, arguments + ["--probe", "yes"], [:], memory: PluginLimits().memory)
    else { return nil }
    let words = spawned.wordsToTheEnd()
    guard case let numbers = words.split(whereSeparator: \.isWhitespace).compactMap({ Int($0) }),
      numbers.count == 2
    else { return nil }
    let parts = numbers[0]
    return Isolation(
      view: parts & 1 != 0, landlock: numbers[1], filter: parts & 4 != 0, privileges: parts & 8 != 0,
      threads: parts & 16 != 0, quota: parts & 32 != 0, group: parts & 128 != 0 && group != nil)
  }

  /// Whether files and system calls are confined, without which no plugin runs unless that is wanted.
  var isStrong: Bool { filter && (view || landlock > 0) }

  /// Where a plugin in a worker runs.
  static var words: String {
    guard let current else { return "in a process of its own, but entente-worker is missing" }
    let weak = current.lines.filter { !$0.isEnforced }.map(\.name)
    return "in a process of its own"
      + (weak.isEmpty
        ? ", confined as the lines below say" : "; not enforced here: " + weak.joined(separator: ", "))
  }
}
