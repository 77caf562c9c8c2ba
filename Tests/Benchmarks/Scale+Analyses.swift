import Foundation

/// Analyses of all that a registry says, beside the same question on the flat table: time and peak memory of whole
/// processes.
extension Scale {
  func analyse(_ registry: String, _ flat: String, _ size: Int) {
    let timeline =
      "SELECT value, subject, property, source FROM flat WHERE property = 'started' ORDER BY value, subject"
    // What is claimed by one source alone, by source.
    let support = """
      SELECT source, count(*) FROM (SELECT min(source) AS source FROM flat WHERE property NOT IN ('name', 'type')
        GROUP BY subject, property, value HAVING count(DISTINCT source) = 1) GROUP BY source
      """
    for (name, command, query) in [
      ("timeline of all dates", "timeline as tsv", timeline),
      ("support, by origin", "support", support),
    ] {
      let (own, bare): ([ProcessCost], [ProcessCost])
      do {
        own = try (0..<2).map { _ in try spend(program, ["--registry", registry, "-c", command]) }
        bare = try (0..<2).map { _ in try spend(sqlite3, ["-tabs", flat, query]) }
      } catch {
        // An analysis may be refused for the size of what it reads; the rest is measured.
        FileHandle.standardError.write(Data("\(name), \(label(size)): \(error)\n".utf8))
        continue
      }
      results.add(
        "\(name), \(label(size)), whole process", own.map(\.seconds).min().map { $0 * 1_000 } ?? .nan,
        ("sqlite3, flat", bare.map(\.seconds).min().map { $0 * 1_000 } ?? .nan))
      results.add(
        "\(name), \(label(size)), peak memory", own.map(\.megabytes).max() ?? .nan,
        ("sqlite3, flat", bare.map(\.megabytes).max() ?? .nan), unit: "MB")
    }
  }
}
