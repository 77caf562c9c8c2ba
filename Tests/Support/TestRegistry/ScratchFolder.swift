public import Foundation

/// A folder of its own for the files of a test.
public final class ScratchFolder {
  public let url = FileManager.default.temporaryDirectory.appending(
    path: "entente-scratch-\(UUID().uuidString)", directoryHint: .isDirectory)

  public init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(at: url) }

  public func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

  public func write(_ data: Data, to name: String) throws { try data.write(to: url.appending(path: name)) }

  public func read(_ name: String) throws -> String {
    try String(contentsOf: url.appending(path: name), encoding: .utf8)
  }

  public func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: url.appending(path: name).path)
  }
}
