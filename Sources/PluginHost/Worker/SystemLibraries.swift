import CPluginTransport
import FoundationEssentials
import Glibc

/// What the dynamic loader of this machine reads by its own resolution, whatever a library asks for.
enum SystemLibraries {
  /// The loader's folders, the links by which Debian chooses among libraries in them, and the file in which it looks them up:
  /// those that are there.
  static let places: [String] = {
    var configuration = Configuration()
    configuration.read("/etc/ld.so.conf", depth: 0)
    let standard = ["/lib", "/lib64", "/usr/lib", "/usr/lib64"]
    var seen: Set<String> = []
    return (["/etc/ld.so.cache", "/etc/alternatives"] + standard + configuration.folders).filter {
      FileManager.default.fileExists(atPath: $0) && seen.insert($0).inserted
    }
  }()

  /// The folder of the Swift runtime that this program runs with; nothing where it is part of the program.
  static let swiftRuntime: String? = {
    guard let name = pt_library_with("swift_retain") else { return nil }
    let path = String(cString: name)
    return path.hasSuffix(".so")
      ? URL(filePath: path).deletingLastPathComponent().standardizedFileURL.path : nil
  }()

  /// What `ld.so.conf` says.
  private struct Configuration {
    var folders: [String] = []

    mutating func read(_ file: String, depth: Int) {
      guard depth < 8, let text = try? String(contentsOfFile: file, encoding: .utf8) else { return }
      for line in text.split(separator: "\n") {
        let words = line.prefix { $0 != "#" }.split { " \t,:".contains($0) }.map(String.init)
        if words.first == "include" {
          for pattern in words.dropFirst() {
            let base = URL(filePath: file).deletingLastPathComponent().path
            for found in matches(pattern.hasPrefix("/") ? pattern : base + "/" + pattern) {
              read(found, depth: depth + 1)
            }
          }
        } else {
          folders += words.filter { $0.hasPrefix("/") && $0 != "/" }
        }
      }
    }

    private func matches(_ pattern: String) -> [String] {
      var found = glob_t()
      defer { globfree(&found) }
      guard glob(pattern, 0, nil, &found) == 0 else { return [] }
      return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
    }
  }
}
