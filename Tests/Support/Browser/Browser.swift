import Foundation
import Glibc

/// A headless Chromium that is driven through its pipes (the Chrome DevTools Protocol, a message ended by a zero byte on
/// descriptors 3 and 4), so that tests see what a reader sees.
///
/// It is used from one test at a time; suites that use it are serialized, and share ``shared``.
public final class Browser: @unchecked Sendable {
  public struct Problem: Error, CustomStringConvertible {
    public var description: String
    init(_ description: String) { self.description = description }
  }

  /// One for all tests of a process, started when it is first asked for.
  public static let shared: Result<Browser, any Error> = Result { try Browser() }

  private let process: pid_t
  private let input: Int32
  private let output: Int32
  private let profile: URL
  private var number = 0
  private var unread: [UInt8] = []
  /// What came without being asked for, as ``Page`` takes it.
  private var events: [[String: Any]] = []
  private let lock = NSRecursiveLock()

  private init() throws {
    let places: [String] = ["/usr/bin/chromium", "/usr/bin/chromium-browser"]
    guard let path = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
      throw Problem("chromium is not here: sh .ci/setup test installs it")
    }
    profile = FileManager.default.temporaryDirectory.appending(path: "entente-browser-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: profile, withIntermediateDirectories: true)
    var (toBrowser, fromBrowser): ([Int32], [Int32]) = ([0, 0], [0, 0])
    guard pipe(&toBrowser) == 0, pipe(&fromBrowser) == 0 else { throw Problem("no pipe") }
    for descriptor in toBrowser + fromBrowser { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    // Above what they become in the browser, so that neither takes the other's place.
    let reading = fcntl(toBrowser[0], F_DUPFD_CLOEXEC, 10)
    let writing = fcntl(fromBrowser[1], F_DUPFD_CLOEXEC, 10)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, reading, 3)
    posix_spawn_file_actions_adddup2(&actions, writing, 4)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    // A group of its own, so that all of it can be ended.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    let arguments = [
      path, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
      "--disable-extensions", "--disable-background-networking", "--disable-component-update",
      "--disable-sync",
      "--disable-dev-shm-usage", "--force-color-profile=srgb", "--font-render-hinting=none",
      "--user-data-dir=\(profile.path)", "--remote-debugging-pipe", "about:blank",
    ]
    let environment = ["HOME=\(profile.path)", "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "TZ=UTC"]
    var words = arguments.map { strdup($0) } + [nil]
    var settings = environment.map { strdup($0) } + [nil]
    defer { for word in words + settings { free(word) } }
    var child: pid_t = 0
    let status = posix_spawn(&child, path, &actions, &attributes, &words, &settings)
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
    for descriptor in [toBrowser[0], fromBrowser[1], reading, writing] { close(descriptor) }
    guard status == 0 else { throw Problem("cannot start \(path): \(status)") }
    (process, input, output) = (child, toBrowser[1], fromBrowser[0])
    Self.ended = (child, profile.path)
    atexit { Browser.end() }
    _ = try send("Browser.getVersion")
  }

  /// What is ended with the tests.
  private nonisolated(unsafe) static var ended: (process: pid_t, profile: String)?

  private static func end() {
    guard let ended else { return }
    kill(-ended.process, SIGKILL)
    var status: Int32 = 0
    waitpid(ended.process, &status, 0)
    try? FileManager.default.removeItem(atPath: ended.profile)
  }

  // MARK: Messages

  /// Sends a message and waits for its answer; what comes meanwhile is kept for the page that it is of.
  @discardableResult
  func send(
    _ method: String, _ parameters: [String: Any] = [:], in session: String? = nil
  ) throws -> [String: Any] {
    lock.lock()
    defer { lock.unlock() }
    number += 1
    let mine = number
    var message: [String: Any] = ["id": mine, "method": method, "params": parameters]
    if let session { message["sessionId"] = session }
    try write(try JSONSerialization.data(withJSONObject: message))
    let deadline = Date(timeIntervalSinceNow: 30)
    while true {
      guard let answer = try receive(until: deadline) else { throw Problem("\(method) was not answered") }
      guard answer["id"] as? Int == mine else {
        if answer["method"] != nil { events.append(answer) }
        continue
      }
      if let error = answer["error"] { throw Problem("\(method): \(error)") }
      return answer["result"] as? [String: Any] ?? [:]
    }
  }

  /// Waits for an event of a session; nothing where it does not come in time.
  func event(_ method: String, in session: String, seconds: Double = 30) throws -> [String: Any]? {
    lock.lock()
    defer { lock.unlock() }
    func isWanted(_ event: [String: Any]) -> Bool {
      event["method"] as? String == method && event["sessionId"] as? String == session
    }
    let deadline = Date(timeIntervalSinceNow: seconds)
    while true {
      if let place = events.firstIndex(where: isWanted) { return events.remove(at: place) }
      guard let message = try receive(until: deadline) else { return nil }
      if message["method"] != nil { events.append(message) }
    }
  }

  /// The events of a session so far.
  func takeEvents(of session: String) -> [(method: String, parameters: [String: Any])] {
    lock.lock()
    defer { lock.unlock() }
    // Who waits for a page takes this one.
    func isMine(_ event: [String: Any]) -> Bool {
      event["sessionId"] as? String == session && event["method"] as? String != "Page.loadEventFired"
    }
    let mine = events.filter(isMine)
    events.removeAll(where: isMine)
    return mine.map { ($0["method"] as? String ?? "", $0["params"] as? [String: Any] ?? [:]) }
  }

  private func write(_ message: Data) throws {
    // Of a browser that is gone no signal ends the tests. What they start would inherit it, were it ignored by all of them.
    var (closed, before, now) = (sigset_t(), sigset_t(), timespec())
    sigemptyset(&closed)
    sigaddset(&closed, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &closed, &before)
    defer {
      while sigtimedwait(&closed, nil, &now) == SIGPIPE {}
      pthread_sigmask(SIG_SETMASK, &before, nil)
    }
    var bytes = [UInt8](message) + [0]
    while !bytes.isEmpty {
      let count = Glibc.write(input, bytes, bytes.count)
      guard count > 0 else { throw Problem("the browser is gone") }
      bytes.removeFirst(count)
    }
  }

  private func receive(until deadline: Date) throws -> [String: Any]? {
    while true {
      if let end = unread.firstIndex(of: 0) {
        let message = Data(unread[..<end])
        unread.removeSubrange(...end)
        return try JSONSerialization.jsonObject(with: message) as? [String: Any]
      }
      let left = deadline.timeIntervalSinceNow
      guard left > 0 else { return nil }
      var wanted = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      guard poll(&wanted, 1, Int32(min(left, 30) * 1000) + 1) > 0 else { continue }
      var bytes = [UInt8](repeating: 0, count: 1 << 18)
      let count = read(output, &bytes, bytes.count)
      guard count > 0 else { throw Problem("the browser is gone") }
      unread += bytes[..<count]
    }
  }
}
