import FoundationEssentials
import Glibc
import RegistryCommands
import RegistryModel
import Rendering

/// A workbook that is found under its name only when it is whole.
enum WorkbookFile {
  /// - Returns: what could not be written whole, in words for the user.
  static func write(_ table: ResultTable, to path: String) throws(Failure) -> [String] {
    // That it can be written, and that it is no folder, is tried as for any other file.
    _ = try WrittenFile(URL(filePath: path), named: path, at: nil, isDropped: true)
    let place = URL(filePath: path).resolvingSymlinksInPath()
    let draft = place.deletingLastPathComponent().appending(
      path: ".\(place.lastPathComponent).part-\(getpid())"
    ).path
    let cut: [String]
    do throws(Workbook.Problem) {
      cut = try Workbook.write(table, to: draft)
    } catch {
      unlink(draft)
      switch error {
      case .missing(let reason): throw Failure.noWorkbook(path, missing: reason)
      case .failed(let reason): throw Failure.failedWorkbook(path, reason)
      case .tooManyRows(let count): throw Failure.tallWorkbook(path, "rows", count)
      case .tooManyColumns(let count): throw Failure.tallWorkbook(path, "columns", count)
      }
    }
    guard rename(draft, place.path) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(draft)
      throw Failure.failedWorkbook(path, reason)
    }
    guard !cut.isEmpty else { return [] }
    let shown = cut.prefix(shownCells).joined(separator: ", ") + (cut.count > shownCells ? ", …" : "")
    return [
      "\(cut.count) text\(cut.count == 1 ? " is" : "s are") longer than the \(WorkbookText.mostUnits) characters that a cell of a workbook takes, and \(cut.count == 1 ? "was" : "were") cut: \(shown); a .csv has \(cut.count == 1 ? "it" : "them") whole"
    ]
  }

  /// How many cells are named one by one.
  private static let shownCells = 10
}
