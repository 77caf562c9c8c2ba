import Foundation

/// One thing that a plugin must not be able to do: an expression in C that is negative, with `errno`, where it was
/// refused. `SECRET` is a file of the user's, `FOLDER` the folder that it lies in, and everyone may write to both.
struct Attack: Sendable {
  /// The line of the isolation report that it is against.
  let line: String
  let expression: String
  /// Statements before it.
  let before: String

  init(_ line: String, _ expression: String, before: String = "") {
    self.line = line
    self.expression = expression
    self.before = before
  }

  /// All of them, by kinds; first those that look for what is open, since others open something.
  static let all = environment + files + properties + calls + processes + resources

  /// What a plugin needs, and must be able to do.
  static let needed: [String] = [
    "open(\"scratch\", O_CREAT | O_RDWR, 0600)", "chdir(getenv(\"TMPDIR\"))", "mkdir(\"folder\", 0700)",
    "rename(\"scratch\", \"other\")", "unlink(\"other\")", "rmdir(\"folder\")",
    "open(\"/dev/null\", O_WRONLY)", "open(\"/proc/self/maps\", O_RDONLY)", "kill(getpid(), 0)",
    "open(\"/usr/lib/os-release\", O_RDONLY)", "open(own, O_RDONLY)", "dlopen(own, RTLD_NOW) ? 0 : -1",
    "dlopen(\"libz.so.1\", RTLD_NOW) || dlopen(\"libm.so.6\", RTLD_NOW) ? 0 : -1",
    "mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0",
    "clock_gettime(CLOCK_REALTIME, &(struct timespec){0, 0})",
  ]
}
