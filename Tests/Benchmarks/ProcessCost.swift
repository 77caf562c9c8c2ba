import Foundation
import Glibc
import Synchronization

/// What a program took from its start to its end.
struct ProcessCost {
  var seconds: Double
  /// The most memory that it held at once, as the kernel told it every 5 ms; no number where that was not asked for.
  var megabytes: Double
}

/// A program that could not be run, or failed.
struct ProcessFailure: Error, CustomStringConvertible {
  var description: String
}

/// Runs a program to its end, without output. Foundation's Process notices an end only every 50 ms or so.
/// - Parameter isWatched: whether its memory is asked for, which takes time that many at once would miss.
/// - Throws: where it cannot be run, or ends with another status than 0.
func runToEnd(
  _ path: String, _ arguments: [String], environment: [String: String], isWatched: Bool = true
) throws -> ProcessCost {
  let words = ([path] + arguments).joined(separator: " ").prefix(400)
  let errors = tmpfile()
  defer { if let errors { fclose(errors) } }
  guard let errors else { throw ProcessFailure(description: "no temporary file for what \(words) says") }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
  posix_spawn_file_actions_adddup2(&actions, fileno(errors), STDERR_FILENO)
  var argv = ([path] + arguments).map { strdup($0) } + [nil]
  var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
  defer { for pointer in argv + envp { free(pointer) } }
  var process: pid_t = 0
  let start = DispatchTime.now().uptimeNanoseconds
  guard posix_spawn(&process, path, &actions, nil, &argv, &envp) == 0 else {
    throw ProcessFailure(description: "\(words) cannot be run")
  }
  let ending = Ending(of: process)
  var kilobytes = 0
  // What getrusage tells of a child counts what its parent held before the child became another program.
  while !ending.wait(milliseconds: isWatched ? 5 : 60_000) {
    if isWatched { kilobytes = max(kilobytes, peakMemory(of: process)) }
  }
  let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1_000_000_000
  guard ending.status == 0 else {
    rewind(errors)
    var said = [CChar](repeating: 0, count: 2_000)
    let count = fread(&said, 1, said.count - 1, errors)
    let text = String(decoding: said[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    throw ProcessFailure(description: "\(words): wait status \(ending.status): \(text)")
  }
  return ProcessCost(seconds: seconds, megabytes: kilobytes == 0 ? .nan : Double(kilobytes) / 1_024)
}

/// The most memory that a process has held so far, in kilobytes; 0 where it is no more.
private func peakMemory(of process: pid_t) -> Int {
  guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
    let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
  else { return 0 }
  return line.split(separator: " ").compactMap { Int($0) }.first ?? Int(line.filter(\.isNumber)) ?? 0
}

/// The end of a process, which a thread of its own waits for.
private final class Ending: Sendable {
  private let done = DispatchSemaphore(value: 0)
  private let found = Mutex<Int32>(-1)

  init(of process: pid_t) {
    Thread.detachNewThread { [self] in
      var status: Int32 = 0
      _ = waitpid(process, &status, 0)
      found.withLock { $0 = status }
      done.signal()
    }
  }

  /// Whether it ended within so long.
  func wait(milliseconds: Int) -> Bool {
    done.wait(timeout: .now() + .milliseconds(milliseconds)) == .success
  }

  var status: Int32 { found.withLock { $0 } }
}
