import Foundation
import Glibc
import Testing

@testable import PluginHost

/// A folder of cgroup v2 for a test, in which groups can be made; one in which the kernel limits no memory will do, since every
/// group has limits of its own form.
final class GroupFolder {
  static let mount: String? = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"].first {
    FileManager.default.fileExists(atPath: $0 + "/cgroup.subtree_control") && access($0, W_OK) == 0
  }

  let path: String
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0.hasPrefix("entente-") }
  }
  var place: WorkerGroup.Place {
    // These take no more than 32 bits, as a limit of memory would.
    WorkerGroup.Place(
      folder: path,
      limits: [.init(file: "cgroup.max.depth", isNeeded: true), .init(file: "none.max", value: "7")])
  }

  init() throws {
    path = try #require(GroupFolder.mount) + "/test-\(UUID().uuidString)"
    try #require(mkdir(path, 0o755) == 0)
  }

  deinit { rmdir(path) }
}

extension PluginHostTests {
  @Suite(
    "Groups of workers",
    .enabled(if: GroupFolder.mount != nil, "this user can make no cgroup v2 on this machine"))
  struct GroupTests {
    /// The signals that this thread blocks.
    private func blocked() -> Set<Int32> {
      var (none, set) = (sigset_t(), sigset_t())
      sigemptyset(&none)
      pthread_sigmask(SIG_BLOCK, &none, &set)
      return Set((1...64).filter { sigismember(&set, $0) == 1 })
    }

    private func start(_ words: [String], in group: WorkerGroup?) throws -> WorkerSpawn {
      try WorkerSpawn(words[0], Array(words.dropFirst()), ["PATH": "/usr/bin:/bin"], group: group)
    }

    @Test(
      "a worker is born into a group that is made for it, with nothing of the host's, and the group goes with it"
    )
    func born() throws {
      let folder = try GroupFolder()
      let before = blocked()
      signal(SIGUSR2, SIG_IGN)
      defer { signal(SIGUSR2, SIG_DFL) }
      try WorkerGroup.$place.withValue(folder.place) {
        let group = try #require(WorkerGroup.make(memory: 1 << 30))
        #expect(!group.countsThreads && !group.isFull)
        let name = try #require(folder.names.first)
        #expect(
          try String(contentsOfFile: "\(folder.path)/\(name)/cgroup.max.depth", encoding: .utf8)
            == "\(1 << 30)\n")
        let script =
          "grep 0:: /proc/self/cgroup; grep Sig /proc/self/status; ls /proc/$$/fd; cut -d' ' -f 6 /proc/$$/stat; echo $$"
        let words = try start(["/bin/sh", "-c", script], in: group).wordsToTheEnd().split(separator: "\n")
        #expect(words.first == "0::\(folder.path.dropFirst(GroupFolder.mount?.count ?? 0))/\(name)")
        for mask in ["SigBlk", "SigIgn"] {
          #expect(
            words.contains { $0.hasPrefix(mask) && $0.hasSuffix("\t0000000000000000") },
            "\(mask): \(words.joined(separator: " | "))")
        }
        #expect(Set(["0", "1", "2", "3"]).isSubset(of: words))
        // It leads a session of its own.
        #expect(words.last == words.dropLast().last)
        #expect(blocked() == before)
      }
      #expect(folder.names == [])
    }

    @Test("where it cannot be born there, or what it should be is missing, that is said or it goes without")
    func notBorn() throws {
      let folder = try GroupFolder()
      try WorkerGroup.$place.withValue(folder.place) {
        let group = try #require(WorkerGroup.make(memory: 1 << 30))
        let problem = #expect(throws: PluginProblem.self) { try start(["/bin/entente-none"], in: group) }
        #expect(problem?.message.contains("No such file") == true, "\(String(describing: problem))")
        for name in folder.names { rmdir(folder.path + "/" + name) }
        #expect(throws: PluginProblem.self) { try start(["/bin/true"], in: group) }
      }
      var place = folder.place
      place.limits[0].file = "memory.none"
      WorkerGroup.$place.withValue(place) { #expect(WorkerGroup.make(memory: 1 << 30) == nil) }
      WorkerGroup.$place.withValue(nil) { #expect(WorkerGroup.make(memory: 1 << 30) == nil) }
      WorkerGroup.$place.withValue(folder.place) { #expect(WorkerGroup.make(memory: 0) == nil) }
      place.folder += "/none"
      try WorkerGroup.$place.withValue(place) {
        let (spawned, none) = try WorkerSpawn.start("/bin/echo", ["here"], [:], memory: 1 << 30)
        #expect(none == nil && spawned.wordsToTheEnd() == "here\n")
      }
      #expect(folder.names == [])
    }

    @Test("groups of hosts that are gone are removed, those of others are left")
    func swept() throws {
      let folder = try GroupFolder()
      let host = Process()
      host.executableURL = URL(filePath: "/bin/sleep")
      host.arguments = ["100"]
      try host.run()
      defer { host.terminate() }
      let names = ["entente-worker-4194303-1", "entente-worker-\(host.processIdentifier)-1", "entente-other"]
      for name in names { mkdir(folder.path + "/" + name, 0o755) }
      WorkerGroup.$place.withValue(folder.place) { _ = WorkerGroup.make(memory: 1 << 30) }
      #expect(Set(folder.names) == Set(names.dropFirst()))
      for name in names { rmdir(folder.path + "/" + name) }
    }

    @Test("an analysis runs in a group, the report says so, and nothing of it is left")
    func analysis() throws {
      let folder = try GroupFolder()
      var place = folder.place
      place.limits[0].value = "9"
      // The kernel here may count no threads of groups; what the worker makes of it is the same.
      place.limits.append(.init(file: WorkerGroup.Place.threads, value: "64"))
      try WorkerGroup.$place.withValue(place) {
        let isolation = try #require(Isolation.look())
        #expect(isolation.group && isolation.isStrong)
        let memory = try #require(isolation.lines.first { $0.name == "memory" })
        #expect(memory.isEnforced && memory.means.hasPrefix("a group of its own (cgroup v2), limits"))
        let worker = try AttackedWorker([("getppid() < 0", "")])
        #expect(try worker.attempt(as: .own) == [0])
      }
      #expect(folder.names == [])
      try WorkerGroup.$place.withValue(nil) {
        let isolation = try #require(Isolation.look())
        #expect(!isolation.group)
        #expect(
          isolation.lines.first { $0.name == "memory" }?.means.hasPrefix("limits of the process") == true)
      }
    }

    /// Where the kernel limits memory of groups of version 2; with those of version 1, which many containers have, it does
    /// not.
    @Test(
      "where the kernel limits a group's memory, what a worker keeps in files counts too, and who takes too much is ended",
      .enabled(if: WorkerGroup.place != nil, "the kernel limits no memory of cgroup v2 for this program here")
    )
    func memory() throws {
      let isolation = try #require(Isolation.current)
      #expect(isolation.group && isolation.threads)
      let attack = AttackedWorker.filledAndTaken
      var limits = PluginLimits()
      limits.memory = 400 << 20
      let worker = try AttackedWorker([(attack, "")])
      let problem = try #require(throws: PluginProblem.self) { try worker.attempt(as: .own, limits: limits) }
      #expect(
        problem.message.contains("SIGKILL") && problem.message.contains("400 MB of memory"), "\(problem)")
      let free = try WorkerGroup.$place.withValue(nil) { try worker.attempt(as: .own, limits: limits) }
      #expect(free == [0])
    }
  }
}
