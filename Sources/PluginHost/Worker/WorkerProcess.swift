import CPluginTransport
import Dispatch
import FoundationEssentials
import Glibc

/// A process that is the host's: started, spoken with over a socket, and ended with all that it holds.
///
/// Used by one thread at a time.
final class WorkerProcess: PluginLine {
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
  private let scratch: ScratchFolder
  /// What it writes to standard error.
  let errors: WorkerErrors
  private let memory: Int
  /// What it was born into, where the program may make groups.
  private let group: WorkerGroup?
  private var input = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 8)
  /// What was received and not yet taken.
  private var start = 0
  private var end = 0
  private var isEnded = false
  /// When its scratch folder is looked at next.
  private var lookAt = DispatchTime.now() + 0.25
  private var isOverQuota = false
  /// Whether anything came from it since it was let go on.
  private(set) var hasSpoken = false
  /// How many runs it has served.
  var runs = 0

  /// `PT_MOST_SENT`, as a number that Swift can read: no frame or line that comes is longer.
  static let mostReceived = 0x400_0000

  /// How a process is started.
  struct Start {
    var executable: String
    /// Its arguments and its environment, with the folder that it may write to.
    var arguments: (_ scratch: ScratchFolder) throws(PluginProblem) -> [String]
    var environment: (_ scratch: String) -> [String: String]
    /// The memory that it may have, for the words where it ends.
    var memory = 0
    /// Whether it keeps the terminal, for whoever debugs it.
    var keepsTerminal = false
  }

  convenience init(_ launch: WorkerLaunch) throws(PluginProblem) {
    guard let executable = WorkerLaunch.executable else { throw .workerMissing }
    try self.init(
      Start(
        executable: executable, arguments: launch.arguments, environment: launch.environment,
        memory: launch.limits.memory))
  }

  init(_ start: Start) throws(PluginProblem) {
    memory = start.memory
    scratch = try ScratchFolder()
    let spawned: WorkerSpawn
    (spawned, group) = try WorkerSpawn.start(
      start.executable, try start.arguments(scratch), start.environment(scratch.path), memory: start.memory,
      keepsTerminal: start.keepsTerminal)
    (pid, socket) = (spawned.pid, spawned.socket)
    errors = WorkerErrors(spawned.errors)
  }

  deinit {
    terminate()
    input.deallocate()
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
  func line(most: Int, isOver: () -> Bool) throws(Silence) -> UnsafeRawBufferPointer {
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
        hasSpoken = true
        attend()
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
    attend()
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

  /// While it is waited for: takes what it writes to standard error, and looks at how much it keeps on the disk, where
  /// the kernel does not.
  private func attend() {
    errors.drain()
    guard DispatchTime.now() > lookAt else { return }
    lookAt = DispatchTime.now() + 0.25
    guard scratch.isOverQuota else { return }
    isOverQuota = true
    kill(pid, SIGKILL)
  }

  // MARK: Waiting for the next run

  /// Stops it where it is: between runs nothing of a plugin runs, neither threads nor handlers of signals that it left.
  func rest() { kill(pid, SIGSTOP) }

  /// Lets it go on; what was to end it meanwhile does so now.
  func resume() {
    hasSpoken = false
    kill(pid, SIGCONT)
  }

  // MARK: Ending

  /// Asks it to end its run.
  func askToEnd() { kill(pid, Int32(PT_CANCEL_SIGNAL)) }

  /// Says no more to it, and waits until it has ended by itself.
  func finish() {
    guard !isEnded else { return }
    isEnded = true
    resume()
    close(socket)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    scratch.remove()
  }

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
        own = WorkerEnd(
          status: status, peak: usage.ru_maxrss * 1024, memory: memory, isOverQuota: isOverQuota,
          hadNoMemory: group?.isFull ?? false)
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
    errors.drain()
    scratch.remove()
    return own
  }
}

/// How a worker ended by itself.
struct WorkerEnd {
  let status: Int32
  let peak: Int
  let memory: Int
  /// Whether it was ended since it kept too much in its scratch folder.
  var isOverQuota = false
  /// Whether the kernel ended it since its group had no memory left.
  var hadNoMemory = false

  /// The signal that ended it.
  var signal: Int32? { status & 0x7f != 0 ? status & 0x7f : nil }
  /// The status that it ended with.
  var code: Int32 { (status >> 8) & 0xff }
  /// Whether it refused to go on since this kernel lacks what would hold it; the number is in `worker.h`.
  var lacksIsolation: Bool { status & 0x7f == 0 && code == 77 }
  /// Whether it had come near to all the memory that it may have.
  var wasFull: Bool { hadNoMemory || memory > 0 && peak > memory / 10 * 7 }
}
