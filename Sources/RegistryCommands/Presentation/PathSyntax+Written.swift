import CommandLanguage

extension PathSyntax {
  /// The name and the properties, as they are written.
  var written: String { ([name.text] + properties.map(\.content)).joined(separator: ".") }
}
