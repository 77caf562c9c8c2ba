import Foundation
import Testing

@testable import PluginHost

extension PluginHostTests {
  @Suite("Libraries of the machine") struct SystemLibraryTests {
    /// The places that a path leads to, link by link, the path itself first.
    private func chain(_ path: String) -> [String] {
      var found = [path]
      while found.count < 40,
        let next = try? FileManager.default.destinationOfSymbolicLink(atPath: found[found.count - 1])
      {
        let folder = URL(filePath: found[found.count - 1]).deletingLastPathComponent()
        found.append(next.hasPrefix("/") ? next : folder.appending(path: next).standardizedFileURL.path)
      }
      return found
    }

    @Test("a worker sees every link on the way to a library that the loader may look for")
    func links() throws {
      let places = SystemLibraries.places
      var followed = 0
      for folder in places {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where name.contains(".so") && FileManager.default.fileExists(atPath: folder + "/" + name) {
          for step in chain(folder + "/" + name) {
            followed += 1
            #expect(places.contains { step.hasPrefix($0 + "/") }, "\(folder)/\(name): \(step)")
          }
        }
      }
      #expect(followed > 50)
    }
  }
}
