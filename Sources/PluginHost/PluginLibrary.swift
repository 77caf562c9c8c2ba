import CEntentePlugin
import Foundation
import Glibc

/// A plugin's library in this process. Once loaded it stays: unloading a Swift image crashes later look-ups.
public struct PluginLibrary: Sendable {
  /// Where it was loaded from.
  public let path: String
  /// What it says of itself.
  public let manifest: PluginManifest
  // A raw pointer is not Sendable; the table is written before it gets here, never changed or freed, and the
  // contract lets `run` be called from any thread.
  nonisolated(unsafe) let table: UnsafePointer<entente_plugin>

  /// The manifest as the library has it, in JSON: what a manifest file beside it holds.
  public var manifestText: String { String(lent: table.pointee.manifest) ?? "" }

  /// Checks a library, loads it and asks what it offers. Runs the library's code.
  public static func load(_ path: String) throws(PluginProblem) -> PluginLibrary {
    try FileTrust.check(path)
    try LibraryHeader.check(path)
    return try OutputGuard.redirecting { () -> Result<PluginLibrary, PluginProblem> in
      Result { () throws(PluginProblem) in try start(path) }
    }.get()
  }

  private static func start(_ path: String) throws(PluginProblem) -> PluginLibrary {
    guard let image = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) else {
      throw .loadFailed(path, dlerror().map { String(cString: $0) } ?? "no reason given")
    }
    let table = try fill(path, try entry(of: image, path))
    let manifest = table.pointee.manifest
    guard let text = String(lent: manifest), !text.isEmpty else {
      throw .manifestInvalid(path, "it is missing or no UTF-8")
    }
    return PluginLibrary(
      path: path, manifest: try PluginManifest(json: Data(text.utf8), path: path), table: table)
  }

  private static func entry(
    of image: UnsafeMutableRawPointer, _ path: String
  ) throws(PluginProblem) -> (
    @convention(c) (
      UnsafePointer<entente_host>?, UnsafeMutablePointer<entente_plugin>?
    ) -> Int32
  ) {
    if let symbol = dlsym(image, ENTENTE_PLUGIN_ENTRY) {
      typealias Entry =
        @convention(c) (
          UnsafePointer<entente_host>?, UnsafeMutablePointer<entente_plugin>?
        ) -> Int32
      return unsafeBitCast(symbol, to: Entry.self)
    }
    for major in 2...9 where dlsym(image, "entente_plugin_init_v\(major)") != nil {
      throw .contractNewer(path, found: "\(major)")
    }
    throw .entryMissing(path)
  }

  /// Has the plugin fill its table, and checks it. The table stays as long as the process, as the library does.
  private static func fill(
    _ path: String,
    _ entry: @convention(c) (UnsafePointer<entente_host>?, UnsafeMutablePointer<entente_plugin>?) -> Int32
  ) throws(PluginProblem) -> UnsafePointer<entente_plugin> {
    let most = UInt64(MemoryLayout<entente_plugin>.size)
    let needed: UInt64 = 72  // entente_plugin of version 1.0; the layout is asserted beside the header
    let table = UnsafeMutablePointer<entente_plugin>.allocate(capacity: 1)
    table.initialize(to: entente_plugin())
    table.pointee.size = most
    let status = entry(HostTable.pointer, table)
    guard status == ENTENTE_OK else {
      throw .initFailed(
        path, status: status, reason: String(lent: table.pointee.problem).flatMap { $0.isEmpty ? nil : $0 })
    }
    guard (needed...most).contains(table.pointee.size) else {
      throw .tableSize(path, found: table.pointee.size, needed: needed, most: most)
    }
    guard table.pointee.needs_minor <= UInt32(ENTENTE_CONTRACT_MINOR) else {
      throw .contractNewer(path, found: "\(ENTENTE_CONTRACT_MAJOR).\(table.pointee.needs_minor)")
    }
    let missing = table.pointee.needs_features & ~HostTable.features
    guard missing == 0 else { throw .featuresMissing(path, bits: missing) }
    guard table.pointee.run != nil else { throw .runMissing(path) }
    return UnsafePointer(table)
  }
}
