import Foundation
import Testing

/// All tests of the host, one after another: loading redirects the process's standard output, and one test looks at it.
@Suite("Plugin host", .serialized) enum PluginHostTests {}

extension PluginHostTests {
  @Suite("Contract header") struct Header {
    @Test(
      "compiles without a warning as C99, C17 and C++17",
      arguments: [["-x", "c", "-std=c99"], ["-x", "c", "-std=c17"], ["-x", "c++", "-std=c++17"]])
    func compiles(language: [String]) throws {
      try Compiler.run(
        language + ["-Wall", "-Wextra", "-pedantic", "-Werror", "-fsyntax-only"]
          + [Compiler.headers + "/entente_plugin.h"])
    }
  }
}
