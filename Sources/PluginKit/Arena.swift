import CEntentePlugin

/// Memory for the texts and lists of a batch of cells: addresses stay where they are until ``reset()``.
struct Arena: ~Copyable {
  private static let chunkSize = 64 * 1024
  private var chunks: [UnsafeMutableRawBufferPointer] = []
  private var used = 0
  /// The bytes handed out since the last reset.
  private(set) var total = 0

  deinit {
    for chunk in chunks { chunk.deallocate() }
  }

  /// Forgets everything handed out, keeping one chunk for reuse.
  mutating func reset() {
    for chunk in chunks.dropFirst() { chunk.deallocate() }
    chunks.removeLast(max(0, chunks.count - 1))
    used = 0
    total = 0
  }

  /// Copies a text.
  mutating func text(_ text: String) -> entente_text {
    var text = text
    return text.withUTF8 { bytes in
      guard !bytes.isEmpty else { return entente_text(bytes: nil, length: 0) }
      let place = allocate(bytes.count)
      place.copyMemory(from: UnsafeRawBufferPointer(bytes))
      return entente_text(
        bytes: UnsafePointer(place.baseAddress?.assumingMemoryBound(to: CChar.self)),
        length: UInt64(bytes.count))
    }
  }

  /// Copies a list with all that its values hold.
  mutating func list(_ values: [Datum]) -> entente_list {
    let place = allocate(values.count * MemoryLayout<entente_cell>.stride)
    let cells = place.bindMemory(to: entente_cell.self)
    for (index, value) in values.enumerated() {
      cells.initializeElement(at: index, to: value.cell(in: &self))
    }
    return entente_list(cells: UnsafePointer(cells.baseAddress), count: UInt64(values.count))
  }

  private mutating func allocate(_ count: Int) -> UnsafeMutableRawBufferPointer {
    let size = (count + 7) & ~7
    if chunks.isEmpty || used + size > chunks[chunks.count - 1].count {
      chunks.append(.allocate(byteCount: max(size, Arena.chunkSize), alignment: 8))
      used = 0
    }
    let place = chunks[chunks.count - 1][used..<used + count]
    used += size
    total += size
    return UnsafeMutableRawBufferPointer(rebasing: place)
  }
}
