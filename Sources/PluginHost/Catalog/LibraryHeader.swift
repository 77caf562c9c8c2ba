import Foundation

/// Reads the header of an ELF file, so that what is no library, or is cut off, never reaches the dynamic loader,
/// which maps first and crashes on the missing pages later.
///
/// The file is a stranger's: no number in it is added or turned into a place without being asked whether that can be.
struct LibraryHeader {
  /// What is wrong with a file.
  enum Fault: Error, Hashable {
    case otherThing(String)
    case cutOff(needed: UInt64)
  }

  /// A program header, as it stands.
  private struct Segment {
    let type: UInt64
    let offset: UInt64
    let address: UInt64
    let size: UInt64
  }

  private static let headerSize = 64
  private static let segmentSize = 56
  private static let sharedObject: UInt64 = 3
  private static let (loaded, dynamic): (UInt64, UInt64) = (1, 2)

  #if arch(x86_64)
    private static let machine: UInt64 = 62
  #elseif arch(arm64)
    private static let machine: UInt64 = 183
  #endif

  private let segments: [Segment]
  private let read: (UInt64, Int) -> [UInt8]?

  /// Checks magic, class, byte order, type, machine, and that all segments and sections lie within the file.
  static func check(_ path: String) throws(PluginProblem) {
    let file = try ForeignFile(path)
    do throws(Fault) {
      _ = try LibraryHeader(size: file.size) { file.bytes(at: $0, $1) }
    } catch {
      switch error {
      case .otherThing(let found): throw .notALibrary(path, found: found)
      case .cutOff(let needed): throw .truncated(path, found: file.size, needed: needed)
      }
    }
  }

  /// The folders in which a library says that those which it needs are: its RUNPATH or RPATH. Empty where it says none
  /// or cannot be read.
  static func searchPaths(_ path: String) -> [String] {
    guard let file = try? ForeignFile(path) else { return [] }
    let header = try? LibraryHeader(size: file.size) { file.bytes(at: $0, $1) }
    let folder = URL(filePath: path).resolvingSymlinksInPath().deletingLastPathComponent().path
    return (header?.searchPaths ?? [])
      .map { $0.replacing("$ORIGIN", with: folder).replacing("${ORIGIN}", with: folder) }
      .filter { $0.hasPrefix("/") }
  }

  /// Reads the header of a file.
  /// - Parameter read: exactly so many bytes of a place, or nothing.
  init(size: UInt64, read: @escaping (UInt64, Int) -> [UInt8]?) throws(Fault) {
    self.read = read
    let magic: [UInt8] = [0x7f, 0x45, 0x4c, 0x46]
    guard read(0, 4) == magic else { throw .otherThing("it is no ELF file") }
    guard let head = read(0, Self.headerSize) else { throw .cutOff(needed: UInt64(Self.headerSize)) }
    guard head[4] == 2, head[5] == 1 else { throw .otherThing("it is not 64-bit little-endian") }
    let type = Self.number(head, 16, 2)
    guard type == Self.sharedObject else { throw .otherThing("it is an ELF file of type \(type), not 3") }
    let found = Self.number(head, 18, 2)
    guard found == Self.machine else {
      throw .otherThing("it is for ELF machine \(found), this one is \(Self.machine)")
    }
    let (entry, count) = (Self.number(head, 54, 2), Self.number(head, 56, 2))
    guard entry == UInt64(Self.segmentSize) || count == 0 else {
      throw .otherThing("its program headers have \(entry) bytes, not \(Self.segmentSize)")
    }
    let place = Self.number(head, 32, 8)
    // Two numbers of 16 bits, so that the products are small.
    let sections = Self.sum(Self.number(head, 40, 8), Self.number(head, 58, 2) * Self.number(head, 60, 2))
    let needed = max(sections, Self.sum(place, entry * count))
    guard needed <= size, let table = read(place, Self.segmentSize * Int(count)) else {
      throw .cutOff(needed: needed)
    }
    segments = (0..<Int(count)).map { index in
      let start = index * Self.segmentSize
      return Segment(
        type: Self.number(table, start, 4), offset: Self.number(table, start + 8, 8),
        address: Self.number(table, start + 16, 8), size: Self.number(table, start + 32, 8))
    }
    let end = segments.map { Self.sum($0.offset, $0.size) }.max() ?? 0
    guard end <= size else { throw .cutOff(needed: end) }
  }

  /// What RUNPATH and RPATH say, as they stand.
  var searchPaths: [String] {
    let entries = entries
    guard let strings = entries.first(where: { $0.tag == 5 }).flatMap({ place(of: $0.value) }) else {
      return []
    }
    return entries.filter { $0.tag == 29 || $0.tag == 15 }.flatMap { entry -> [String] in
      text(at: Self.sum(strings, entry.value)).split(separator: ":").map(String.init)
    }
  }

  /// The dynamic section, of which no library has thousands of entries.
  private var entries: [(tag: UInt64, value: UInt64)] {
    guard let segment = segments.first(where: { $0.type == Self.dynamic }) else { return [] }
    let count = Int(min(segment.size / 16, 4096))
    guard let bytes = read(segment.offset, count * 16) else { return [] }
    return (0..<count).map { (Self.number(bytes, $0 * 16, 8), Self.number(bytes, $0 * 16 + 8, 8)) }
  }

  /// A text up to its zero, of no more than a path has.
  private func text(at place: UInt64) -> String {
    var bytes: [UInt8] = []
    while bytes.count < 4096, let byte = read(Self.sum(place, UInt64(bytes.count)), 1)?.first, byte != 0 {
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Where an address lies in the file.
  private func place(of address: UInt64) -> UInt64? {
    for segment in segments where segment.type == Self.loaded {
      guard address >= segment.address, address - segment.address < segment.size else { continue }
      return Self.sum(segment.offset, address - segment.address)
    }
    return nil
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
