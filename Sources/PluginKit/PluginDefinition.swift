public import CEntentePlugin
import FoundationEssentials

/// A plugin: its name, version and analyses.
///
/// A plugin's whole entry is:
///
///     @c(entente_plugin_init_v1)
///     public func start(
///       _ host: UnsafePointer<entente_host>, _ plugin: UnsafeMutablePointer<entente_plugin>
///     ) -> Int32 {
///       PluginDefinition("membership", "1.0.0", "Who is in what", [Overlap()]).start(host, plugin)
///     }
public struct PluginDefinition: Sendable {
  let name: String
  let version: String
  let summary: String
  let analyses: [any Analysis]

  /// A plugin of its name (lower-case words joined by hyphens), version, what it is about, and its analyses.
  public init(_ name: String, _ version: String, _ summary: String, _ analyses: [any Analysis]) {
    self.name = name
    self.version = version
    self.summary = summary
    self.analyses = analyses
  }

  /// Tells the host what the plugin offers: what `entente_plugin_init_v1` is to return.
  public func start(
    _ host: UnsafePointer<entente_host>, _ plugin: UnsafeMutablePointer<entente_plugin>
  ) -> Int32 {
    let needed = UInt64(MemoryLayout<entente_plugin>.size)
    guard plugin.pointee.size >= needed, host.pointee.size >= UInt64(MemoryLayout<entente_host>.size) else {
      return Int32(ENTENTE_UNSUPPORTED)
    }
    plugin.pointee.size = needed
    plugin.pointee.needs_minor = UInt32(ENTENTE_CONTRACT_MINOR)
    plugin.pointee.needs_features = 0
    do {
      plugin.pointee.manifest = lastingText(try Manifest(self).json())
    } catch {
      plugin.pointee.problem = lastingText(Array("the manifest cannot be written: \(error)".utf8))
      return Int32(ENTENTE_FAILED)
    }
    // The library is never unloaded, so what the table points to is meant to stay.
    plugin.pointee.context = Unmanaged.passRetained(AnalysisTable(analyses)).toOpaque()
    plugin.pointee.run = runAnalysis
    return Int32(ENTENTE_OK)
  }
}

/// The analyses of a plugin by name, behind the pointer that the plugin table carries.
private final class AnalysisTable: Sendable {
  let analyses: [String: any Analysis]

  init(_ analyses: [any Analysis]) {
    self.analyses = Dictionary(analyses.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

/// A copy of a text that lasts as long as the process.
private func lastingText(_ bytes: [UInt8]) -> entente_text {
  let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: bytes.count)
  _ = copy.initialize(from: bytes.lazy.map(CChar.init(bitPattern:)))
  return entente_text(bytes: UnsafePointer(copy.baseAddress), length: UInt64(bytes.count))
}

/// What the plugin table's `run` points to.
private func runAnalysis(
  _ host: UnsafePointer<entente_host>?, _ call: OpaquePointer?, _ plugin: UnsafePointer<entente_plugin>?,
  _ request: UnsafePointer<entente_request>?
) -> Int32 {
  guard let host, let call, let request, let context = plugin?.pointee.context else {
    return Int32(ENTENTE_FAILED)
  }
  let table = Unmanaged<AnalysisTable>.fromOpaque(context).takeUnretainedValue()
  let name = String(request.pointee.analysis)
  let given = UnsafeBufferPointer(
    start: request.pointee.arguments, count: Int(request.pointee.argument_count))
  let arguments = given.map { argument in
    let values = UnsafeBufferPointer(start: argument.values, count: Int(argument.count))
    return (String(argument.name), values.map(Datum.init))
  }
  let analysis = table.analyses[name]
  let run = Call(
    host: host, call: call, arguments: Dictionary(arguments, uniquingKeysWith: { first, _ in first }),
    columns: analysis?.columns ?? [], evidence: analysis?.evidence ?? [], moment: Moment(request.pointee))
  do {
    guard let analysis else {
      throw AnalysisFailure("analysis-unknown", "this plugin has no analysis `\(name)`")
    }
    try analysis.run(run)
    try run.finish()
    return Int32(ENTENTE_OK)
  } catch let ended as CallEnded {
    return ended.status
  } catch let failure as AnalysisFailure {
    return run.fail(failure)
  } catch {
    return run.fail(AnalysisFailure("analysis-error", "\(error)"))
  }
}
