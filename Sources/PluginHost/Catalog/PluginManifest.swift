import CEntentePlugin
import FoundationEssentials

/// What a plugin says of itself.
public struct PluginManifest: Hashable, Sendable {
  /// The plugin's name.
  public var name: String
  /// The plugin's own version; shown, never compared.
  public var version: String
  /// What it is about.
  public var summary: String
  /// What it offers.
  public var analyses: [AnalysisDescription]
  /// In a manifest file: the file name of the library that it describes, where that is not `libNAME.so`.
  var library: String?
  /// In a manifest file: the file name of the program that it describes, where the plugin is no library.
  var program: String?

  /// Reads and checks a manifest.
  ///
  /// - Parameter path: the library or manifest file, for the words of the problem.
  init(json: Data, path: String) throws(PluginProblem) {
    guard json.count <= ENTENTE_MAX_MANIFEST_BYTES else {
      throw .manifestInvalid(path, "it has more than \(ENTENTE_MAX_MANIFEST_BYTES) bytes")
    }
    do {
      self = try JSONDecoder().decode(PluginManifest.self, from: json)
    } catch {
      throw .manifestInvalid(path, PluginManifest.words(for: error))
    }
    if let fault = ManifestCheck.fault(in: self) { throw .manifestInvalid(path, fault) }
    self = shown
  }

  /// Whether both offer the same, wherever they were read.
  func offersTheSame(as other: PluginManifest) -> Bool {
    name == other.name && version == other.version && analyses == other.analyses
  }

  private static func words(for error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    return switch error {
    case .keyNotFound(let key, let context): "`\(place(context.codingPath + [key]))` is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "`\(place(context.codingPath))` is of another kind than expected"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "it is not JSON" : "`\(place(context.codingPath))`: \(context.debugDescription)"
    @unknown default: "\(error)"
    }
  }

  private static func place(_ path: [any CodingKey]) -> String {
    path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }
}

extension PluginManifest: Decodable {
  private enum Field: String, CodingKey { case contract, name, version, summary, analyses, library, program }

  /// Reads a manifest without checking more than its form.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    let contract = try fields.decode(UInt32.self, forKey: .contract)
    guard contract == UInt32(ENTENTE_CONTRACT_MAJOR) else {
      throw DecodingError.dataCorruptedError(
        forKey: .contract, in: fields,
        debugDescription: "found \(contract), this host needs \(ENTENTE_CONTRACT_MAJOR)")
    }
    name = try fields.decode(String.self, forKey: .name)
    version = try fields.decode(String.self, forKey: .version)
    summary = try fields.decode(String.self, forKey: .summary)
    analyses = try fields.decode([AnalysisDescription].self, forKey: .analyses)
    library = try fields.decodeIfPresent(String.self, forKey: .library)
    program = try fields.decodeIfPresent(String.self, forKey: .program)
  }
}
