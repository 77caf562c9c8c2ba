import CommandLanguage

/// What `$name` stands for: a parameter from without or, in the mapping of an import, a column of the row that is read.
///
/// A bare `$name` is the value, wherever a text may stand. In quotes it was refused when the text was read, but in a
/// mapping, where rows give the values.
struct Parameters {
  /// Those from without, by their names.
  var values: [String: String] = [:]
  /// The row that is read, whose columns come first; nil where none is.
  var row: CurrentRow?

  /// The value of a parameter.
  func value(of name: String) -> String? { row?.value(of: name) ?? values[name] }

  /// The text of a name with its parameters put in.
  func substituted(_ name: NameSyntax) throws(Failure) -> String {
    guard name.form == .template else { return name.isVerbatim ? name.text : interpolated(name.text) }
    return try substituted(name.text, name.span)
  }

  /// The text of a word with its parameters put in.
  func text(_ word: Word) -> String { word.isVerbatim ? word.content : interpolated(word.content) }

  /// A bare word with `$name` replaced by the parameters' values.
  func substituted(_ template: String, _ span: Span) throws(Failure) -> String {
    var missing: String?
    try refuseUnknownColumn(in: template, span)
    // A part of a key has no blanks around it; a field may.
    let isPart = row != nil && !Template.isOne(template)
    let text = expanded(template) { name in
      missing = missing ?? String(name)
    } trimming: {
      isPart ? $0.trimmed : $0
    }
    if let missing { throw Failures.missingParameter(missing, span) }
    return text
  }

  /// A text with `$name` replaced where that is a parameter, or a column of what is imported; elsewhere it stays as it is
  /// written.
  func interpolated(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
    return expanded(text) { _ in
    } trimming: {
      $0
    }
  }

  /// Refuses a column that the rows of a loop have not, where nothing else can be meant.
  func refuseUnknownColumn(in template: String, _ span: Span) throws(Failure) {
    guard !values.isEmpty, template.utf8.contains(UInt8(ascii: ".")) else { return }
    var unknown: (variable: String, column: String)?
    Template.eachPiece(of: template) { piece in
      guard case .parameter(let name, let column?, _) = piece, value(of: "\(name).\(column)") == nil else {
        return
      }
      unknown = unknown ?? (String(name), String(column))
    }
    guard let unknown else { return }
    let columns = values.keys.filter { $0.hasPrefix(unknown.variable + ".") }
      .map { String($0.dropFirst(unknown.variable.utf8.count + 1)) }
    guard !columns.isEmpty else { return }
    throw Failures.noSuchColumn(unknown.column, of: unknown.variable, columns.sorted(), span)
  }

  private func expanded(
    _ template: String, without: (Substring) -> Void, trimming trimmed: (String) -> String
  ) -> String {
    var result = ""
    Template.eachPiece(of: template) { piece in
      switch piece {
      case .text(let text): result += text
      case .parameter(let name, let column, let written):
        if let column, let value = value(of: "\(name).\(column)") {
          result += trimmed(value)
        } else if let value = value(of: String(name)) {
          result += trimmed(value)
          if let column { result += ".\(column)" }
        } else {
          without(name)
          result += written
        }
      }
    }
    return result
  }

  /// What is written where a new key shall stand; `t12` and `@4k7q` mean something else already.
  func keyText(of name: NameSyntax) throws(Failure) -> String {
    switch name.form {
    case .statement: throw Failures.malformedKey("@" + name.text, name.span)
    case .transaction: throw Failures.malformedKey("t" + name.text, name.span)
    default:
      let text = try substituted(name)
      return row == nil ? text : text.trimmed
    }
  }

  /// The same, with what a script gave values to.
  func adding(_ more: [String: String]) -> Parameters {
    Parameters(values: values.merging(more) { $1 }, row: row)
  }
}
