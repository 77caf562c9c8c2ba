internal import CPseudoTerminal
internal import Foundation
internal import Glibc

/// A program in a terminal of its own, with a screen on which to look. One thread uses it.
public final class PseudoTerminal {
  /// How a program ended.
  public enum ExitStatus: Hashable, Sendable {
    case exited(Int32)
    case signalled(Int32)
  }

  /// What goes wrong; a description shows the screen.
  public enum Failure: Error, CustomStringConvertible {
    case setUp(String)
    case timedOut(waitingFor: String, screen: Screen)

    /// What went wrong, in words.
    public var description: String {
      switch self {
      case .setUp(let what): "the pseudo-terminal could not be set up: \(what)"
      case .timedOut(let what, let screen):
        "timed out waiting for \(what); cursor \(screen.cursor.row),\(screen.cursor.column) on\n\(screen.text)"
      }
    }
  }

  /// What the program has written so far, as of the last wait.
  public private(set) var screen: Screen
  /// The same, as bytes.
  public private(set) var output: [UInt8] = []
  /// The id of the process at the terminal.
  public let process: Int32
  private var primary: Int32
  private var status: ExitStatus?

  /// Starts a program with the terminal as its standard input, output and error and as its controlling terminal.
  /// - Parameters:
  ///   - executable: a path.
  ///   - environment: all of it; nothing is inherited.
  ///   - size: in cells.
  ///   - folder: where it starts; that of this process unless given.
  public init(
    executable: String, arguments: [String] = [], environment: [String: String] = [:],
    size: (columns: Int, rows: Int) = (80, 24), folder: String? = nil
  ) throws(Failure) {
    var argv = ([executable] + arguments).map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var primary: Int32 = -1
    process = pseudo_terminal_start(
      executable, &argv, &envp, folder, Int32(size.columns), Int32(size.rows), &primary)
    self.primary = primary
    screen = Screen(columns: size.columns, rows: size.rows)
    guard process > 0 else { throw .setUp(String(cString: strerror(errno))) }
  }

  deinit {
    terminate()
    hangUp()
  }

  /// The folder of another build, where its programs are to be tested (`make test-release`) and not those beside the
  /// tests.
  public static let otherBuild = ProcessInfo.processInfo.environment["ENTENTE_TEST_BUILD"]

  /// The path of an executable that was built beside the tests, or that of the other build.
  public static func executable(named name: String) throws(Failure) -> String {
    let other = otherBuild.map { URL(filePath: $0).appending(path: name).path }
    if let other, FileManager.default.isExecutableFile(atPath: other) { return other }
    let path = ownBuild + "/" + name
    guard FileManager.default.isExecutableFile(atPath: path) else { throw .setUp("no executable \(path)") }
    return path
  }

  /// The folder of the tests.
  public static var ownBuild: String {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
  }

  // MARK: What the user does

  /// Types.
  public func send(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(primary, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Makes the window larger or smaller.
  public func resize(columns: Int, rows: Int) {
    screen.resize(columns: columns, rows: rows)
    _ = pseudo_terminal_resize(primary, Int32(columns), Int32(rows))
  }

  /// Closes the window: the program gets SIGHUP and the end of its input.
  public func hangUp() {
    if primary >= 0 { close(primary) }
    primary = -1
  }

  /// Sends the program a signal.
  public func kill(_ signal: Int32) {
    if status == nil { Glibc.kill(process, signal) }
  }

  /// Ends the program for good, if it still runs.
  public func terminate() {
    guard status == nil else { return }
    kill(SIGKILL)
    var raw: Int32 = 0
    waitpid(process, &raw, 0)
    status = .signalled(SIGKILL)
  }

  // MARK: What the user sees

  /// Waits until the screen is as said.
  /// - Parameter what: for the message when it never is.
  public func waitFor(
    _ what: String, timeout: Duration = .seconds(10), _ condition: (Screen) -> Bool
  ) throws(Failure) {
    let deadline = ContinuousClock.now + timeout
    while true {
      read(patience: 0)
      if condition(screen) { return }
      guard ContinuousClock.now < deadline else { throw .timedOut(waitingFor: what, screen: screen) }
      read(patience: 20)
    }
  }

  /// Waits until a line of the screen is exactly this.
  public func waitFor(line: String, timeout: Duration = .seconds(10)) throws(Failure) {
    try waitFor("the line “\(line)”", timeout: timeout) { $0.lines.contains(line) }
  }

  /// Waits until the program has ended; what it wrote last is on the screen then.
  public func waitForExit(timeout: Duration = .seconds(10)) throws(Failure) -> ExitStatus {
    let deadline = ContinuousClock.now + timeout
    while true {
      if let status { return status }
      var raw: Int32 = 0
      if waitpid(process, &raw, WNOHANG) == process {
        let signal = raw & 0x7F
        status = signal == 0 ? .exited((raw >> 8) & 0xFF) : .signalled(signal)
        while read(patience: 0) {}
      } else {
        guard ContinuousClock.now < deadline else { throw .timedOut(waitingFor: "the exit", screen: screen) }
        if !read(patience: 20) { usleep(1_000) }
      }
    }
  }

  /// The modes of the terminal that a shell relies on, `ECHO` and `ICANON`, and `ISIG`.
  public var modes: (echoes: Bool, isCanonical: Bool, hasSignals: Bool) {
    var settings = termios()
    tcgetattr(primary, &settings)
    func has(_ flag: Int32) -> Bool { settings.c_lflag & tcflag_t(flag) != 0 }
    return (has(ECHO), has(ICANON), has(ISIG))
  }

  // MARK: The machine

  /// Reads once, if something comes within `patience` milliseconds.
  /// - Returns: whether something came.
  @discardableResult
  private func read(patience: Int32) -> Bool {
    var waiting = pollfd(fd: primary, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, patience) > 0, waiting.revents & Int16(POLLIN) != 0 else { return false }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(primary, &bytes, bytes.count)
    guard count > 0 else { return false }
    output += bytes.prefix(count)
    screen.feed(bytes.prefix(count))
    return true
  }
}
