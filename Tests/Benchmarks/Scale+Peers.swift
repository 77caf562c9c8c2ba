import Foundation

/// What others write of the same shape, measured by scripts in Python beside their packages.
extension Scale {
  /// Statements a second: nomenklatura's writer and its bare table, and DoltLite's flat table with three indexes.
  func peersOfImport(_ generator: Generator, _ size: Int) throws -> [(String, Double)] {
    let nomenklatura = try rates("nomenklatura_rates.py") { [$0, "\(min(size, 50_000))"] }
    let doltlite = try rates("doltlite_rate.py") { [generator.flat.path, $0] }
    return
      (nomenklatura.count == 2
      ? [("nomenklatura's writer", nomenklatura[0]), ("its table, executemany", nomenklatura[1])] : [])
      + doltlite.prefix(1).map { ("DoltLite, flat, 3 indexes, one commit", $0) }
  }

  /// What a script prints, a number a line; nothing where there are no peers, which `make bench` tells. A script that
  /// fails is told.
  private func rates(_ script: String, _ arguments: (_ folder: String) -> [String]) throws -> [Double] {
    guard let peers = ProcessInfo.processInfo.environment["ENTENTE_BENCH_PEERS"] else { return [] }
    let place = folder.appending(path: "peer-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    let process = Process()
    process.executableURL = URL(filePath: peers).appending(path: "bin/python")
    process.arguments =
      [URL(filePath: #filePath).deletingLastPathComponent().appending(path: "peers/\(script)").path]
      + arguments(place.path)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return [] }
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let rates = text.split(separator: "\n").compactMap { Double($0) }
    if process.terminationStatus != 0 || rates.isEmpty {
      try FileHandle.standardError.write(contentsOf: Data("\(script) could not be measured\n".utf8))
    }
    return rates
  }
}
