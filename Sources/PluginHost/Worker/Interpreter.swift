import FoundationEssentials

/// What runs a script: its program, and the files that it needs of its own.
enum Interpreter {
  /// The words that start a program: of a script those of its interpreter before it.
  ///
  /// - Parameter chosen: the interpreter that the user wants, a program or a virtual environment of Python.
  static func words(for path: String, chosen: String? = nil) throws(PluginProblem) -> [String] {
    if let chosen { return [try program(chosen), "-u", path] }
    guard path.hasSuffix(".py") else { return interpreted(path) ?? [path] }
    // What pyenv and the like put into PATH are scripts that start others, which a worker does not let them.
    guard let found = find("python3") else { throw .interpreterMissing(path, "python3") }
    return [found, "-u", path]
  }

  /// The interpreter in a virtual environment, or the program itself.
  static func program(_ chosen: String) throws(PluginProblem) -> String {
    for file in [chosen + "/bin/python3", chosen] {
      var isFolder = false
      guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder else {
        continue
      }
      guard isProgram(file) else { throw .noInterpreter(file) }
      return file
    }
    throw .noInterpreter(chosen)
  }

  /// An interpreter in words: its path, and what it really is.
  static func described(_ program: String) -> String {
    let real = URL(filePath: program).resolvingSymlinksInPath().path
    return real == program ? program : "\(program) (\(real))"
  }

  /// The files that an interpreter needs: itself, and the libraries and modules of where it is installed.
  static func files(of program: String) -> [String] {
    let real = URL(filePath: program).resolvingSymlinksInPath()
    let stem = String(real.lastPathComponent.prefix { $0.isLetter })
    var files = [program, real.path]
    // An interpreter stands in PREFIX/bin, its modules in PREFIX/lib; those of a virtual environment beside it.
    let prefixes = [program, real.path].map {
      URL(filePath: $0).deletingLastPathComponent().deletingLastPathComponent().path
    }
    for prefix in prefixes {
      let settings = prefix + "/pyvenv.cfg"
      if FileManager.default.fileExists(atPath: settings) { files.append(settings) }
      for folder in ["/lib", "/lib64", "/local/lib", "/share"] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: prefix + folder)) ?? []
        files += names.filter { !stem.isEmpty && ($0.hasPrefix(stem) || $0.hasPrefix("lib" + stem)) }
          .sorted().map { prefix + folder + "/" + $0 }
      }
    }
    return files
  }

  /// The interpreter that a script names in its first line, and the script. Of what it says only the name counts, looked for
  /// where programs are: a place of its own choosing would be read with what lies beside it.
  private static func interpreted(_ path: String) -> [String]? {
    guard let file = try? ForeignFile(path), let head = file.bytes(at: 0, Int(min(file.size, 256))),
      head.starts(with: Array("#!".utf8))
    else { return nil }
    let line = String(decoding: head, as: UTF8.self).dropFirst(2).prefix { $0 != "\n" }
    var words = line.split(separator: " ").map(String.init)
    if words.first?.hasSuffix("/env") == true { words.removeFirst() }
    guard let name = words.first?.split(separator: "/").last, name != ".", name != "..",
      let found = find(String(name))
    else { return nil }
    return [found] + words.dropFirst() + [path]
  }

  /// A program of a name, in the machine's folders before those of the user.
  private static func find(_ name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    return (["/usr/local/bin", "/usr/bin"] + folders.map(String.init)).map { $0 + "/" + name }
      .first { FileManager.default.isExecutableFile(atPath: $0) && isProgram($0) }
  }

  private static func isProgram(_ path: String) -> Bool {
    guard let file = try? ForeignFile(path) else { return false }
    return file.bytes(at: 0, 4) == [0x7f, 0x45, 0x4c, 0x46]
  }
}
