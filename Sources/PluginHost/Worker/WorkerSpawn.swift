import CPluginTransport
import FoundationEssentials
import Glibc
import RegistryCommands

/// A process as it was started: nothing of the host's reaches it but what is said here.
struct WorkerSpawn {
  let pid: pid_t
  /// Where it is spoken with.
  let socket: Int32
  /// Where it writes to standard error.
  let errors: Int32

  /// Starts the worker.
  ///
  /// - Parameters:
  ///   - group: what it is born into; where that cannot be, it is not started.
  ///   - keepsTerminal: whether it keeps the terminal and writes to the host's standard error, for whoever debugs it.
  init(
    _ executable: String, _ arguments: [String], _ environment: [String: String], group: WorkerGroup? = nil,
    keepsTerminal: Bool = false
  ) throws(PluginProblem) {
    var (line, pipe): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    // The end that is written to is none of the numbers that the worker has.
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &line) == 0,
      pt_pipe(&pipe),
      case let end = fcntl(pipe[1], F_DUPFD_CLOEXEC, 4), end >= 0
    else {
      let reason = String(cString: strerror(errno))
      for end in line + pipe where end >= 0 { close(end) }
      throw .workerFailed(reason)
    }
    close(pipe[1])
    var size: Int32 = 1 << 20
    for descriptor in line {
      setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    _ = fcntl(pipe[0], F_SETFL, O_NONBLOCK)
    let spawned =
      if let group {
        WorkerSpawn.bear(executable, arguments, environment, socket: line[1], errors: end, in: group)
      } else {
        WorkerSpawn.spawn(
          executable, arguments, environment, socket: line[1], errors: keepsTerminal ? STDERR_FILENO : end,
          keepsTerminal: keepsTerminal)
      }
    close(line[1])
    close(end)
    guard spawned.status == 0 else {
      close(line[0])
      close(pipe[0])
      throw .workerFailed(String(cString: strerror(spawned.status)))
    }
    (pid, socket, errors) = (spawned.pid, line[0], pipe[0])
  }

  /// Starts the worker in a group of its own where there can be one, which is told to it.
  ///
  /// - Parameter memory: the most bytes that it may have, 0 for any.
  static func start(
    _ executable: String, _ arguments: [String], _ environment: [String: String], memory: Int,
    keepsTerminal: Bool = false
  ) throws(PluginProblem) -> (WorkerSpawn, WorkerGroup?) {
    if !keepsTerminal, let group = WorkerGroup.make(memory: memory),
      let spawned = try? WorkerSpawn(
        executable, ["--group", group.countsThreads ? "2" : "1"] + arguments, environment, group: group)
    {
      return (spawned, group)
    }
    return (try WorkerSpawn(executable, arguments, environment, keepsTerminal: keepsTerminal), nil)
  }

  private static func spawn(
    _ executable: String, _ arguments: [String], _ environment: [String: String], socket: Int32,
    errors: Int32,
    keepsTerminal: Bool
  ) -> (pid: pid_t, status: Int32) {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    // The socket may be one of the first three.
    posix_spawn_file_actions_adddup2(&actions, socket, 3)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDOUT_FILENO)
    if !keepsTerminal || isatty(STDIN_FILENO) == 0 {
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    }
    // A session of its own has no terminal, and Ctrl-C is the host's to pass on; no signal of ours ignored or blocked.
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    let session = keepsTerminal ? 0 : Int32(PT_SPAWN_SESSION)
    posix_spawnattr_setflags(
      &attributes, Int16(session | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    return withWords([executable] + arguments, environment) { argv, envp in
      var pid: pid_t = -1
      let status = posix_spawn(&pid, executable, &actions, &attributes, argv, envp)
      return (pid, status)
    }
  }

  /// The same, without a terminal, of a process that is born into a group.
  private static func bear(
    _ executable: String, _ arguments: [String], _ environment: [String: String], socket: Int32,
    errors: Int32, in group: WorkerGroup
  ) -> (pid: pid_t, status: Int32) {
    withWords([executable] + arguments, environment) { argv, envp in
      executable.withCString { path in
        var birth = pt_birth(
          path: path, arguments: argv, environment: envp, host: socket, errors: errors,
          group: group.descriptor, failure: 0)
        let pid = pt_bear(&birth)
        if pid > 0, birth.failure != 0 { while waitpid(pid, nil, 0) < 0 && errno == EINTR {} }
        return (pid, birth.failure)
      }
    }
  }

  /// Waits for the end of a process that says a few words and ends.
  func wordsToTheEnd() -> String {
    defer {
      close(socket)
      close(errors)
    }
    _ = fcntl(errors, F_SETFL, 0)
    let words = (try? OpenFile(errors, isOwned: false).readAll()) ?? []
    while waitpid(pid, nil, 0) < 0 && errno == EINTR {}
    return String(decoding: words, as: UTF8.self)
  }

  private typealias Words = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

  private static func withWords<Result>(
    _ arguments: [String], _ environment: [String: String],
    _ body: (Words, Words) -> Result
  ) -> Result {
    let argv = arguments.map { strdup($0) } + [nil]
    let envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    let lists = [argv, envp].map { words in
      let list = Words.allocate(capacity: words.count)
      list.initialize(from: words, count: words.count)
      return list
    }
    defer { for list in lists { list.deallocate() } }
    return body(lists[0], lists[1])
  }
}
