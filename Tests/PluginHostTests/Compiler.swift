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
  /// Declarations before all functions.
  var head = ""
  /// Statements before `init` ends well; `plugin` is filled by then.
  var start = ""
  /// What `run` does.
  var run = "return host->columns(call, columns, 2);"
  /// What the compiler is told besides.
  var flags: [String] = []
  /// The name of the entry.
  var entry = "entente_plugin_init_v1"
  /// What it says of itself.
  var manifest = CPlugin.manifest
  /// What it says of itself.
  static let manifest = #"""
    {"contract": 1, "name": "probe", "version": "1", "summary": "s", "analyses": [{"name": "probe", "summary": "s",
     "parameters": [{"name": "limit", "summary": "a number", "type": "integer", "minimum": 1, "maximum": 9},
      {"name": "shape", "summary": "a shape", "type": "choice", "choices": ["round", "flat"], "default": ["flat"]}],
     "addsColumns": true,
     "columns": [{"name": "a", "type": "text", "summary": "s"}, {"name": "b", "type": "real", "summary": "s"}],
     "examples": []}]}
    """#

  /// Compiles it into a directory and answers with the library's path.
  func build(in directory: TemporaryDirectory, as name: String = "libprobe.so") throws -> String {
    let source = try directory.write(Data(text.utf8), to: "probe.c")
    let library = directory.path + "/" + name
    try Compiler.run(["-std=c99", "-shared", "-fPIC", "-o", library, source] + flags)
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
    let manifest = manifest.replacing("\"", with: "\\\"").replacing("\n", with: " ")
    return """
      #define _GNU_SOURCE
      #include "entente_plugin.h"
      #include <dlfcn.h>
      #include <errno.h>
      #include <fcntl.h>
      #include <grp.h>
      #include <linux/fs.h>
      #include <math.h>
      #include <pthread.h>
      #include <sched.h>
      #include <signal.h>
      #include <stdlib.h>
      #include <sys/file.h>
      #include <sys/ioctl.h>
      #include <sys/ipc.h>
      #include <sys/mman.h>
      #include <sys/mount.h>
      #include <sys/msg.h>
      #include <sys/personality.h>
      #include <sys/prctl.h>
      #include <sys/ptrace.h>
      #include <sys/resource.h>
      #include <sys/sem.h>
      #include <sys/shm.h>
      #include <sys/socket.h>
      #include <sys/stat.h>
      #include <sys/syscall.h>
      #include <sys/sysmacros.h>
      #include <sys/time.h>
      #include <sys/uio.h>
      #include <sys/un.h>
      #include <sys/wait.h>
      #include <sys/xattr.h>
      #include <termios.h>
      #include <time.h>
      #include <unistd.h>
      #include <stdio.h>
      #include <string.h>
      #define TEXT(s) ((entente_text){(s), sizeof(s) - 1})
      static const char manifest[] = "\(manifest)";
      static const entente_column columns[] = {{TEXT("a"), ENTENTE_TEXT, 0}, {TEXT("b"), ENTENTE_REAL, 0}};
      \(head)
      static const char *of_host(const char *file) {
        static char path[100];
        snprintf(path, sizeof path, "/proc/%d/%s", (int)getppid(), file);
        return path;
      }
      static void *waiting(void *unused) { sleep(100); return unused; }
      /* How many threads there can be, of at most a thousand. */
      static int many_threads(void) {
        pthread_attr_t attributes;
        pthread_t thread;
        int count = 0;
        pthread_attr_init(&attributes);
        pthread_attr_setstacksize(&attributes, 64 << 10);
        while (count < 1000 && pthread_create(&thread, &attributes, waiting, NULL) == 0) count++;
        return count;
      }
      /* How many bytes the scratch folder takes in many files, up to 512 MB. */
      static int64_t filled(void) {
        static char block[1 << 20];
        int64_t size = 0;
        memset(block, 1, sizeof block);
        for (int i = 0; i < 16; i++) {
          char name[20];
          snprintf(name, sizeof name, "fill%d", i);
          int file = open(name, O_CREAT | O_WRONLY, 0600);
          for (int j = 0; j < 32; j++) {
            ssize_t written = write(file, block, sizeof block);
            if (written <= 0) break;
            size += written;
          }
          close(file);
        }
        return size;
      }
      /* The number of the terminal that the process has; 0 for none. */
      static int own_terminal(void) {
        char text[600] = "";
        int terminal = -1, file = open("/proc/self/stat", O_RDONLY);
        if (read(file, text, sizeof text - 1) > 0 && strrchr(text, ')'))
          sscanf(strrchr(text, ')') + 1, " %*c %*d %*d %*d %d", &terminal);
        close(file);
        return terminal;
      }
      /* The first descriptor that is open from this one on; negative where none is. */
      static int first_open(int from) {
        for (; from < 1024; from++) if (fcntl(from, F_GETFD) >= 0) return from;
        return -1;
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
