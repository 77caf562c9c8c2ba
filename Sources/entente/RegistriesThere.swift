import CommandLanguage
import FoundationEssentials
import RegistryCommands

/// The registries in the folder of a name that is none, for "did you mean".
struct RegistriesThere {
  private let location: String

  init(_ location: String) { self.location = location }

  /// Those whose names are like the name, else some of those that are there; written as the name was.
  var near: [String] {
    let file = URL(filePath: location)
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)) ?? []
    let folder =
      location.contains("/") ? location[...(location.lastIndex(of: "/") ?? location.startIndex)] : ""
    func registries(_ names: [String]) -> [String] {
      names.lazy.map { folder + $0 }.filter(Self.isRegistry).prefix(3).map { String($0) }
    }
    let alike = registries(nearest(to: file.lastPathComponent, in: names))
    return alike.isEmpty ? registries(names.filter { $0.hasSuffix(".entente") }.sorted()) : alike
  }

  /// Whether a file begins as a registry does: as a database of SQLite, with our number at 68.
  static func isRegistry(_ path: String) -> Bool {
    // A pipe would be waited for.
    let kind =
      (try? FileManager.default.attributesOfItem(atPath: URL(filePath: path).resolvingSymlinksInPath().path))?[
        .type]
    guard kind as? FileAttributeType == .typeRegular, let file = try? OpenFile(reading: path),
      let header = try? file.read(upTo: 72), header.count == 72
    else { return false }
    return header.starts(with: "SQLite format 3\0".utf8) && header.suffix(4).elementsEqual("Entr".utf8)
  }
}
