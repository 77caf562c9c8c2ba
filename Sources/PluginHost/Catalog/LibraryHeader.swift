import Foundation

/// Reads the header of an ELF file, so that what is no library, or is cut off, never reaches the dynamic loader,
/// which maps first and crashes on the missing pages later.
enum LibraryHeader {
  private static let headerSize = 64
  private static let sharedObject: UInt64 = 3

  #if arch(x86_64)
    private static let machine: UInt64 = 62
  #elseif arch(arm64)
    private static let machine: UInt64 = 183
  #endif

  /// Checks magic, class, byte order, type, machine, and that all segments and sections lie within the file.
  static func check(_ path: String) throws(PluginProblem) {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    } catch {
      throw .unreadable(path, error.localizedDescription)
    }
    let size = UInt64(bytes.count)
    guard bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]) else {
      throw .notALibrary(path, found: "it is no ELF file")
    }
    guard bytes.count >= headerSize else {
      throw .truncated(path, found: size, needed: UInt64(headerSize))
    }
    guard bytes[4] == 2, bytes[5] == 1 else {
      throw .notALibrary(path, found: "it is not 64-bit little-endian")
    }
    let type = number(bytes, 16, 2)
    guard type == sharedObject else {
      throw .notALibrary(path, found: "it is an ELF file of type \(type), not 3")
    }
    let found = number(bytes, 18, 2)
    guard found == machine else {
      throw .notALibrary(path, found: "it is for ELF machine \(found), this one is \(machine)")
    }
    let needed = extent(of: bytes)
    guard needed <= size else { throw .truncated(path, found: size, needed: needed) }
  }

  /// The folders in which a library says that those which it needs are: its RUNPATH or RPATH. Empty where it says none
  /// or cannot be read.
  static func searchPaths(_ path: String) -> [String] {
    guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped),
      bytes.count >= headerSize, extent(of: bytes) <= UInt64(bytes.count)
    else { return [] }
    let folder = URL(filePath: path).resolvingSymlinksInPath().deletingLastPathComponent().path
    return entries(bytes).flatMap { entry -> [Substring] in
      guard entry.tag == 29 || entry.tag == 15, let strings = entries(bytes).first(where: { $0.tag == 5 }),
        let start = place(of: strings.value, in: bytes), start < bytes.count - Int(clamping: entry.value)
      else { return [] }
      let text = bytes[(start + Int(clamping: entry.value))...].prefix { $0 != 0 }
      return String(decoding: text, as: UTF8.self).split(separator: ":")
    }.map(String.init).map { $0.replacing("$ORIGIN", with: folder).replacing("${ORIGIN}", with: folder) }
      .filter { $0.hasPrefix("/") }
  }

  /// The dynamic section.
  private static func entries(_ bytes: Data) -> [(tag: UInt64, value: UInt64)] {
    guard let segment = segments(bytes).first(where: { number(bytes, $0, 4) == 2 }) else { return [] }
    let (start, size) = (Int(number(bytes, segment + 8, 8)), Int(number(bytes, segment + 32, 8)))
    return stride(from: start, to: start + size - 15, by: 16)
      .map { (number(bytes, $0, 8), number(bytes, $0 + 8, 8)) }
  }

  /// Where an address lies in the file.
  private static func place(of address: UInt64, in bytes: Data) -> Int? {
    for segment in segments(bytes) where number(bytes, segment, 4) == 1 {
      let (offset, start) = (number(bytes, segment + 8, 8), number(bytes, segment + 16, 8))
      if address >= start, address - start < number(bytes, segment + 32, 8) {
        return Int(offset + address - start)
      }
    }
    return nil
  }

  /// Where the headers of the segments are.
  private static func segments(_ bytes: Data) -> [Int] {
    let (offset, entry, count) = (number(bytes, 32, 8), number(bytes, 54, 2), number(bytes, 56, 2))
    return (0..<count).map { Int(offset + $0 * entry) }
  }

  /// How far the headers say that the file goes.
  private static func extent(of bytes: Data) -> UInt64 {
    let segments = Table(
      offset: number(bytes, 32, 8), entry: number(bytes, 54, 2), count: number(bytes, 56, 2))
    let sections = Table(
      offset: number(bytes, 40, 8), entry: number(bytes, 58, 2), count: number(bytes, 60, 2))
    var end = max(segments.end, sections.end)
    guard segments.end <= UInt64(bytes.count), segments.entry >= 56 else {
      return max(end, UInt64(headerSize))
    }
    for index in 0..<segments.count {
      let start = Int(segments.offset + index * segments.entry)
      let (sum, overflow) = number(bytes, start + 8, 8).addingReportingOverflow(number(bytes, start + 32, 8))
      end = max(end, overflow ? .max : sum)
    }
    return end
  }

  /// A table of headers within the file.
  private struct Table {
    var offset: UInt64
    var entry: UInt64
    var count: UInt64

    var end: UInt64 {
      let (sum, overflow) = offset.addingReportingOverflow(entry * count)
      return overflow ? .max : sum
    }
  }

  private static func number(_ bytes: Data, _ offset: Int, _ count: Int) -> UInt64 {
    (0..<count).reversed().reduce(0) { $0 << 8 | UInt64(bytes[offset + $1]) }
  }
}
