import Foundation
import Glibc

/// What a program took from its start to its end.
struct ProcessCost {
  var seconds: Double
  /// The most memory that it held at once.
  var megabytes: Double
}

/// Runs a program to its end, without output. Foundation's Process notices an end only every 50 ms or so.
/// - Throws: where it cannot be run, or ends with another status than 0.
func runToEnd(_ path: String, _ arguments: [String], environment: [String: String]) throws -> ProcessCost {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
  var argv = ([path] + arguments).map { strdup($0) } + [nil]
  var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
  defer { for pointer in argv + envp { free(pointer) } }
  var process: pid_t = 0
  var status: Int32 = 0
  var usage = rusage()
  let start = DispatchTime.now().uptimeNanoseconds
  guard posix_spawn(&process, path, &actions, nil, &argv, &envp) == 0,
    wait4(process, &status, 0, &usage) == process, status == 0
  else { throw CocoaError(.executableNotLoadable) }
  return ProcessCost(
    seconds: Double(DispatchTime.now().uptimeNanoseconds - start) / 1_000_000_000,
    megabytes: Double(usage.ru_maxrss) / 1_024)
}
