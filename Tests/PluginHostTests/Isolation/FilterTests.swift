import Foundation
import Testing

@testable import PluginHost

extension PluginHostTests {
  /// The filter of system calls as its source makes it, carried out by a small machine of the tests' own: with the numbers of
  /// this machine, and with those of arm64, which the tests need not run on.
  @Suite("The filter of system calls") struct FilterTests {
    /// What each call is answered in each way of calling it.
    private typealias Answers = [String: [String: String]]

    /// Refused with EPERM; EAGAIN and ENOSYS by their numbers too.
    private static let refused = "1"
    /// Calls that x86-64 kept, and arm64 never had.
    private static let older: Set<String> = [
      "access", "alarm", "arch_prctl", "creat", "dup2", "epoll_create", "epoll_wait", "eventfd", "ioperm",
      "iopl",
      "lstat", "mkdir", "modify_ldt", "open", "pause", "pipe", "poll", "readlink", "rename", "rmdir",
      "select",
      "stat", "time", "unlink",
    ]

    private func run(_ program: String, _ arguments: [String]) throws -> String {
      let process = Process()
      process.executableURL = URL(filePath: program)
      process.arguments = arguments
      let (output, errors) = (Pipe(), Pipe())
      process.standardOutput = output
      process.standardError = errors
      try process.run()
      let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      let wrong = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      try #require(process.terminationStatus == 0, "\(wrong)")
      return said
    }

    private func answers(_ program: String, _ threads: Bool) throws -> Answers {
      var answers: Answers = [:]
      for line in try run(program, threads ? ["threads"] : []).split(separator: "\n") {
        let words = line.split(separator: "\t").map(String.init)
        answers[words[0], default: [:]][words[1]] = words[2]
      }
      return answers
    }

    @Test("answers the same by the numbers of this machine and of arm64, and refuses what it does not know")
    func machines() throws {
      let folder = try TemporaryDirectory()
      let script = SanitizedWorker.checkout + "/Tests/Support/Filter/probe.sh"
      _ = try run("/bin/sh", [script, folder.path])
      for threads in [false, true] {
        let native = try answers(folder.path + "/native", threads)
        let arm64 = try answers(folder.path + "/arm64", threads)
        #expect(native.count > 290 && arm64.count > 290)
        for (call, ways) in arm64 {
          if let own = native[call] {
            #expect(own == ways, "\(call)")
          } else {
            #expect(Set(ways.values) == [Self.refused], "\(call)")
          }
        }
        for (call, ways) in native where arm64[call] == nil {
          #expect(Self.older.contains(call) || Set(ways.values) == [Self.refused], "\(call)")
        }
        for answers in [native, arm64] { check(answers, threads) }
      }
    }

    /// What must be so by whatever numbers.
    private func check(_ answers: Answers, _ threads: Bool) {
      for call in ["read", "mmap", "futex", "exit_group", "newfstatat", "getrandom"] {
        #expect(Set(answers[call, default: [:]].values) == ["allowed"], "\(call)")
      }
      let never = [
        "socket", "connect", "bind", "ptrace", "process_vm_readv", "io_uring_setup", "userfaultfd",
        "perf_event_open",
        "keyctl", "bpf", "memfd_create", "memfd_secret", "execveat", "mount", "unshare", "setns", "fchmodat",
        "truncate",
        "setxattr", "linkat", "symlinkat", "mknodat", "pidfd_open", "pidfd_send_signal", "pidfd_getfd",
        "sendmsg",
        "recvmsg", "flock", "setsid", "no call",
      ]
      for call in never { #expect(Set(answers[call, default: [:]].values) == [Self.refused], "\(call)") }
      for call in ["reboot", "kexec_load", "init_module", "an older call", "an older call of arm"] {
        #expect(Set(answers[call, default: [:]].values) == ["killed"], "\(call)")
      }
      #expect(Set(answers["clone3", default: [:]].values) == ["38"])
      let expected: [(call: String, ways: [String: String])] = [
        (
          "clone",
          [
            "a thread": threads ? "allowed" : "11", "a process": "1", "nothing": "1",
            "a thread with users of its own": "1", "all bits": "1",
          ]
        ),
        ("openat", ["nothing": "allowed", "cut off": "1", "written": "allowed"]),
        ("fcntl", ["an owner": "1", "to another file": "allowed", "ones": "allowed", "all bits": "1"]),
        ("ioctl", ["typed": "1", "how much": "allowed", "all bits": "1"]),
        ("prctl", ["a name": "allowed", "ones": "1", "nothing": "1"]),
        ("kill", ["itself": "allowed", "nothing": "1", "ones": "1", "all bits": "1"]),
        ("tgkill", ["itself": "allowed", "nothing": "1", "ones": "1", "all bits": "1"]),
        ("prlimit64", ["nothing": "allowed", "itself": "allowed", "itself, with more": "1", "ones": "1"]),
        ("sendto", ["the host's line": "allowed", "the host's line, to an address": "1", "nothing": "1"]),
        ("recvfrom", ["the host's line": "allowed", "the host's line, to an address": "1", "nothing": "1"]),
        (
          "execve",
          ["the program": "allowed", "beside the program": "1", "nothing": "1"]
        ),
      ]
      for (call, ways) in expected {
        for (way, answer) in ways { #expect(answers[call]?[way] == answer, "\(call), \(way)") }
      }
    }
  }
}
