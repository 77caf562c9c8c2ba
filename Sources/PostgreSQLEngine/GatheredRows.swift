/// Rows of one statement that wait to be handed over together.
final class GatheredRows {
  let statement: PreparedOnServer
  var values: [[String?]]

  init(_ statement: PreparedOnServer, _ values: [String?]) {
    self.statement = statement
    self.values = [values]
  }

  /// As `COPY` reads them: a line a row, with a tab between two values.
  var text: [UInt8] {
    var text: [UInt8] = []
    for row in values {
      for (index, value) in row.enumerated() {
        if index > 0 { text.append(UInt8(ascii: "\t")) }
        guard let value else {
          text += [UInt8(ascii: "\\"), UInt8(ascii: "N")]
          continue
        }
        for byte in value.utf8 {
          switch byte {
          case UInt8(ascii: "\\"): text += [byte, byte]
          case UInt8(ascii: "\t"): text += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
          case UInt8(ascii: "\n"): text += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
          case UInt8(ascii: "\r"): text += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
          default: text.append(byte)
          }
        }
      }
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }
}
