import RegistryModel

/// A page in place of the rows that a program would read.
struct PageWriter: RowWriter {
  let page: Page
  let form: (Page) -> String

  func writeOpening(into text: inout String) { text += form(page) }
  func write(_ row: [Cell], index: Int, into text: inout String) {}
  func writeClosing(rows: Int, into text: inout String) {}
}

extension Page.Line {
  /// Its parts in order, each made by the caller: the items with what stands between them, the remark, what is left out.
  func text(
    _ item: (Page.Item) -> String, plain: (String) -> String, omission: (Page.Omission) -> String
  ) -> String {
    var text = items.map(item).joined(separator: plain(joiner))
    if let remark { text += (text.isEmpty ? "" : plain(" — ")) + plain(remark) }
    if let left = self.omission { text += (text.isEmpty ? "" : plain("; ")) + omission(left) }
    return text
  }
}
