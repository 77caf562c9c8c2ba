public import Foundation

/// A PostgreSQL server of the tests' own, of Debian's packages: in a temporary folder, reached by a socket there, as a user
/// who may do nothing. It ends with the tests.
public final class TestServer: Sendable {
  /// Why there is none.
  public struct Problem: Error, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
  }

  /// The one that all tests share, each with schemas of its own. Where it cannot be had they fail.
  public static let shared: Result<TestServer, any Error> = Result { try TestServer() }

  public let folder: URL
  private let programs: String

  /// - Parameter settings: lines of its configuration.
  public init(settings: [String] = []) throws {
    programs = try Self.findPrograms()
    folder = try Self.makeFolder()
    try run(
      "initdb", ["--no-sync", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"])
    try configure(
      [
        "listen_addresses = ''", "unix_socket_directories = '\(folder.path)'", "max_connections = 120",
        "fsync = off", "full_page_writes = off", "max_wal_senders = 10", "autovacuum_naptime = 5s",
      ] + settings)
    try start()
    try endWithTests()
  }

  /// Where a server's files lie, and its socket, whose path must be short.
  private static func makeFolder() throws -> URL {
    let folder = URL(filePath: "/tmp/entente-pg-\(UUID().uuidString.prefix(8))", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if getuid() == 0, let nobody = getpwnam("nobody") {
      chown(folder.path, nobody.pointee.pw_uid, nobody.pointee.pw_gid)
    }
    return folder
  }

  /// A standby of another, which is sent what that one commits.
  public init(standbyOf primary: TestServer, named name: String) throws {
    programs = try Self.findPrograms()
    folder = try Self.makeFolder()
    try run(
      "pg_basebackup",
      [
        "-h", primary.folder.path, "-U", "postgres", "-D", data, "--no-sync", "-c", "fast", "-R", "-X",
        "stream",
        "-d", "application_name=\(name)",
      ])
    try configure(["unix_socket_directories = '\(folder.path)'", "synchronous_standby_names = ''"])
    try start()
    try endWithTests()
  }

  /// Makes a standby a server that is written to.
  public func promote() throws { try run("pg_ctl", ["-D", data, "-w", "-t", "60", "promote"]) }

  /// The newest that is installed.
  private static func findPrograms() throws -> String {
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    let newest = versions.compactMap(Int.init).max().map { "/usr/lib/postgresql/\($0)/bin" }
    guard let newest, FileManager.default.isExecutableFile(atPath: newest + "/postgres") else {
      throw Problem("PostgreSQL's server is missing; sh .ci/setup test installs it")
    }
    return newest
  }

  public var data: String { folder.appending(path: "data").path }

  public func configure(_ lines: [String]) throws {
    let file = try FileHandle(forWritingTo: URL(filePath: data).appending(path: "postgresql.conf"))
    try file.seekToEnd()
    try file.write(contentsOf: Data((["", "# Of the tests"] + lines + [""]).joined(separator: "\n").utf8))
    try file.close()
  }

  public func start() throws {
    try run("pg_ctl", ["-D", data, "-l", folder.appending(path: "log").path, "-w", "-t", "60", "start"])
  }

  /// - Parameter mode: `fast`, or `immediate` as when the power goes.
  public func stop(mode: String = "immediate") throws {
    try run("pg_ctl", ["-D", data, "-w", "-m", mode, "stop"])
  }

  /// Where a registry in a schema of it is.
  public func location(_ schema: String, user: String = "postgres", database: String = "postgres") -> String {
    let host = folder.path.replacing("/", with: "%2F")
    return "postgresql://\(user)@\(host)/\(database)?schema=\(schema)"
  }

  /// Carries out SQL as the owner of the server.
  @discardableResult
  public func sql(_ sql: String) throws -> String {
    try run(
      "psql",
      ["-h", folder.path, "-U", "postgres", "-d", "postgres", "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", sql])
  }

  /// Runs one of its programs as the user whom the server belongs to.
  @discardableResult
  public func run(_ program: String, _ arguments: [String]) throws -> String {
    let output = folder.appending(path: "output-\(UUID().uuidString)").path
    defer { unlink(output) }
    let asNobody =
      getuid() == 0 ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : []
    let process = try spawn(
      asNobody + ["env", "-i", "PATH=\(programs):/usr/bin:/bin", "LANG=C.UTF-8", program] + arguments,
      output: output)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
    guard status == 0 else { throw Problem("\(program) ended with \(status): \(text)") }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Leaves somebody who stops the server and removes its folder when the tests have ended, however they do.
  private func endWithTests() throws {
    let stop = "kill -QUIT $(head -1 \(data)/postmaster.pid)"
    _ = try spawn(
      [
        "sh", "-c",
        "while kill -0 \(getpid()) 2>/dev/null; do sleep 1; done; \(stop); sleep 1; rm -rf \(folder.path)",
      ], output: "/dev/null")
  }

  /// Starts a program that shares nothing with the tests: a server that it leaves behind would keep what they have open.
  private func spawn(_ words: [String], output: String) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    let alone = """
      for file in /proc/self/fd/*; do number=${file##*/}; [ "$number" -gt 2 ] && eval "exec $number>&-"; done
      cd / && exec "$@"
      """
    var arguments = (["bash", "-c", alone, "bash"] + words).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, "bash", &actions, nil, &arguments, environ)
    guard code == 0 else {
      throw Problem("\(words[0]) cannot be started: \(String(cString: strerror(code)))")
    }
    return process
  }
}
