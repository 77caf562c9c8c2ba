public import RegistryStore

/// Where a registry on a server is: a location as libpq reads it, with the schema that holds the registry.
///
/// `postgresql://user@host/database?schema=entente`; what is not said comes from libpq's environment and files
/// (`PGHOST`, `PGSERVICE`, `.pgpass` …).
public struct ServerLocation: Sendable {
  /// What libpq is given.
  let connection: String
  /// The schema that the registry is in.
  let schema: String
  /// What problems call it: without a password.
  public let words: String

  /// Whether a location is of a server.
  public static func isServer(_ location: String) -> Bool {
    location.hasPrefix("postgresql://") || location.hasPrefix("postgres://")
  }

  /// - Throws: where a password stands in it, which every user of this machine could read.
  public init(_ location: String) throws(StoreProblem) {
    let parts = location.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var (schema, rest, hasPassword) = ("entente", [Substring](), Self.hasPassword(parts[0]))
    for part in parts.count > 1 ? parts[1].split(separator: "&") : [] {
      if part.hasPrefix("schema=") { schema = Self.decoded(part.dropFirst(7)) } else { rest.append(part) }
      if part.hasPrefix("password=") || part.hasPrefix("sslpassword=") { hasPassword = true }
    }
    guard !hasPassword else {
      throw .cannotOpen(
        location: "\(parts[0].prefix { $0 != ":" })://…",
        reason:
          "a password in a location is seen by everybody on this machine; keep it in ~/.pgpass, a service file or PGPASSWORD"
      )
    }
    connection = ([parts[0]] + (rest.isEmpty ? [] : [rest.joined(separator: "&")[...]])).joined(
      separator: "?")
    words = parts[0] + "?" + (rest + ["schema=\(schema)"]).joined(separator: "&")
    self.schema = schema
    guard !schema.isEmpty, schema.utf8.count < 64, !schema.hasPrefix("pg_"),
      !schema.unicodeScalars.contains(where: { $0.value < 0x20 || $0 == "$" })
    else {
      throw .cannotOpen(location: words, reason: "\(schema) cannot be the name of a schema")
    }
  }

  /// `//user:secret@host`
  private static func hasPassword(_ location: Substring) -> Bool {
    guard let start = location.firstRange(of: "//")?.upperBound else { return false }
    let authority = location[start...].prefix { $0 != "/" }
    guard let at = authority.lastIndex(of: "@") else { return false }
    return authority[..<at].contains(":")
  }

  private static func decoded(_ text: Substring) -> String {
    var (bytes, rest) = ([UInt8](), text.utf8[...])
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let value = UInt8(String(Substring(rest.prefix(2))), radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
