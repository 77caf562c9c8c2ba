import Foundation
import Glibc
import RegistryModel
import Testing

@testable import PluginHost

/// Each way out of a worker, tried.
extension PluginHostTests {
  @Suite("Isolation") struct Escapes {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// Runs attempts in a worker: each is an expression that is negative, with `errno`, where it was refused.
    private func attempt(_ expressions: [String], before: String = "") throws -> [Int64] {
      let rows = expressions.map {
        "errno = 0; row[1].value.real = (\($0)) < 0 ? errno : 0; if (host->emit(call, row, 1)) return 2;"
      }
      let body = "host->columns(call, columns, 2); \(before) \(rows.joined(separator: "\n")) return 0;"
      let table = try PluginHost.run(
        CPlugin(run: body).analysis(in: directory, .worker), arguments: [:], relations: FixtureRelations())
      return table.rows.map { if case .real(let number) = $0[1] { Int64(number) } else { -1 } }
    }

    /// Where the kernel does not enforce it, the doctor says so, and there is nothing to try.
    private static let isolation = Isolation.current

    @Test("the worker is there, and this machine says what it enforces")
    func probe() throws {
      let isolation = try #require(Self.isolation)
      for part in isolation.missing { print("not enforced on this machine, so not tried: \(part)") }
    }

    @Test("no network, no other processes, nothing of the machine", .enabled(if: isolation?.calls == true))
    func calls() throws {
      let attempts = [
        "socket(AF_INET, SOCK_STREAM, 0)", "socket(AF_UNIX, SOCK_STREAM, 0)",
        "socket(AF_NETLINK, SOCK_RAW, 0)",
        "fork()", "vfork()", "execl(\"/bin/true\", \"true\", (char *)0)", "system(\"true\") ? -1 : 0",
        "kill(getppid(), 0)", "kill(-1, 0)", "kill(1, 0)", "ptrace(PTRACE_ATTACH, getppid(), 0, 0)",
        "setsid()",
        "setpgid(0, 0)", "prctl(PR_SET_PDEATHSIG, 0)", "setrlimit(RLIMIT_AS, &most)",
        "chmod(\"/etc/passwd\", 0777)",
        "chroot(\"/tmp\")", "syscall(425, 8, 0)", "syscall(321, 0, 0, 0)",
      ]
      let refused = try attempt(
        attempts, before: "struct rlimit most = {RLIM_INFINITY, RLIM_INFINITY}; (void)most;")
      for (attempt, refused) in zip(attempts, refused) { #expect(refused != 0, "\(attempt)") }
      #expect(refused.count == attempts.count)
    }

    @Test(
      "no writing but in the scratch folder, and no reading of the user's files",
      .enabled(if: isolation?.files == true))
    func files() throws {
      let other = try TemporaryDirectory()
      let secret = try other.write(Data("secret".utf8), to: "registry.entente")
      let attempts = [
        "open(\"\(secret)\", O_WRONLY)", "open(\"\(secret)\", O_RDWR | O_TRUNC)",
        "open(\"\(secret)\", O_RDONLY)",
        "open(\"\(other.path)/new\", O_CREAT | O_WRONLY, 0600)", "unlink(\"\(secret)\")",
        "rename(\"\(secret)\", \"\(secret).2\")", "link(\"\(secret)\", \"\(other.path)/link\")",
        "symlink(\"/etc\", \"\(other.path)/link\")", "mkdir(\"\(other.path)/folder\", 0700)",
        "truncate(\"\(secret)\", 0)", "open(\"\(directory.path)/libprobe.so\", O_WRONLY)",
        "open(\"/etc/new\", O_CREAT | O_WRONLY, 0600)", "open(\"/proc/1/mem\", O_RDWR)",
        "open(of_host(\"mem\"), O_RDONLY)", "open(of_host(\"environ\"), O_RDONLY)",
        "open(\"/proc\", O_RDONLY)", "open(of_host(\"fd/0\"), O_RDONLY)",
        "open(of_host(\"fd/3\"), O_RDWR)", "open(of_host(\"cwd/Package.swift\"), O_RDONLY)",
      ]
      let refused = try attempt(attempts)
      for (attempt, refused) in zip(attempts, refused) { #expect(refused != 0, "\(attempt)") }
      #expect(refused.count == attempts.count)
      #expect(try String(contentsOfFile: secret, encoding: .utf8) == "secret")
      #expect(try FileManager.default.contentsOfDirectory(atPath: other.path) == ["registry.entente"])
    }

    @Test("what a plugin needs is there: its scratch folder, threads, and the system's files")
    func allowed() throws {
      let allowed = try attempt([
        "open(\"scratch\", O_CREAT | O_RDWR, 0600)", "chdir(getenv(\"TMPDIR\"))",
        "open(\"/etc/passwd\", O_RDONLY)",
        "open(\"/dev/null\", O_WRONLY)", "open(\"/proc/self/maps\", O_RDONLY)",
        "unlink(\"scratch\")", "kill(getpid(), 0)",
      ])
      #expect(allowed.count == 7 && allowed.allSatisfy { $0 == 0 })
    }

    @Test("the host's descriptors and environment are none of a plugin's business")
    func descriptors() throws {
      setenv("ENTENTE_TEST_SECRET", "secret", 1)
      defer { unsetenv("ENTENTE_TEST_SECRET") }
      let found = try attempt([
        "getenv(\"ENTENTE_TEST_SECRET\") ? 0 : (errno = ENOENT, -1)", "fcntl(4, F_GETFD)",
        "fcntl(5, F_GETFD)",
      ])
      #expect(found == [Int64(ENOENT), Int64(EBADF), Int64(EBADF)])
    }
  }
}
