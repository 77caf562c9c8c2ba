import CPluginTransport
import Foundation
import Glibc

/// A process that is the host's: started, spoken with over a socket, and ended with all that it holds.
///
/// Used by one thread at a time.
final class WorkerProcess {
  /// Why nothing more comes.
  enum Silence: Error {
    /// It ended or closed the socket.
    case closed
    /// The run is over: somebody wants it to end, or time is up.
    case over
    /// A line without an end.
    case tooLong
  }

  private let pid: pid_t
  private let socket: Int32
  private let scratch: String
  private let memory: Int
  private var input = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 8)
  /// What was received and not yet taken.
  private var start = 0
  private var end = 0
  private var isEnded = false
  /// How many runs it has served.
  var runs = 0

  /// `PT_MOST_SENT`, as a number that Swift can read: no frame or line that comes is longer.
  static let mostReceived = 0x400_0000

  init(_ launch: WorkerLaunch) throws(PluginProblem) {
    guard let executable = WorkerLaunch.executable else { throw .workerMissing }
    memory = launch.limits.memory
    scratch = try WorkerProcess.makeScratch()
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0
    else {
      throw .workerFailed(String(cString: strerror(errno)))
    }
    var size: Int32 = 1 << 20
    for descriptor in ends {
      setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    socket = ends[0]
    let spawned = WorkerProcess.spawn(
      executable, launch.arguments(scratch: scratch), launch.environment(scratch: scratch), ends[1])
    close(ends[1])
    pid = spawned.pid
    if spawned.status != 0 {
      isEnded = true
      close(socket)
      rmdir(scratch)
      throw .workerFailed(String(cString: strerror(spawned.status)))
    }
  }

  deinit {
    terminate()
    input.deallocate()
  }

  private static func makeScratch() throws(PluginProblem) -> String {
    let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
    var template = Array((folder + "/entente-worker-XXXXXX").utf8CString)
    guard let made = template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } })
    else {
      throw .workerFailed("there is no folder for it in \(folder): \(String(cString: strerror(errno)))")
    }
    return String(cString: made)
  }

  private static func spawn(
    _ executable: String, _ arguments: [String], _ environment: [String: String], _ socket: Int32
  ) -> (pid: pid_t, status: Int32) {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, socket, 3)
    // Of its own group, so that Ctrl-C at the terminal is the host's to pass on; no signal of ours ignored or blocked.
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var argv = ([executable] + arguments).map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var pid: pid_t = -1
    let status = posix_spawn(&pid, executable, &actions, &attributes, &argv, &envp)
    return (pid, status)
  }

  // MARK: Speaking

  /// Whether it waits: not gone, and silent.
  var isWaiting: Bool {
    var state = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return !isEnded && start == end && poll(&state, 1, 0) == 0
  }

  /// Sends bytes, and waits for the other side to take them no longer than the run lasts.
  func send(_ bytes: UnsafeRawBufferPointer, isOver: () -> Bool) throws(Silence) {
    var rest = bytes
    while !rest.isEmpty {
      let sent = Glibc.send(
        socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      if sent > 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[sent...])
      } else {
        try wait(for: POLLOUT, isOver)
      }
    }
  }

  /// Sends a frame.
  func send(_ kind: Int, _ payload: UnsafeRawBufferPointer, isOver: () -> Bool) throws(Silence) {
    try send(copying: [UInt32(payload.count), UInt32(kind)], isOver: isOver)
    try send(payload, isOver: isOver)
  }

  /// Sends numbers, as they lie in memory.
  func send(copying numbers: [some BitwiseCopyable], isOver: () -> Bool) throws(Silence) {
    try numbers.withUnsafeBytes { bytes in
      Result { () throws(Silence) in try send(bytes, isOver: isOver) }
    }.get()
  }

  /// The next frame; its payload lives until the next call.
  func frame(isOver: () -> Bool) throws(Silence) -> (kind: Int, payload: UnsafeRawBufferPointer) {
    // Also where frames are there already, however many.
    if isOver() { throw .over }
    try fill(8, isOver)
    let length = Int(input.loadUnaligned(fromByteOffset: start, as: UInt32.self))
    let kind = Int(input.loadUnaligned(fromByteOffset: start + 4, as: UInt32.self))
    guard length <= WorkerProcess.mostReceived else { throw .closed }
    try fill(8 + length, isOver)
    defer { start += 8 + length }
    return (kind, UnsafeRawBufferPointer(rebasing: input[start + 8..<start + 8 + length]))
  }

  /// The next line, without its end; it lives until the next call.
  /// - Parameter most: how many bytes it may have.
  func line(most: Int = mostReceived, isOver: () -> Bool) throws(Silence) -> UnsafeRawBufferPointer {
    if isOver() { throw .over }
    var searched = 0
    while true {
      if let base = input.baseAddress, end > start + searched,
        let place = memchr(base + start + searched, 0x0a, end - start - searched)
      {
        let feed = UnsafeRawPointer(place) - UnsafeRawPointer(base)
        defer { start = feed + 1 }
        return UnsafeRawBufferPointer(rebasing: input[start..<feed])
      }
      searched = end - start
      guard searched < most else { throw .tooLong }
      try fill(searched + 1, isOver)
    }
  }

  /// Waits until so many bytes are there.
  private func fill(_ count: Int, _ isOver: () -> Bool) throws(Silence) {
    if start == end { giveBack() }
    if count > input.count - start { makeRoom(for: count) }
    while end - start < count {
      let got = recv(
        socket, input.baseAddress.map { $0 + end }, input.count - end, Int32(MSG_DONTWAIT))
      if got > 0 {
        end += got
      } else {
        guard got < 0 else { throw .closed }
        try wait(for: POLLIN, isOver)
      }
    }
  }

  /// What every read and write waits by, after one that could not go on: for as long as the run lasts.
  private func wait(for event: Int32, _ isOver: () -> Bool) throws(Silence) {
    guard [EAGAIN, EWOULDBLOCK, EINTR].contains(errno) else { throw .closed }
    if isOver() { throw .over }
    var waiting = pollfd(fd: socket, events: Int16(event), revents: 0)
    // In between somebody may want the run to end.
    poll(&waiting, 1, 20)
  }

  /// Nothing is held: begins at the start again, without memory that only a long message took.
  private func giveBack() {
    (start, end) = (0, 0)
    guard input.count > 4 << 20 else { return }
    input.deallocate()
    input = .allocate(byteCount: 256 * 1024, alignment: 8)
  }

  private func makeRoom(for count: Int) {
    let held = UnsafeRawBufferPointer(rebasing: input[start..<end])
    if count > input.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(count, 2 * input.count), alignment: 8)
      larger.copyMemory(from: held)
      input.deallocate()
      input = larger
    } else if let base = input.baseAddress, let first = held.baseAddress {
      memmove(base, first, held.count)
    }
    end -= start
    start = 0
  }

  // MARK: Ending

  /// Asks it to end its run.
  func askToEnd() { kill(pid, Int32(PT_CANCEL_SIGNAL)) }

  /// Ends it, and says how it had ended before; nothing where it was still there.
  @discardableResult
  func terminate(grace: Int = 0) -> WorkerEnd? {
    guard !isEnded else { return nil }
    isEnded = true
    var (status, usage) = (Int32(0), rusage())
    var own: WorkerEnd?
    // What it was doing when it closed its socket may take a moment to be told.
    for attempt in 0...grace {
      if wait4(pid, &status, WNOHANG, &usage) == pid {
        own = WorkerEnd(status: status, peak: usage.ru_maxrss * 1024, memory: memory)
        break
      }
      if attempt < grace { usleep(1000) }
    }
    kill(-pid, SIGKILL)
    if own == nil {
      kill(pid, SIGKILL)
      while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    }
    close(socket)
    try? FileManager.default.removeItem(atPath: scratch)
    return own
  }
}

/// How a worker ended by itself.
struct WorkerEnd {
  let status: Int32
  let peak: Int
  let memory: Int

  /// The signal that ended it.
  var signal: Int32? { status & 0x7f != 0 ? status & 0x7f : nil }
  /// The status that it ended with.
  var code: Int32 { (status >> 8) & 0xff }
  /// Whether it had come near to all the memory that it may have.
  var wasFull: Bool { memory > 0 && peak > memory / 10 * 7 }
}
