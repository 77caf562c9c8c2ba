import Foundation
import TestRegistry
import Testing

/// What a plugin in Python must not be able to do, tried from within; libraries are tried by the tests of the host.
@Suite("Isolation of programs", .serialized)
struct PythonIsolationTests {
  private let program: Program

  init() throws { program = try Program() }

  private static let attacks = [
    "os.fork()", "os.execv('/usr/bin/python3', ['python3'])", "os.execv(sys.executable, [sys.executable])",
    "os.posix_spawn('/bin/true', ['true'], {})", "subprocess.run(['/bin/true'])", "socket.socket()",
    "socket.socketpair()", "os.memfd_create('m')", "open('/etc/passwd')", "open(SECRET)", "os.stat(SECRET)",
    "os.stat('/root')", "os.listdir('/')", "os.listdir('/home')", "os.scandir('/proc')",
    "os.readlink(f'/proc/{os.getppid()}/cwd')", "open(f'/proc/{os.getppid()}/environ')",
    "open(__file__, 'a')", "os.unlink(__file__)", "open(os.path.dirname(__file__) + '/new', 'w')",
    "os.chmod(__file__, 0o777)", "os.utime(__file__)", "os.truncate(__file__, 0)",
    "os.setxattr(__file__, 'user.a', b'b')", "os.symlink('/etc', 'link')", "os.link(__file__, 'link')",
    "os.mkfifo('fifo')", "os.mknod('node')", "os.kill(os.getppid(), 0)", "os.kill(1, 0)", "os.setsid()",
    "os.setpgid(0, 0)", "os.nice(1)", "os.sched_setaffinity(0, {0})",
    "os.setpriority(os.PRIO_PROCESS, os.getppid(), 5)", "fcntl.fcntl(0, fcntl.F_SETOWN, os.getppid())",
    "fcntl.flock(open(__file__), fcntl.LOCK_EX)", "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "open('/dev/tty', 'r+')", "os.openpty()", "termios.tcgetattr(2)", "os.ttyname(2)", "os.chroot('.')",
    "os.setuid(0)", "os.environ['USER']", "os.environ['LC_ALL']", "os.environ['PATH']",
    "mmap.mmap(-1, 3 << 30)", "libc('inotify_init1', 0)", "libc('fchmodat', -100, __file__.encode(), 511, 0)",
    "libc('ptrace', 16, os.getppid(), 0, 0)", "libc('prctl', 1, 0)", "libc('unshare', 0x10000000)",
    "socket.socket(socket.AF_UNIX).connect('\\0entente')", "socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)",
    "open(f'/proc/{os.getppid()}/mem', 'rb')", "open(f'/proc/{os.getppid()}/fd/0')", "os.killpg(0, 0)",
    "os.kill(0, 0)",
    "os.kill(-1, 0)", "os.pidfd_open(os.getppid())", "os.openpty()",
    "os.fdopen(os.open('/dev/ptmx', os.O_RDWR))",
    "libc('process_vm_readv', os.getppid(), 0, 0, 0, 0, 0)", "libc('execveat', -100, b'/bin/true', 0, 0, 0)",
    "libc('vfork')", "libc('setns', 3, 0)",
    "libc('syscall', 424, 3, 0, 0, 0)", "libc('syscall', 425, 8, ctypes.create_string_buffer(120))",
    "libc('syscall', 438, 3, 0, 0)", "libc('syscall', 447, 0)", "libc('setsid')",
    "libc('shmget', 0, 4096, 0o600)",
    "os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))",
  ]

  @Test("each is refused, and what a program needs is there")
  func refused() throws {
    defer { program.remove() }
    let secret = try program.write("secret", to: "secret.entente")
    let attempts = Self.attacks.map { "attempt(lambda: \($0))" }.joined(separator: ", ")
    let manifest =
      #"{"contract": 1, "name": "attacks", "version": "1", "summary": "s", "analyses": [{"name": "attacks", "summary": "s", "columns": [{"name": "a", "type": "text", "summary": "s"}]}]}"#
    let folder = program.home.appending(path: "attacks")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try """
    import ctypes, fcntl, json, mmap, os, resource, socket, subprocess, sys, tempfile, termios  # entente_plugin
    SECRET = '\(secret)'
    def libc(name, *arguments):
        if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments) < 0: raise OSError(ctypes.get_errno(), name)
    def attempt(body):
        try: body()
        except (OSError, KeyError, ValueError, termios.error): return 'refused'
        return 'done'
    def say(**line): print(json.dumps(line), flush=True)
    say(entente=1, manifest=json.loads('''\(manifest)'''))
    for line in sys.stdin:
        say(columns=[{"name": "a", "type": "text"}])
        with tempfile.NamedTemporaryFile() as file: file.write(b'x')
        os.mkdir('folder'); os.rmdir('folder')
        say(emit=[[word] for word in [\(attempts)]])
        say(done=True)
    """.write(to: folder.appending(path: "attacks.py"), atomically: true, encoding: .utf8)
    let installed = try program.run(["--registry", program.registry, "-c", "plugin install attacks"])
    #expect(installed.status == 0, "\(installed.errors)")
    let outcome = try program.run(["--registry", program.registry, "-c", "attacks"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let words = outcome.output.split(separator: "\n").dropFirst()
    #expect(words.count == Self.attacks.count)
    // A worker that AddressSanitizer watches (`make sanitize`) sets no limit of address space; on others this is tried.
    let notRefused = Program.watchedWorker != nil ? ["mmap.mmap(-1, 3 << 30)"] : []
    for (attack, word) in zip(Self.attacks, words) where !notRefused.contains(attack) {
      #expect(word == "refused", "\(attack)")
    }
    #expect(try String(contentsOfFile: secret, encoding: .utf8) == "secret")
  }
}
