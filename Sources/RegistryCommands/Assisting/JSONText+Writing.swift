import FoundationEssentials

/// Writing JSON, and reading parts of it.
extension JSONText {
  /// On one line, so that a line is a message.
  package var written: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .object(let members):
      text += "{"
      for (place, member) in members.enumerated() {
        if place > 0 { text += "," }
        Self.write(member.name, to: &text)
        text += ":"
        member.value.write(to: &text)
      }
      text += "}"
    case .list(let items):
      text += "["
      for (place, item) in items.enumerated() {
        if place > 0 { text += "," }
        item.write(to: &text)
      }
      text += "]"
    case .text(let content): Self.write(content, to: &text)
    case .number(let digits): text += digits
    case .truth(let isTrue): text += isTrue ? "true" : "false"
    case .null: text += "null"
    }
  }

  /// What a terminal would obey, or a reader not see, is spelt out.
  private static func write(_ content: String, to text: inout String) {
    text += "\""
    for scalar in content.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case " "..."~": text.unicodeScalars.append(scalar)
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
          for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16)
            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
          }
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
    text += "\""
  }

  /// A member of an object.
  package subscript(name: String) -> JSONText? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  package var string: String? { if case .text(let text) = self { text } else { nil } }
  package var boolean: Bool? { if case .truth(let isTrue) = self { isTrue } else { nil } }
  /// A whole number.
  package var integer: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }
  package var isObject: Bool { if case .object = self { true } else { false } }
  /// The names of an object's members.
  package var names: [String] {
    if case .object(let members) = self { members.map(\.name) } else { [] }
  }

  package init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  package init(_ number: Int) { self = .number(String(number)) }
  package init(texts: [String]) { self = .list(texts.map { .text($0) }) }

  /// The members that say anything.
  package static func saying(_ members: KeyValuePairs<String, JSONText>) -> JSONText {
    .object(
      members.compactMap { name, value in
        if case .null = value { return nil }
        return JSONMember(name: name, value: value)
      })
  }

  /// The same object with more members.
  package func adding(_ members: KeyValuePairs<String, JSONText>) -> JSONText {
    guard case .object(let own) = self else { return self }
    return .object(own + members.map { JSONMember(name: $0.key, value: $0.value) })
  }
}

extension JSONText: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
  package init(dictionaryLiteral elements: (String, JSONText)...) {
    self = .object(elements.map { JSONMember(name: $0.0, value: $0.1) })
  }
  package init(arrayLiteral elements: JSONText...) { self = .list(elements) }
  package init(stringLiteral value: String) { self = .text(value) }
  package init(integerLiteral value: Int) { self = .number(String(value)) }
  package init(booleanLiteral value: Bool) { self = .truth(value) }
}
