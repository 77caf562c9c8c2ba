import FoundationEssentials
import Glibc
import RegistryCommands
import RegistryModel
import Rendering
import Terminal

/// A picture as PNG, by librsvg's own program, which is looked for when it is first asked for. It is found under its name
/// only when it is whole.
enum PictureFile {
  private static let program = "rsvg-convert"
  /// Twice as many points as the picture has, for slides and print; of a large one as many, and none of a larger.
  private static let scales = [2.0, 1.0]
  private static let mostPoints = 40_000_000.0
  private static let longestSide = 32_000.0

  static func write(_ svg: String, to path: String) throws(Failure) {
    _ = try WrittenFile(URL(filePath: path), named: path, at: nil, isDropped: true)
    guard ShellCommand.isFound(program) else { throw .noPicture(path) }
    let (width, height) = size(svg)
    let scale = scales.first {
      width * height * $0 * $0 <= mostPoints && max(width, height) * $0 <= longestSide
    }
    guard let scale else { throw .largePicture(path, Int(width), Int(height)) }
    let place = URL(filePath: path).resolvingSymlinksInPath()
    let draft = place.deletingLastPathComponent().appending(
      path: ".\(place.lastPathComponent).part-\(getpid())"
    ).path
    let command: ShellCommand
    do {
      command = try ShellCommand(
        "\(program) --format=png --zoom=\(scale) --output=\(quoted(draft))", feeds: true)
    } catch { throw Failure(.storage, code: error.code, error.message, help: error.help) }
    let isTaken = command.write(svg)
    let status = command.finish()
    guard isTaken, status == 0, access(draft, R_OK) == 0 else {
      unlink(draft)
      throw .failedPicture(path, "\(program) ended with status \(status)")
    }
    guard rename(draft, place.path) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(draft)
      throw .failedPicture(path, reason)
    }
  }

  /// How many points a picture of ours has, which stands in its first line.
  private static func size(_ svg: String) -> (width: Double, height: Double) {
    func number(_ name: String) -> Double {
      guard let start = svg.firstRange(of: " \(name)=\"")?.upperBound else { return 0 }
      return Double(svg[start...].prefix { $0 != "\"" }) ?? 0
    }
    return (number("width"), number("height"))
  }

  /// A text as one word of the shell.
  private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
