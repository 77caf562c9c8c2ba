import FoundationEssentials
import Glibc
import RegistryStore

/// A file's text as UTF-8, read piece by piece.
struct FilePieces: Sendable {
  private let file: OpenFile
  private var transcoder: UTF8Transcoder
  /// What was read to find the mark at the start.
  private var first: ArraySlice<UInt8>
  /// How many bytes were read of how many; nothing where that cannot be told, as of a pipe.
  private(set) var bytesRead = 0
  /// Of what was read.
  private var digest = SHA256Digest()
  let size: Int?

  private static let pieceSize = 1 << 18

  /// Opens a file.
  /// - Parameter encoding: what is said of it; a mark at its start tells it as well.
  /// - Throws: why it cannot be read, in words.
  init(_ url: URL, encoding: TextEncoding?) throws(FileProblem) {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw FileProblem(words: "there is no such file")
    }
    guard !isFolder else { throw FileProblem(words: "it is a folder") }
    guard let file = try? OpenFile(reading: url.path) else { throw FileProblem(words: "not permitted") }
    self.file = file
    var status = stat()
    let isPlain = fstat(file.descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    size = isPlain ? Int(status.st_size) : nil
    let piece = try FilePieces.read(file)
    bytesRead = piece.count
    digest.add(piece)
    let mark = TextEncoding.marked(piece)
    if let problem = ForeignFile.problem(of: piece, isMarked: mark != nil, encoding) { throw problem }
    let asked = encoding == .utf16 ? mark?.encoding ?? .utf16 : encoding ?? mark?.encoding ?? .utf8
    transcoder = UTF8Transcoder(asked)
    // A mark belongs to the text only where it is one of the encoding that was named.
    let isMarked = mark?.encoding == asked
    first = piece.dropFirst(isMarked ? mark?.length ?? 0 : 0)
  }

  /// How the file is read.
  var encoding: TextEncoding { transcoder.encoding }

  /// The next piece, empty at the end.
  mutating func next() throws(FileProblem) -> [UInt8] {
    while true {
      let bytes: ArraySlice<UInt8>
      if first.isEmpty {
        let piece = try FilePieces.read(file)
        bytesRead += piece.count
        digest.add(piece)
        if piece.isEmpty { return transcoder.end() }
        bytes = piece[...]
      } else {
        bytes = first
        first = []
      }
      let text = transcoder.utf8(bytes)
      if !text.isEmpty { return text }
    }
  }

  /// The SHA-256 of what was read, in hexadecimal digits: of the whole file, at its end.
  var sha256: String { digest.hexadecimal }

  private static func read(_ file: OpenFile) throws(FileProblem) -> [UInt8] {
    do throws(SystemError) {
      return try file.read(upTo: pieceSize)
    } catch {
      throw FileProblem(words: "it cannot be read to its end")
    }
  }
}

/// Why a file cannot be read or written.
struct FileProblem: Error, Hashable, Sendable {
  var words: String
  /// What to do about it, where that can be told.
  var help: String?
}
