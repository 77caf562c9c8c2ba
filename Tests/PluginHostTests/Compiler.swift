import Foundation

@testable import PluginHost

/// The C compiler that stands beside Swift.
enum Compiler {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  static let headers = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Sources/CEntentePlugin/include").standardizedFileURL.path

  /// Compiles, and throws what the compiler says where it says anything.
  static func run(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = try clang()
    process.arguments = ["-I", headers] + arguments
    let output = Pipe()
    process.standardError = output
    try process.run()
    let words = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: String(decoding: words, as: UTF8.self))
    }
  }

  private static func clang() throws -> URL {
    let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    for directory in directories {
      let file = "\(directory)/clang"
      if FileManager.default.isExecutableFile(atPath: file) { return URL(fileURLWithPath: file) }
    }
    throw Failure(description: "no clang in PATH; it stands in the directory of the Swift toolchain")
  }
}

/// A plugin in C, with one analysis `probe`, made to misbehave.
struct CPlugin {
  /// Statements before `init` ends well; `plugin` is filled by then.
  var start = ""
  /// What `run` does.
  var run = "return host->columns(call, columns, 2);"
  /// The name of the entry.
  var entry = "entente_plugin_init_v1"
  /// What it says of itself.
  static let manifest = #"""
    {"contract": 1, "name": "probe", "version": "1", "summary": "s", "analyses": [{"name": "probe", "summary": "s",
     "parameters": [{"name": "limit", "summary": "a number", "type": "integer", "minimum": 1, "maximum": 9},
      {"name": "shape", "summary": "a shape", "type": "choice", "choices": ["round", "flat"], "default": ["flat"]}],
     "columns": [{"name": "a", "type": "text", "summary": "s"}, {"name": "b", "type": "real", "summary": "s"}],
     "examples": []}]}
    """#

  /// Compiles it into a directory and answers with the library's path.
  func build(in directory: TemporaryDirectory, as name: String = "libprobe.so") throws -> String {
    let source = try directory.write(Data(text.utf8), to: "probe.c")
    let library = directory.path + "/" + name
    try Compiler.run(["-std=c99", "-shared", "-fPIC", "-o", library, source])
    try directory.setMode(0o755, of: library)
    return library
  }

  /// Its analysis, with the plugin in this process or in a worker.
  func analysis(in directory: TemporaryDirectory, _ place: Plugin.Place) throws -> InstalledAnalysis {
    let library = try build(in: directory)
    let manifest = try PluginManifest(json: Data(Self.manifest.utf8), path: library)
    let plugin = Plugin(path: library, manifest: manifest, manifestPath: nil, place: place)
    return InstalledAnalysis(description: manifest.analyses[0], plugin: plugin)
  }

  private var text: String {
    let manifest = Self.manifest.replacing("\"", with: "\\\"").replacing("\n", with: " ")
    return """
      #define _GNU_SOURCE
      #include "entente_plugin.h"
      #include <errno.h>
      #include <fcntl.h>
      #include <math.h>
      #include <signal.h>
      #include <stdlib.h>
      #include <sys/ptrace.h>
      #include <sys/resource.h>
      #include <sys/prctl.h>
      #include <sys/socket.h>
      #include <sys/stat.h>
      #include <unistd.h>
      #include <stdio.h>
      #include <string.h>
      #define TEXT(s) ((entente_text){(s), sizeof(s) - 1})
      static const char manifest[] = "\(manifest)";
      static const entente_column columns[] = {{TEXT("a"), ENTENTE_TEXT, 0}, {TEXT("b"), ENTENTE_REAL, 0}};
      static const char *of_host(const char *file) {
        static char path[100];
        snprintf(path, sizeof path, "/proc/%d/%s", (int)getppid(), file);
        return path;
      }
      static int32_t run(const entente_host *host, entente_call *call, const entente_plugin *plugin,
                         const entente_request *request) {
        entente_cell row[2];
        memset(row, 0, sizeof row);
        row[0].type = ENTENTE_TEXT;
        row[0].value.text = TEXT("x");
        row[1].type = ENTENTE_REAL;
        row[1].value.real = 1.5;
        \(run)
      }
      int32_t \(entry)(const entente_host *host, entente_plugin *plugin);
      int32_t \(entry)(const entente_host *host, entente_plugin *plugin) {
        plugin->size = sizeof *plugin;
        plugin->manifest = TEXT(manifest);
        plugin->run = run;
        \(start)
        return ENTENTE_OK;
      }
      """
  }
}
