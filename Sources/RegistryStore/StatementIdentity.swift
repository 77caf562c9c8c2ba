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

private func digestInput(_ parts: [String]) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(parts.reduce(0) { $0 + $1.utf8.count + 4 })
  for part in parts {
    bytes.append(contentsOf: String(part.utf8.count).utf8)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(contentsOf: part.utf8)
  }
  return bytes
}

let digestAlphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

/// The first 130 bits of the SHA-256 of some content, in Crockford's base 32, lower case.
public func contentDigest(_ bytes: [UInt8]) -> String {
  var digest = SHA256Digest()
  digest.add(bytes)
  return digest.withBytes { hash in
    String(unsafeUninitializedCapacity: 26) { text in
      var (buffer, bits, count): (UInt32, UInt32, Int) = (0, 0, 0)
      for byte in hash {
        buffer = buffer << 8 | UInt32(byte)
        bits += 8
        while bits >= 5, count < 26 {
          bits -= 5
          text[count] = digestAlphabet[Int(buffer >> bits) & 31]
          count += 1
        }
      }
      return count
    }
  }
}
