internal import CLibEdit
public import FoundationEssentials
internal import Glibc

/// A command of the user's shell at work: a pager, an editor, what results are sent to. It shares the terminal with
/// this process, Ctrl-C and Ctrl-Z included.
public final class ShellCommand {
  private let process: pid_t
  private var input: Int32

  /// Starts `sh -c command`.
  /// - Parameters:
  ///   - feeds: whether its standard input is what ``write(_:)`` sends, rather than the terminal.
  ///   - environment: all of it.
  /// - Throws: `TerminalError.notStarted`.
  public init(
    _ command: String, feeds: Bool, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(TerminalError) {
    var ends: [Int32] = [-1, -1]
    guard !feeds || entente_pipe(&ends) else { throw .notStarted(command, reason: Self.reason(errno)) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    if feeds { posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO) }
    // A pipe that is closed shall end the command, whatever this process makes of the signal.
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in [SIGPIPE, SIGINT, SIGQUIT] { sigaddset(&defaults, signal) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let words = ["sh", "-c", command]
    var argv = words.map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var process: pid_t = 0
    let result = posix_spawn(&process, "/bin/sh", &actions, &attributes, &argv, &envp)
    if feeds { close(ends[0]) }
    guard result == 0 else {
      if feeds { close(ends[1]) }
      throw .notStarted(command, reason: Self.reason(result))
    }
    self.process = process
    input = ends[1]
  }

  /// Sends the command a text.
  /// - Returns: whether it took it; one that has ended, or closed its input, takes no more.
  public func write(_ text: String) -> Bool {
    guard input >= 0 else { return false }
    let before = signal(SIGPIPE, SIG_IGN)
    defer { _ = signal(SIGPIPE, before) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      bytes = bytes.dropFirst(count)
    }
    return true
  }

  /// Ends its input and waits for it to end.
  /// - Returns: its exit status, or 128 and the signal that ended it.
  @discardableResult
  public func finish() -> Int32 {
    if input >= 0 { close(input) }
    input = -1
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }

  /// Whether the shell finds the program that a command begins with.
  public static func isFound(
    _ command: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Bool {
    guard let program = command.split(separator: " ").first.map(String.init) else { return false }
    if program.contains("/") { return access(program, X_OK) == 0 }
    return (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").contains {
      access("\($0)/\(program)", X_OK) == 0
    }
  }

  private static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }
}
