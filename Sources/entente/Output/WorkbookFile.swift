import FoundationEssentials
import Glibc
import RegistryCommands
import RegistryModel
import Rendering

/// A workbook that is found under its name only when it is whole.
enum WorkbookFile {
  static func write(_ table: ResultTable, to path: String) throws(Failure) {
    // That it can be written, and that it is no folder, is tried as for any other file.
    _ = try WrittenFile(URL(filePath: path), named: path, at: nil, isDropped: true)
    let place = URL(filePath: path).resolvingSymlinksInPath()
    let draft = place.deletingLastPathComponent().appending(
      path: ".\(place.lastPathComponent).part-\(getpid())"
    ).path
    do throws(Workbook.Problem) {
      try Workbook.write(table, to: draft)
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
  }
}
