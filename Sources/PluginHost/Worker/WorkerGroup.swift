import CPluginTransport
import FoundationEssentials
import Glibc
import Synchronization

/// A group of processes that a worker is born into (a cgroup v2), where the program may make one: all that the kernel keeps
/// for the worker counts against one limit of memory, and its threads are counted whoever the user is.
final class WorkerGroup {
  /// A folder of groups in which the program may make some.
  struct Place: Sendable, Hashable {
    var folder: String
    /// What is limited there: the file of a limit, and its value where that is no number of bytes of memory.
    var limits: [Limit] = Place.usual

    struct Limit: Sendable, Hashable {
      var file: String
      /// What is written to it; nothing for the memory that a worker may have.
      var value: String?
      /// Whether there is no group without it.
      var isNeeded = false
    }

    /// All memory, and none of it on a disk; whoever takes more is ended as a whole.
    static let usual = [
      Limit(file: "memory.max", isNeeded: true), Limit(file: "memory.swap.max", value: "0"),
      Limit(file: "memory.oom.group", value: "1"), Limit(file: threads, value: "64"),
    ]
    static let threads = "pids.max"
  }

  /// Where this program may make groups; nothing on most machines, where then only the limits of the process hold.
  @TaskLocal static var place: Place? = find()

  private let folder: String
  /// The open folder.
  let descriptor: Int32
  /// Whether the kernel counts its threads.
  let countsThreads: Bool

  /// A group of its own for one worker, nothing where none can be had.
  ///
  /// - Parameter memory: the most bytes that it may have.
  static func make(memory: Int) -> WorkerGroup? {
    guard memory > 0, let place else { return nil }
    WorkerGroup.sweep(place.folder)
    let number = made.withLock { made in
      made += 1
      return made
    }
    return WorkerGroup(place, "\(prefix)\(getpid())-\(number)", memory)
  }

  private init?(_ place: Place, _ name: String, _ memory: Int) {
    folder = place.folder + "/" + name
    guard mkdir(folder, 0o755) == 0 else { return nil }
    var limited: Set<String> = []
    for limit in place.limits {
      if WorkerGroup.write(limit.value ?? "\(memory)", to: folder + "/" + limit.file) {
        limited.insert(limit.file)
      } else if limit.isNeeded {
        rmdir(folder)
        return nil
      }
    }
    countsThreads = limited.contains(Place.threads)
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor < 0 { return nil }
  }

  deinit {
    close(descriptor)
    // What was in it may take a moment to be gone.
    for _ in 0..<20 where rmdir(folder) != 0 && errno == EBUSY { usleep(1000) }
  }

  /// Whether the kernel ended it since it took more memory than it may.
  var isFull: Bool {
    let events = (try? String(contentsOfFile: folder + "/memory.events", encoding: .utf8)) ?? ""
    return events.split(separator: "\n").contains { $0.hasPrefix("oom_kill ") && $0 != "oom_kill 0" }
  }

  // MARK: Where groups may be

  private static let prefix = "entente-worker-"
  private static let made = Mutex(0)

  /// The own group of this process or one above it, in which the kernel limits the memory of groups, and which is the
  /// user's to make some in: its own as an ordinary user, for root what a service manager has handed over, if there is one.
  private static func find() -> Place? {
    let mounts = (try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)) ?? ""
    let groups = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
    guard let mount = mounts.split(separator: "\n").compactMap({ Mount($0) }).first,
      let own = groups.split(separator: "\n").first(where: { $0.hasPrefix("0::/") })?.dropFirst(3),
      var folder = mount.folder(of: String(own))
    else { return nil }
    while true {
      let limited = (try? String(contentsOfFile: folder + "/cgroup.subtree_control", encoding: .utf8)) ?? ""
      if limited.split(whereSeparator: \.isWhitespace).contains("memory"), isOurs(folder, mount.point) {
        return Place(folder: folder)
      }
      guard folder != mount.point, folder.count > mount.point.count else { return nil }
      folder = URL(filePath: folder).deletingLastPathComponent().path
    }
  }

  private static func isOurs(_ folder: String, _ top: String) -> Bool {
    var status = stat()
    guard stat(folder, &status) == 0, status.st_uid == geteuid(), access(folder, W_OK) == 0 else {
      return false
    }
    guard geteuid() == 0, FileManager.default.fileExists(atPath: "/run/systemd/system") else { return true }
    // Of what systemd runs, only what it has handed over may be divided.
    var above = folder
    while above.count >= top.count {
      if pt_is_marked(above, "user.delegate") || pt_is_marked(above, "trusted.delegate") { return true }
      above = URL(filePath: above).deletingLastPathComponent().path
    }
    return false
  }

  /// A line of the mounts that is of cgroup v2.
  private struct Mount {
    var root: String
    var point: String

    init?(_ line: Substring) {
      let parts = line.split(separator: " ")
      guard parts.count > 6, let dash = parts.firstIndex(of: "-"), dash + 1 < parts.count,
        parts[dash + 1] == "cgroup2", !parts[4].contains("\\")
      else { return nil }
      (root, point) = (String(parts[3]), String(parts[4]))
    }

    /// The folder of a group.
    func folder(of group: String) -> String? {
      let base = root == "/" ? "" : root
      guard group == base || group.hasPrefix(base + "/"), !group.contains("/..") else { return nil }
      let rest = String(group.dropFirst(base.count))
      return rest == "/" ? point : point + rest
    }
  }

  private static func write(_ words: String, to file: String) -> Bool {
    let place = open(file, O_WRONLY | O_CLOEXEC)
    guard place >= 0 else { return false }
    defer { close(place) }
    return words.utf8CString.withUnsafeBytes {
      Glibc.write(place, $0.baseAddress, $0.count - 1) == $0.count - 1
    }
  }

  /// Removes the groups of hosts that are gone; the kernel keeps those in which something runs.
  private static func sweep(_ folder: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasPrefix(prefix) {
      guard let host = pid_t(name.dropFirst(prefix.count).prefix { $0 != "-" }), host != getpid(),
        kill(host, 0) != 0, errno == ESRCH
      else { continue }
      rmdir(folder + "/" + name)
    }
  }
}
