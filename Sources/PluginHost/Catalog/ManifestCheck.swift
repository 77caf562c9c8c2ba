import CEntentePlugin
import RegistryModel

/// What a manifest must hold beyond its form.
enum ManifestCheck {
  /// Keywords that every analysis takes from the host, so that no parameter can have them.
  private static let reserved: Set<String> = [
    "on", "published", "recorded", "known", "according", "including", "as", "save",
  ]

  /// The first fault, or nothing where there is none.
  static func fault(in manifest: PluginManifest) -> String? {
    if !isName(manifest.name) { return "`\(manifest.name)` is no name of a plugin" }
    if manifest.analyses.isEmpty { return "it offers no analysis" }
    if let twice = repeated(manifest.analyses.map(\.name)) { return "analysis `\(twice)` stands twice" }
    for file in [manifest.library, manifest.program].compactMap(\.self)
    where file.contains("/") || file.isEmpty {
      return "`library` and `program` must be bare file names"
    }
    for analysis in manifest.analyses {
      if let fault = fault(in: analysis) { return "analysis `\(analysis.name)`: \(fault)" }
    }
    return nil
  }

  private static func fault(in analysis: AnalysisDescription) -> String? {
    if !isName(analysis.name) { return "the name must be lower-case words joined by hyphens" }
    if let fault = fault(in: analysis.columns, adds: analysis.addsColumns, analysis.view) { return fault }
    if let twice = repeated(analysis.tables.map(\.name)) { return "table `\(twice)` stands twice" }
    for table in analysis.tables {
      if !isName(table.name) {
        return "table `\(table.name)` must be named by lower-case words joined by hyphens"
      }
      if let fault = fault(in: table.columns, adds: table.addsColumns, table.view) {
        return "table `\(table.name)`: \(fault)"
      }
    }
    if let twice = repeated(analysis.parameters.map(\.name)) { return "parameter `\(twice)` stands twice" }
    if analysis.parameters.filter(\.isPositional).count > 1 { return "more than one parameter is positional" }
    for example in analysis.examples {
      for file in [example.fixture, example.expected].compactMap(\.self) where !isWithin(file) {
        return "an example names `\(file)`, which is no file beside the plugin"
      }
      if let expected = example.expected, !expected.hasSuffix(".tsv") {
        return "an example expects `\(expected)`, and what is expected is a file in .tsv"
      }
    }
    for parameter in analysis.parameters {
      if let fault = fault(in: parameter) { return "parameter `\(parameter.name)` \(fault)" }
    }
    return nil
  }

  private static func fault(
    in columns: [ColumnDescription], adds addsColumns: Bool, _ view: ViewHint?
  ) -> String? {
    if columns.isEmpty && !addsColumns { return "it has no columns" }
    if columns.count > Int(ENTENTE_MAX_COLUMNS) { return "it has more than \(ENTENTE_MAX_COLUMNS) columns" }
    if let twice = repeated(columns.map(\.name)) { return "column `\(twice)` stands twice" }
    if let strange = columns.first(where: { !isHeading($0.name) }) {
      return "column `\(strange.name)` must be lower-case words joined by underscores"
    }
    return view?.fault(over: columns)
  }

  private static func fault(in parameter: ParameterDescription) -> String? {
    let words = parameter.choices + parameter.defaults + [parameter.entityType].compactMap(\.self)
    if words.contains(where: { $0.unicodeScalars.contains(where: isUnseen) }) {
      return "has a word that nobody could see or write"
    }
    if !isName(parameter.name) { return "must be named by lower-case words joined by hyphens" }
    if reserved.contains(parameter.name) { return "has a name that the host keeps for itself" }
    if parameter.type == .entity && parameter.entityType == nil { return "does not say `of` which type" }
    if parameter.type == .choice && parameter.choices.isEmpty { return "has no choices" }
    if parameter.isList, [.boolean, .file].contains(parameter.type) {
      return "is a list, and takes one \(parameter.type.rawValue)"
    }
    if parameter.type == .file, !parameter.defaults.isEmpty { return "is a file and has a default" }
    if parameter.isRequired && !parameter.defaults.isEmpty { return "is required and has a default" }
    if !parameter.isList && parameter.defaults.count > 1 { return "is no list and has several defaults" }
    if let least = parameter.minimum, let most = parameter.maximum, least > most {
      return "allows no value: its minimum is \(least), its maximum \(most)"
    }
    if !parameter.defaults.isEmpty, parameter.defaults.count < parameter.minimumCount {
      return "takes at least \(parameter.minimumCount) values and has fewer as its default"
    }
    for text in parameter.defaults where ArgumentCheck.value(of: text, for: parameter, today: Day(0)) == nil {
      return "has a default that it does not allow: \(text)"
    }
    return nil
  }

  /// Whether a path leads nowhere but into the plugin's folder.
  private static func isWithin(_ path: String) -> Bool {
    path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !["", ".", ".."].contains($0) }
      && !path.utf8.contains(0)
  }

  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else {
      return false
    }
    return text.utf8.last != UInt8(ascii: "-")
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  /// Whether a column may be headed so: lower-case words joined by underscores, with the points and colons of keys that
  /// are headings.
  static func isHeading(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 256
      && text.unicodeScalars.allSatisfy { scalar in
        "_-.:".unicodeScalars.contains(scalar)
          || (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            && !scalar.properties.isUppercase
      }
  }

  /// Whether nothing of a text works on a terminal or hides in it.
  static func isPrinted(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: false
      default: true
      }
    }
  }

  /// A heading that is none, as it may be shown.
  static func shownHeading(_ text: String) -> String {
    "`\(shownText(String(text.prefix(60))))`, and a heading has no hidden or control characters"
  }

  private static func repeated(_ names: [String]) -> String? {
    var seen: Set<String> = []
    return names.first { !seen.insert($0).inserted }
  }
}
