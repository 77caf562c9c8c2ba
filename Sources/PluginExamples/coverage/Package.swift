// swift-tools-version: 6.2
import PackageDescription

// The parts of Entente that it needs stand beside it; `plugin new NAME language swift` copies them into the project.
let package = Package(
  name: "coverage",
  products: [.library(name: "Coverage", type: .dynamic, targets: ["Coverage"])],
  targets: [
    .target(name: "CEntentePlugin", path: "../../CEntentePlugin"),
    .target(name: "PluginKit", dependencies: ["CEntentePlugin"], path: "../../PluginKit"),
    .target(name: "Coverage", dependencies: ["CEntentePlugin", "PluginKit"]),
  ]
)
