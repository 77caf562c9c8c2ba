import CEntentePlugin
import FoundationEssentials

/// What a plugin says of itself, as JSON; the form is described in `entente_plugin.h`.
struct Manifest: Encodable {
  struct Entry: Encodable {
    var name: String
    var summary: String
    var parameters: [ParameterDeclaration]
    var columns: [ResultColumn]
    var addsColumns: Bool?
    var tables: [TableDeclaration]?
    var examples: [Example]
    var view: ViewHint?
    var about: About?
  }

  var contract = ENTENTE_CONTRACT_MAJOR
  var name: String
  var version: String
  var summary: String
  var analyses: [Entry]

  init(_ plugin: PluginDefinition) {
    name = plugin.name
    version = plugin.version
    summary = plugin.summary
    analyses = plugin.analyses.map { analysis in
      Entry(
        name: analysis.name, summary: analysis.summary, parameters: analysis.parameters,
        columns: analysis.columns, addsColumns: analysis.addsColumns ? true : nil,
        tables: analysis.tables.isEmpty ? nil : analysis.tables, examples: analysis.examples,
        view: analysis.view, about: analysis.about)
    }
  }

  /// The bytes of the manifest, the same for the same declarations.
  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }
}
