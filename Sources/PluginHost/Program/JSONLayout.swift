/// Writes a value of JSON for people: a member a line, sorted by name, of several of one name the last.
struct JSONLayout {
  private(set) var text = ""

  /// - Parameter added: a member that it gets, if it is an object.
  /// - Returns: nothing where a text in it is none.
  init?(_ value: JSONView, adding added: (name: String, text: String)? = nil) {
    guard put(value, adding: added, indent: "") else { return nil }
  }

  private mutating func put(
    _ value: JSONView, adding added: (name: String, text: String)? = nil, indent: String
  ) -> Bool {
    if value.isObject {
      var members: [String: JSONView] = [:]
      for (name, value) in value.members {
        guard let name else { return false }
        members[name] = value
      }
      if let added { members[added.name] = JSONView.none }
      return put(members.keys.sorted(by: Self.isBefore), "{", "}", indent: indent) { layout, name, inside in
        layout.put(name)
        layout.text += " : "
        if let added, added.name == name {
          layout.put(added.text)
          return true
        }
        return members[name].map { layout.put($0, indent: inside) } ?? false
      }
    }
    if value.isList {
      return put(Array(value.items), "[", "]", indent: indent) { layout, item, inside in
        layout.put(item, indent: inside)
      }
    }
    if let words = value.text {
      put(words)
    } else if let number = value.numeral {
      text += number
    } else if let boolean = value.boolean {
      text += boolean ? "true" : "false"
    } else if value.isNull {
      text += "null"
    } else {
      return false
    }
    return true
  }

  private mutating func put<Part>(
    _ parts: [Part], _ opening: String, _ closing: String, indent: String,
    _ put: (inout JSONLayout, Part, String) -> Bool
  ) -> Bool {
    let inside = indent + "  "
    text += opening + "\n"
    for (index, part) in parts.enumerated() {
      text += (index > 0 ? ",\n" : "") + inside
      guard put(&self, part, inside) else { return false }
    }
    text += "\n" + indent + closing
    return true
  }

  /// Whatever the case of the letters; of two that are else the same, the small ones first.
  private static func isBefore(_ name: String, _ other: String) -> Bool {
    (name.lowercased(), other) < (other.lowercased(), name)
  }

  private mutating func put(_ words: String) {
    text += "\""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{08}": text += "\\b"
      case "\u{0C}": text += "\\f"
      case "\0"..<" ": text += "\\u00" + JSONText.hexadecimal(UInt8(scalar.value))
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
