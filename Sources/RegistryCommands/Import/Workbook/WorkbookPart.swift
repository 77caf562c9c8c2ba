import CXLSX
import FoundationEssentials

/// Reads one part of a workbook, element by element.
protocol WorkbookPart: AnyObject {
  /// - Returns: whether more is wanted.
  func begin(_ name: Substring, _ attributes: [String: String]) -> Bool
  func end(_ name: Substring) -> Bool
  func add(_ text: String)
}

extension WorkbookPart {
  /// Unpacked, a part has at most so many bytes: what is packed may be a thousand times that.
  private static var mostBytes: UInt64 { 256 << 20 }

  /// Reads the part of a name.
  /// - Returns: whether there is one.
  func read(_ part: String, of path: String) throws(FileProblem) -> Bool {
    var handlers = cxlsx_handlers(
      begin: { context, name, attributes in
        guard let part = WorkbookPartBox.part(context), let name, let attributes else { return false }
        var found: [String: String] = [:]
        var place = 0
        while let key = attributes[place], let value = attributes[place + 1] {
          found[String(cString: key)] = String(cString: value)
          place += 2
        }
        return part.begin(localName(name), found)
      },
      end: { context, name in
        guard let part = WorkbookPartBox.part(context), let name else { return false }
        return part.end(localName(name))
      },
      text: { context, text, length in
        guard let part = WorkbookPartBox.part(context), let text else { return }
        text.withMemoryRebound(to: UInt8.self, capacity: Int(length)) { bytes in
          part.add(String(decoding: UnsafeBufferPointer(start: bytes, count: Int(length)), as: UTF8.self))
        }
      })
    let box = WorkbookPartBox(self)
    let status = withExtendedLifetime(box) {
      cxlsx_read(path, part, Self.mostBytes, &handlers, Unmanaged.passUnretained(box).toOpaque())
    }
    switch Int(status) {
    case CXLSX_READ_OK, CXLSX_READ_STOPPED: return true
    case CXLSX_READ_ABSENT: return false
    case CXLSX_READ_LARGE:
      throw FileProblem(
        words: "its part \(part) is more than \(Self.mostBytes >> 20) MB unpacked",
        help: "save the sheet as CSV, which is read piece by piece")
    case CXLSX_READ_MISSING:
      throw FileProblem(
        words: "a workbook is read by minizip and expat: \(String(cString: cxlsx_read_problem()))",
        help:
          "install them: apt-get install libminizip1 libexpat1, or libminizip-dev libexpat1-dev to build Entente with; or save the sheet as CSV"
      )
    default:
      throw FileProblem(
        words: "it is no workbook that can be read: \(String(cString: cxlsx_read_problem()))",
        help: "one that has a password or ends in .xls is saved as .xlsx without, or as CSV")
    }
  }
}

/// What the parser hands back to know whom it reads for.
private final class WorkbookPartBox {
  let part: any WorkbookPart
  init(_ part: any WorkbookPart) { self.part = part }

  static func part(_ context: UnsafeMutableRawPointer?) -> (any WorkbookPart)? {
    context.map { Unmanaged<WorkbookPartBox>.fromOpaque($0).takeUnretainedValue().part }
  }
}

/// The name of an element without the prefix of its namespace.
private func localName(_ name: UnsafePointer<CChar>) -> Substring {
  let name = Substring(String(cString: name))
  return name.lastIndex(of: ":").map { name[name.index(after: $0)...] } ?? name
}
