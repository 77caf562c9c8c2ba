// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "entente",
  products: [
    .executable(name: "entente", targets: ["entente"]),
    .executable(name: "entente-worker", targets: ["entente-worker"]),
    .library(name: "PluginKit", targets: ["PluginKit"]),
    .library(name: "Membership", type: .dynamic, targets: ["Membership"]),
    .library(name: "Commitments", type: .dynamic, targets: ["Commitments"]),
    .library(name: "SupplyChain", type: .dynamic, targets: ["SupplyChain"]),
    .library(name: "Evidence", type: .dynamic, targets: ["Evidence"]),
    .library(name: "Chronology", type: .dynamic, targets: ["Chronology"]),
    .library(name: "Network", type: .dynamic, targets: ["Network"]),
  ],
  dependencies: [.package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")],
  targets: [
    // What is special to the machine: C kept behind typed functions.
    .target(name: "CDigest", linkerSettings: [.linkedLibrary("md")]),
    .target(name: "CLibEdit", linkerSettings: [.linkedLibrary("edit")]),
    .target(name: "CEntentePlugin"),
    // Opened when a workbook is first written or read, and built without where it is missing.
    .target(name: "CXLSX"),
    .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),
    // Opened when a location asks for a server.
    .target(name: "CLibPQ"),

    // The model, what keeps it, and the language that speaks of it.
    .target(name: "RegistryModel", exclude: ["NameFolding.generate.py"]),
    .target(name: "RegistryRules", dependencies: ["RegistryModel"]),
    .target(
      name: "RegistryStore", dependencies: ["CDigest", "RegistryModel", "RegistryRules"]),
    .target(
      name: "RelationalStore", dependencies: ["RegistryModel", "RegistryRules", "RegistryStore"]),
    .target(
      name: "SQLiteEngine", dependencies: ["CSQLite", "RegistryModel", "RegistryStore", "RelationalStore"]),
    .target(
      name: "PostgreSQLEngine", dependencies: ["CLibPQ", "RegistryModel", "RegistryStore", "RelationalStore"]),
    .target(name: "CommandLanguage"),
    .target(
      name: "RegistryCommands",
      dependencies: ["CXLSX", "CommandLanguage", "RegistryModel", "RegistryRules", "RegistryStore"]),
    .target(
      name: "Rendering", dependencies: ["CXLSX", "RegistryModel"],
      exclude: ["Pictures/Shapes/Shapes.generate.py"]),

    // Plugins: the SDK, the host, and those that are shipped.
    .target(name: "PluginKit", dependencies: ["CEntentePlugin"]),
    .target(
      name: "CPluginTransport", dependencies: ["CEntentePlugin"], cSettings: [.unsafeFlags(["-gdwarf-4"])]),
    .target(
      name: "PluginHost",
      dependencies: [
        "CEntentePlugin", "CPluginTransport", "CommandLanguage", "RegistryCommands", "RegistryModel",
        "RegistryStore",
      ]),
    // What it says of itself to a debugger is of a form that valgrind reads too.
    .executableTarget(
      name: "entente-worker", dependencies: ["CEntentePlugin", "CPluginTransport"],
      cSettings: [.unsafeFlags(["-gdwarf-4"])]),
    .target(
      name: "Membership", dependencies: ["PluginKit"], path: "Plugins/Membership", exclude: ["README.md"]),
    .target(
      name: "Commitments", dependencies: ["PluginKit"], path: "Plugins/Commitments", exclude: ["README.md"]),
    .target(
      name: "SupplyChain", dependencies: ["PluginKit"], path: "Plugins/SupplyChain", exclude: ["README.md"]),
    .target(name: "Evidence", dependencies: ["PluginKit"], path: "Plugins/Evidence", exclude: ["README.md"]),
    .target(
      name: "Chronology", dependencies: ["PluginKit"], path: "Plugins/Chronology", exclude: ["README.md"]),
    // The only one that uses igraph, which it looks for when it is first needed.
    .target(
      name: "Network", dependencies: ["CIGraph", "PluginKit"], path: "Plugins/Network",
      exclude: ["CIGraph", "README.md"]),
    .target(name: "CIGraph", path: "Plugins/Network/CIGraph"),

    .target(
      name: "Terminal",
      dependencies: ["CLibEdit", "CommandLanguage", "RegistryCommands", "Rendering", "RegistryModel"]),
    .executableTarget(
      name: "entente",
      dependencies: [
        "CommandLanguage", "PluginHost", "PostgreSQLEngine", "RegistryCommands", "RegistryModel",
        "RegistryRules", "RegistryStore", "RelationalStore", "SQLiteEngine", "Rendering", "Terminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .testTarget(name: "RegistryModelTests", dependencies: ["RegistryModel", "SeededNumbers"]),
    .testTarget(
      name: "RegistryRulesTests", dependencies: ["RegistryModel", "RegistryRules", "SeededNumbers"]),
    .testTarget(
      name: "RegistryStoreTests",
      dependencies: [
        "CommandLanguage", "Conformance", "PostgreSQLEngine", "RegistryCommands", "RegistryModel",
        "RegistryRules", "RegistryStore", "RelationalStore", "SQLiteEngine", "SeededNumbers", "TestRegistry",
        "TestServer",
      ]),
    .testTarget(name: "CommandLanguageTests", dependencies: ["CommandLanguage"]),
    .testTarget(
      name: "RegistryCommandsTests",
      dependencies: [
        "CommandLanguage", "Conformance", "RegistryCommands", "RegistryModel", "RegistryRules",
        "RegistryStore",
        "RelationalStore", "SQLiteEngine",
        "ScriptProbe", "SeededNumbers", "TestRegistry",
      ], exclude: ["Corpus", "Fixtures"]),
    .testTarget(
      name: "EntenteTests",
      dependencies: [
        "Browser", "CommandLanguage", "PluginHost", "PseudoTerminal", "RegistryCommands", "RegistryModel",
        "RegistryStore", "Rendering", "SeededNumbers", "TestRegistry", "TestServer", "entente",
        "entente-worker",
      ], exclude: ["Fixtures"]),
    .testTarget(
      name: "PluginHostTests",
      dependencies: [
        "CEntentePlugin", "CPluginTransport", "CThreadUser", "PluginHost", "RegistryModel", "RegistryStore",
        "Rendering", "SeededNumbers", "entente-worker",
      ],
      exclude: ["Corpus", "Released"]
    ),
    .testTarget(name: "PluginKitTests", dependencies: ["PluginKit"]),
    .testTarget(
      name: "RenderingTests", dependencies: ["RegistryModel", "Rendering", "SeededNumbers"],
      exclude: ["Golden"]),
    .testTarget(name: "TerminalTests", dependencies: ["PseudoTerminal", "Terminal", "terminal-probe"]),

    // What `make bench` runs.
    .executableTarget(
      name: "entente-bench",
      dependencies: [
        "BenchPlugin", "PluginHost", "PseudoTerminal", "RegistryModel", "SeededNumbers", "TestServer",
      ],
      path: "Tests/Benchmarks", exclude: ["peers"]),
    .target(
      name: "BenchPlugin", path: "Tests/Support/BenchPlugin", exclude: ["plugin.c"],
      linkerSettings: [.linkedLibrary("sqlite3")]),

    // Registries for tests, and what a session prints on them.
    .target(
      name: "TestRegistry",
      dependencies: [
        "CommandLanguage", "PostgreSQLEngine", "RegistryCommands", "RegistryModel", "RegistryRules",
        "RegistryStore", "RelationalStore", "SQLiteEngine", "Rendering", "TestServer",
      ], path: "Tests/Support/TestRegistry"),
    // A server of the tests' own.
    .target(name: "TestServer", path: "Tests/Support/TestServer"),
    // What reads scripts, given any bytes.
    .target(
      name: "ScriptProbe",
      dependencies: [
        "CommandLanguage", "RegistryCommands", "RegistryModel", "RegistryStore", "RelationalStore",
        "SQLiteEngine",
      ], path: "Tests/Support/ScriptProbe"),
    // What every store must do, whatever keeps it.
    .target(
      name: "Conformance", dependencies: ["RegistryModel", "RegistryRules", "RegistryStore"],
      path: "Tests/Support/Conformance"),
    // Chromium, as tests of pages drive it.
    .target(name: "Browser", path: "Tests/Support/Browser"),
    // Numbers for tests that draw at random.
    .target(name: "SeededNumbers", path: "Tests/Support/SeededNumbers"),
    // Another user for a thread, to run plugins as.
    .target(name: "CThreadUser", path: "Tests/Support/CThreadUser"),
    // The example of a plugin in Swift, which its own folder builds too.
    .target(
      name: "Coverage", dependencies: ["PluginKit"], path: "Sources/PluginExamples/coverage/Sources/Coverage"),
    // The plugin that the documentation of PluginKit shows.
    .target(name: "Companions", dependencies: ["PluginKit"], path: "Tests/Support/Companions"),
    // A plugin that tells what PluginKit makes of relations.
    .target(name: "GraphProbe", dependencies: ["PluginKit"], path: "Tests/Support/GraphProbe"),
    // What tests of interactive programs share: a terminal to run them in, and a small program for the editor's own.
    .target(
      name: "CPseudoTerminal", path: "Tests/Support/CPseudoTerminal", linkerSettings: [.linkedLibrary("util")]
    ),
    .target(name: "PseudoTerminal", dependencies: ["CPseudoTerminal"], path: "Tests/Support/PseudoTerminal"),
    .executableTarget(
      name: "terminal-probe", dependencies: ["Terminal"], path: "Tests/Support/terminal-probe"),
  ]
)

// What `make fuzz` builds, in a folder of its own: the readers of foreign bytes, watched by libFuzzer.
let isFuzzing = Context.environment["ENTENTE_FUZZ"] != nil
if isFuzzing {
  package.targets.append(
    .executableTarget(
      name: "entente-fuzz", dependencies: ["PluginHost", "RegistryModel", "Rendering", "ScriptProbe"],
      path: "Tests/Support/Fuzz", exclude: ["transport.c"],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]))
}

// What is shipped carries the Swift runtime in itself, so that it starts at once and runs where Swift is not installed.
// `swift build --static-swift-stdlib` does not link dynamic libraries.
let shipped = [
  "entente", "entente-worker", "Membership", "Commitments", "SupplyChain", "Evidence", "Chronology",
  "Network",
]
let staticRuntime = ["-static-stdlib"]

// What most of a test run is spent in is optimised in every build.
let optimised = [
  "RegistryModel", "RegistryRules", "RegistryStore", "RelationalStore", "SQLiteEngine", "CommandLanguage",
  "RegistryCommands",
]

for target in package.targets where target.type != .system && target.type != .plugin {
  target.swiftSettings = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ]
  if optimised.contains(target.name) {
    target.swiftSettings?.append(.unsafeFlags(["-O"], .when(configuration: .debug)))
  }
  if shipped.contains(target.name) {
    target.swiftSettings?.append(.unsafeFlags(staticRuntime, .when(configuration: .release)))
    target.linkerSettings =
      (target.linkerSettings ?? []) + [
        .unsafeFlags(staticRuntime, .when(configuration: .release))
      ]
  }
  let fuzzed = [
    "CommandLanguage", "PluginHost", "RegistryCommands", "RegistryModel", "Rendering", "entente-fuzz",
  ]
  if isFuzzing, fuzzed.contains(target.name) {
    target.swiftSettings?.append(.unsafeFlags(["-sanitize=fuzzer", "-parse-as-library"]))
  }
}
