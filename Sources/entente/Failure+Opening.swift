import CommandLanguage
import RegistryCommands

/// What the program says where the registry of the command line cannot be opened; what the store meets has words of its
/// own.
extension Failure {
  static let noName = Failure(
    .usage, code: "no-name", "--registry has no name",
    help: "name a file, or :memory: for one that is not kept")

  /// - Parameters:
  ///   - isEmpty: whether there is a file with nothing in it.
  ///   - near: registries that lie there and may be meant, the nearest first.
  static func noRegistry(_ location: String, isEmpty: Bool, near: [String]) -> Failure {
    let named = near.prefix(3)
    let meant =
      named.isEmpty
      ? ""
      : "did you mean \(named.count == 1 ? "" : named.dropLast().joined(separator: ", ") + " or ")\(named.last ?? "")? "
    return Failure(
      .storage, code: "no-registry",
      isEmpty ? "\(location) is an empty file, and no registry" : "there is no registry \(location)",
      help: meant + "--new makes one of this name")
  }

  static func noRegistryToRead(_ location: String) -> Failure {
    Failure(
      .storage, code: "cannot-open", "there is no registry \(location)",
      help: "start once without --read-only to make it")
  }

  static func seedOfOld(_ seed: String, _ location: String) -> Failure {
    Failure(
      .storage, code: "seed-of-old",
      "\(location) is there already, and --seed is what a new registry starts with",
      help: seed == "none"
        ? "leave --seed out to open it, or name another file"
        : "leave --seed out to open it, name another file, or carry the scripts out in it: .read FILE")
  }

  static func noSeed(at given: String) -> Failure {
    Failure(
      .storage, code: "no-seed", "there is no Seed at \(given)",
      help: "name a folder with seed.ent, a script, or none")
  }

  static let noShippedSeed = Failure(
    .storage, code: "no-seed", "the shipped Seed was not found",
    help: "name it with --seed PATH, or start empty with --seed none")
}
