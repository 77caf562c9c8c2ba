internal import RegistryModel

/// The text with each letter and its marks as one character where Unicode has one: libedit draws no marks. Nothing
/// else is changed, as full normalisation would.
func composed(_ text: String) -> String {
  guard
    text.unicodeScalars.contains(where: {
      0x300...0x36F ~= $0.value || $0.properties.canonicalCombiningClass != .notReordered
    })
  else { return text }
  var result = ""
  for character in text {
    result +=
      character.unicodeScalars.count > 1 ? String(character).composed : String(character)
  }
  return result
}
