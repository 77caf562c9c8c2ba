import Foundation
import TestServer

/// A way to the tests' server that breaks when a transaction is committed: before the server got the word, or after it did
/// and before its answer came back. What comes later passes.
final class CuttingProxy: @unchecked Sendable {
  enum Cut { case before, after }

  let folder: URL
  private let target: String
  private let listener: Int32
  private let lock = NSLock()
  private var cut: Cut?

  init(to server: TestServer) throws {
    folder = URL(filePath: "/tmp/entente-cut-\(UUID().uuidString.prefix(8))", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    target = server.folder.appending(path: ".s.PGSQL.5432").path
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = Self.address(folder.appending(path: ".s.PGSQL.5432").path)
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let code = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) }
    }
    guard code == 0, listen(listener, 8) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
    Thread.detachNewThread { [self] in accepting() }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func end() { shutdown(listener, Int32(SHUT_RDWR)) }

  /// The next COMMIT does not come through, or its answer does not.
  func cutNext(_ cut: Cut) { lock.withLock { self.cut = cut } }

  private static func address(_ path: String) -> sockaddr_un {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { room in
      for (index, byte) in path.utf8.prefix(room.count - 1).enumerated() { room[index] = byte }
    }
    return address
  }

  private func accepting() {
    while true {
      let client = accept(listener, nil, nil)
      guard client >= 0 else { break }
      Thread.detachNewThread { [self] in carry(client) }
    }
    close(listener)
  }

  private func carry(_ client: Int32) {
    let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = Self.address(target)
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    _ = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(server, $0, size) }
    }
    defer {
      close(client)
      close(server)
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var isCutting = false
    while true {
      var waiting = [
        pollfd(fd: client, events: Int16(POLLIN), revents: 0),
        pollfd(fd: server, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&waiting, 2, -1) > 0 else { return }
      if waiting[0].revents != 0 {
        let count = read(client, &buffer, buffer.count)
        guard count > 0 else { return }
        if Data(buffer[..<count]).range(of: Data("COMMIT\0".utf8)) != nil {
          let cut = lock.withLock {
            defer { self.cut = nil }
            return self.cut
          }
          if cut == .before { return }
          isCutting = cut == .after
        }
        write(server, buffer, count)
      }
      if waiting[1].revents != 0 {
        let count = read(server, &buffer, buffer.count)
        // Its answer tells that it was done.
        guard count > 0, !isCutting else { return }
        write(client, buffer, count)
      }
    }
  }
}
