import FoundationEssentials

/// Reads the header of an ELF file, so that what is no library, or is cut off, never reaches the dynamic loader,
/// which maps first and crashes on the missing pages later.
///
/// The file is a stranger's: no number in it is added or turned into a place without being asked whether that can be.
enum LibraryHeader {
  /// What is wrong with a file.
  enum Fault: Error, Hashable {
    case otherThing(String)
    case cutOff(needed: UInt64)
  }

  private static let headerSize = 64
  private static let segmentSize = 56
  private static let sharedObject: UInt64 = 3

  #if arch(x86_64)
    private static let machine: UInt64 = 62
  #elseif arch(arm64)
    private static let machine: UInt64 = 183
  #endif

  /// Checks magic, class, byte order, type, machine, and that all segments and sections lie within the file.
  static func check(_ path: String) throws(PluginProblem) {
    let file = try ForeignFile(path)
    do throws(Fault) {
      try check(size: file.size) { file.bytes(at: $0, $1) }
    } catch {
      switch error {
      case .otherThing(let found): throw .notALibrary(path, found: found)
      case .cutOff(let needed): throw .truncated(path, found: file.size, needed: needed)
      }
    }
  }

  /// The same of a file of so many bytes.
  /// - Parameter read: exactly so many bytes of a place, or nothing.
  static func check(size: UInt64, read: (UInt64, Int) -> [UInt8]?) throws(Fault) {
    let magic: [UInt8] = [0x7f, 0x45, 0x4c, 0x46]
    guard read(0, 4) == magic else { throw .otherThing("it is no ELF file") }
    guard let head = read(0, headerSize) else { throw .cutOff(needed: UInt64(headerSize)) }
    guard head[4] == 2, head[5] == 1 else { throw .otherThing("it is not 64-bit little-endian") }
    let type = number(head, 16, 2)
    guard type == sharedObject else { throw .otherThing("it is an ELF file of type \(type), not 3") }
    let found = number(head, 18, 2)
    guard found == machine else {
      throw .otherThing("it is for ELF machine \(found), this one is \(machine)")
    }
    let (entry, count) = (number(head, 54, 2), number(head, 56, 2))
    guard entry == UInt64(segmentSize) || count == 0 else {
      throw .otherThing("its program headers have \(entry) bytes, not \(segmentSize)")
    }
    let place = number(head, 32, 8)
    // Two numbers of 16 bits, so that the products are small.
    let sections = sum(number(head, 40, 8), number(head, 58, 2) * number(head, 60, 2))
    let needed = max(sections, sum(place, entry * count))
    guard needed <= size, let table = read(place, segmentSize * Int(count)) else {
      throw .cutOff(needed: needed)
    }
    let end =
      (0..<Int(count)).map { index -> UInt64 in
        let start = index * segmentSize
        return sum(number(table, start + 8, 8), number(table, start + 32, 8))
      }.max() ?? 0
    guard end <= size else { throw .cutOff(needed: end) }
  }

  /// A sum that ends at the largest number.
  private static func sum(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
  }

  private static func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> UInt64 {
    (0..<count).reversed().reduce(0) { $0 << 8 | UInt64(bytes[offset + $1]) }
  }
}
