/// One thing that a worker is held to.
struct IsolationLine: Hashable {
  /// What it is about.
  let name: String
  let isEnforced: Bool
  /// What holds, or what does not.
  let words: String
  /// What keeps it.
  let means: String
}

// Each line is tried by the test in Tests/PluginHostTests/Isolation that has its name.
extension Isolation {
  /// What holds here, line by line.
  var lines: [IsolationLine] {
    [
      line(
        "files read", fileMeans, "only its own, the system's libraries and its language's modules",
        "every file of yours"),
      line("files written", fileMeans, "none but in its scratch folder", "every file of yours"),
      line(
        "files' names", view ? "a root folder of its own" : nil, "it sees no file that it may not read",
        "it can learn that a file is there, how large it is and when it was changed"),
      line(
        "files' properties", calls, "no length, mode, owner, time, attribute or lock of a file is changed",
        "modes, owners, times and attributes of your files can be changed"),
      line("scratch folder", quotaMeans, "at most \(ScratchFolder.quota >> 20) MB as a whole", ""),
      line("network", calls, "none, nor sockets of this machine", "all of it"),
      line("programs", calls, "it starts no process and becomes no other program", "it can start programs"),
      line(
        "processes", processMeans, "it signals, traces and slows none but itself", "it can signal yours"),
      line(
        "terminal", "a session of its own", "it has none; what it writes there is limited and made visible",
        ""),
      line(
        "machine", privileges ? calls : nil,
        "no privileges, devices, mounts or settings, even where you are root",
        "where you are root, all that root may do"),
      line(
        "memory", memoryMeans, "at most what --plugin-memory allows",
        "the rest of the memory, through files in it"),
      line(
        "threads", threads ? "the kernel's count" : calls,
        threads ? "at most 64" : "none, since this kernel cannot count them here", "any number"),
      line("environment", "the host", "nothing of yours, and no open file", ""),
    ]
  }

  private var calls: String? { filter ? "the filter of system calls" : nil }

  private var fileMeans: String? {
    let means = (view ? ["a root folder of its own"] : []) + (landlock > 0 ? ["Landlock \(landlock)"] : [])
    // What older versions of Landlock do not know is refused by the filter.
    return means.isEmpty || !filter ? nil : (means + ["the filter of system calls"]).joined(separator: ", ")
  }

  private var processMeans: String? {
    calls.map { landlock >= 6 ? "\($0), Landlock \(landlock)" : $0 }
  }

  private var memoryMeans: String? {
    calls.map { (group ? "a group of its own (cgroup v2), " : "") + "limits of the process, \($0)" }
  }

  private var quotaMeans: String {
    quota ? "a file system of its own" : "the host, which looks four times a second"
  }

  private func line(_ name: String, _ means: String?, _ held: String, _ open: String) -> IsolationLine {
    IsolationLine(
      name: name, isEnforced: means != nil, words: means == nil ? "not enforced: " + open : held,
      means: means ?? "nothing here")
  }
}
