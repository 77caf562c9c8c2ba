import CEntentePlugin
import Foundation
import RegistryModel

/// Cells lent to a plugin, with the memory of their texts and lists; addresses last until ``reset()``.
struct CellWriter: ~Copyable {
  private(set) var cells: [entente_cell] = []
  private var blocks: [UnsafeMutableRawPointer] = []
  private var free = UnsafeMutableRawBufferPointer(start: nil, count: 0)

  deinit { for block in blocks { block.deallocate() } }

  /// Forgets all cells.
  mutating func reset() {
    for block in blocks { block.deallocate() }
    blocks.removeAll(keepingCapacity: true)
    free = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    cells.removeAll(keepingCapacity: true)
  }

  /// Adds a cell, or answers false where a plugin cannot be given such a cell.
  mutating func append(_ cell: Cell) -> Bool {
    guard let written = write(cell) else { return false }
    cells.append(written)
    return true
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

  /// Copies values as a list, or nothing where a plugin cannot be given one of them.
  mutating func list(_ values: [Cell]) -> entente_list? {
    let place = allocate(values.count * MemoryLayout<entente_cell>.stride).bindMemory(to: entente_cell.self)
    for (index, value) in values.enumerated() {
      guard let cell = write(value) else { return nil }
      place.initializeElement(at: index, to: cell)
    }
    return entente_list(cells: UnsafePointer(place.baseAddress), count: UInt64(values.count))
  }

  private mutating func write(_ value: Cell) -> entente_cell? {
    var cell = entente_cell()
    switch value {
    case .empty: break
    case .text(let text):
      cell.type = UInt32(ENTENTE_TEXT)
      cell.value.text = self.text(text)
    case .key(let key):
      cell.type = UInt32(ENTENTE_KEY)
      cell.value.text = text(key.text)
    case .integer(let number):
      cell.type = UInt32(ENTENTE_INTEGER)
      cell.value.integer = number
    case .real(let number):
      cell.type = UInt32(ENTENTE_REAL)
      cell.value.real = number
    case .decimal(let number):
      cell.type = UInt32(ENTENTE_DECIMAL)
      cell.value.text = text(number.description)
    case .date(let date):
      cell.type = UInt32(ENTENTE_DATE)
      cell.value.date = entente_date(
        edtf: text(date.edtf), first_day: date.earliest.number, last_day: date.latest.number)
    case .list(let values):
      guard let list = list(values) else { return nil }
      cell.type = UInt32(ENTENTE_LIST)
      cell.value.list = list
    case .quantity, .validity: return nil
    }
    return cell
  }

  private mutating func allocate(_ count: Int) -> UnsafeMutableRawBufferPointer {
    let size = (count + 7) & ~7
    if size > free.count {
      let block = UnsafeMutableRawBufferPointer.allocate(byteCount: max(size, 16 * 1024), alignment: 8)
      if let start = block.baseAddress { blocks.append(start) }
      free = block
    }
    let place = UnsafeMutableRawBufferPointer(rebasing: free[..<count])
    free = UnsafeMutableRawBufferPointer(rebasing: free[size...])
    return place
  }
}
