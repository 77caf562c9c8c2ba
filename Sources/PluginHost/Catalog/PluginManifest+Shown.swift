extension PluginManifest {
  /// The manifest with its texts as they may be shown anywhere: help prints them before any code of the plugin runs, and
  /// what would command a terminal, begin a line of its own or hide from the reader stands as an escape (`\u{1B}`).
  var shown: PluginManifest {
    var copy = self
    copy.version = shownText(version)
    copy.summary = shownText(summary)
    for index in copy.analyses.indices { copy.analyses[index] = copy.analyses[index].shown }
    return copy
  }
}

extension AnalysisDescription {
  fileprivate var shown: AnalysisDescription {
    var copy = self
    copy.summary = shownText(summary)
    for index in copy.parameters.indices {
      copy.parameters[index].summary = shownText(copy.parameters[index].summary)
    }
    for index in copy.examples.indices {
      copy.examples[index].command = shownText(copy.examples[index].command)
      copy.examples[index].summary = shownText(copy.examples[index].summary)
    }
    copy.columns = columns.map(\.shown)
    copy.view = view?.shown
    for index in copy.tables.indices {
      copy.tables[index].summary = shownText(copy.tables[index].summary)
      copy.tables[index].columns = copy.tables[index].columns.map(\.shown)
      copy.tables[index].view = copy.tables[index].view?.shown
    }
    copy.about = about?.mapped(shownText)
    return copy
  }
}

extension ColumnDescription {
  fileprivate var shown: ColumnDescription {
    ColumnDescription(name: shownText(name), type: shownText(type), summary: shownText(summary))
  }
}

extension ViewHint {
  fileprivate var shown: ViewHint { ViewHint(kind: shownText(kind), columns: columns.map(shownText)) }
}

/// What no reader sees as it is: controls, line ends, and signs that turn or hide what stands beside them.
func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .lineSeparator, .paragraphSeparator: true
  // Joiner and non-joiner shape letters and emoji; the soft hyphen is drawn.
  case .format: ![0x200C, 0x200D, 0xAD].contains(scalar.value)
  default: false
  }
}

/// A text of a plugin with what nobody would see as escapes.
func shownText(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isUnseen) else { return text }
  return text.unicodeScalars.map {
    isUnseen($0) ? "\\u{\(String($0.value, radix: 16, uppercase: true))}" : String($0)
  }.joined()
}
