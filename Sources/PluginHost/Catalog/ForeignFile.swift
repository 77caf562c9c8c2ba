import FoundationEssentials
import Glibc

/// A file of somebody else, read where it is asked for and never mapped: it may be of any size, and change meanwhile.
struct ForeignFile: ~Copyable {
  private let descriptor: Int32
  let size: UInt64

  /// Opens a plain file; what would hold up whoever opens it, a pipe or a device, is refused.
  ///
  /// - Parameter seen: what was looked at before: another file that took its place, or a link, is refused.
  init(_ path: String, seen: stat? = nil) throws(PluginProblem) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw .unreadable(path, String(cString: strerror(errno))) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .unreadable(path, "it is no plain file")
    }
    if let seen, seen.st_dev != status.st_dev || seen.st_ino != status.st_ino {
      close(descriptor)
      throw .unreadable(path, "another file took its place meanwhile")
    }
    self.descriptor = descriptor
    size = UInt64(max(0, status.st_size))
  }

  deinit { close(descriptor) }

  /// Exactly these bytes, or nothing where the file has them not.
  func bytes(at offset: UInt64, _ count: Int) -> [UInt8]? {
    guard let offset = Int(exactly: offset), count >= 0, UInt64(count) <= size else { return nil }
    var bytes = [UInt8](repeating: 0, count: count)
    var read = 0
    while read < count {
      let (place, overflow) = offset.addingReportingOverflow(read)
      guard !overflow else { return nil }
      let got = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress.map { $0 + read }, count - read, place)
      }
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else { return nil }
      read += got
    }
    return bytes
  }

  /// Hands over all its bytes, piece by piece, and no more than it had when it was opened; false where it has fewer now.
  func read(each body: (UnsafeRawBufferPointer) -> Void) -> Bool {
    withUnsafeTemporaryAllocation(byteCount: 256 << 10, alignment: 16) { room in
      var place: UInt64 = 0
      while place < size {
        let got = pread(
          descriptor, room.baseAddress, Int(min(size - place, UInt64(room.count))), Int(clamping: place))
        if got < 0 && errno == EINTR { continue }
        guard got > 0 else { return false }
        body(UnsafeRawBufferPointer(rebasing: room[..<got]))
        place += UInt64(got)
      }
      return true
    }
  }
}
