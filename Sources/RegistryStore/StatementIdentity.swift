internal import Crypto
internal import Foundation
public import RegistryModel

extension Statement {
  /// What the statement's id is derived from: its parts in canonical text, each behind its length.
  var canonicalBytes: [UInt8] {
    var parts = [subject.text, property.text, value.canonicalText, validity.canonicalText]
    for qualifier in qualifiers { parts += [qualifier.property.text, qualifier.value.canonicalText] }
    return digestInput(parts)
  }

  /// The public id: the first 130 bits of the SHA-256 of the content, in Crockford's base 32, lower case.
  public var id: StatementID { StatementID(contentDigest(canonicalBytes)) }
}

extension Citation {
  /// A digest of what the citation says of the statement `id`.
  public func digest(of id: StatementID) -> String {
    contentDigest(
      digestInput([
        id.digest, source.text, via ?? "", locator ?? "", quote ?? "", said ?? "", inferred ?? "",
        stance.rawValue,
      ]))
  }
}

private func digestInput(_ parts: [String]) -> [UInt8] {
  var bytes: [UInt8] = []
  for part in parts {
    bytes += Array("\(part.utf8.count):".utf8)
    bytes += Array(part.utf8)
  }
  return bytes
}

/// The first 130 bits of the SHA-256 of some content, in Crockford's base 32, lower case.
public func contentDigest(_ bytes: [UInt8]) -> String {
  let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
  var text: [UInt8] = []
  var buffer: UInt32 = 0
  var bits = 0
  for byte in SHA256.hash(data: bytes) {
    buffer = buffer << 8 | UInt32(byte)
    bits += 8
    while bits >= 5, text.count < 26 {
      text.append(alphabet[Int(buffer >> UInt32(bits - 5)) & 31])
      bits -= 5
    }
    buffer &= (1 << UInt32(bits)) - 1
    if text.count == 26 { break }
  }
  return String(decoding: text, as: UTF8.self)
}
