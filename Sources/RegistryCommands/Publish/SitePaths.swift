import RegistryModel
import RegistryStore

/// Where pages are in a site: names that every file system keeps apart, whatever the key is.
enum SitePaths {
  static let start = "index.html"
  static let conflicts = "conflicts.html"
  static let dates = "dates.html"
  static let sources = "sources.html"
  static let search = "search.js"
  static let date = "date.js"

  static func thing(_ key: Key) -> String { "things/\(name(key)).html" }
  static func type(_ key: Key) -> String { "types/\(name(key)).html" }
  static func picture(_ name: String) -> String { "pictures/\(name).svg" }

  /// The same with another ending: the rows of a page.
  static func data(_ page: String, _ ending: String) -> String { "\(page.dropLast(".html".count)).\(ending)" }

  /// Names that Windows has for devices.
  private static let devices: Set<String> = Set(
    ["con", "prn", "aux", "nul"] + (0...9).flatMap { ["com\($0)", "lpt\($0)"] })
  /// A name takes no more bytes, so that an ending and a mark have room.
  private static let longest = 120

  /// The name of a key's file: of `[a-z0-9-]`, and behind `_` what is none of them, so that no two are one where case does
  /// not count. `USA` is `_usa`; of anything else each byte is `_` with two digits.
  static func name(_ key: Key) -> String {
    if Key.isCode(key.text) { return "_" + key.text.lowercased() }
    let digits = Array("0123456789abcdef")
    var name = ""
    for byte in key.text.utf8 {
      switch byte {
      case 0x61...0x7A, 0x30...0x39, UInt8(ascii: "-"): name.unicodeScalars.append(Unicode.Scalar(byte))
      default: name += "_\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    if devices.contains(name) { return "_-" + name }
    guard name.utf8.count > longest else { return name }
    var digest = SHA256Digest()
    digest.add(Array(key.text.utf8))
    return "\(name.prefix(80))_-\(digest.hexadecimal.prefix(32))"
  }
}
