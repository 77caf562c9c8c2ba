public import RegistryModel

extension PluginCatalog {
  /// The listing that `plugin list` shows.
  public var listing: ResultTable {
    let names = ["name", "version", "analyses", "runs", "state", "path", "reason"]
    let rows = candidates.map { candidate -> [Cell] in
      switch candidate.outcome {
      case .success(let plugin):
        let state = candidate.isDisabled ? "disabled" : plugin.isLoaded ? "loaded" : "available"
        return [
          .text(plugin.manifest.name), .text(plugin.manifest.version),
          .list(plugin.manifest.analyses.map { .text($0.name) }), .text(plugin.place.rawValue), .text(state),
          .text(candidate.path), .empty,
        ]
      case .failure(let problem):
        let reason = [problem.message, problem.help].compactMap(\.self).joined(separator: "; ")
        return [
          candidate.name.map { .text($0) } ?? .empty, .empty, .empty, .empty, .text("refused"),
          .text(candidate.path), .text(reason),
        ]
      }
    }
    return ResultTable(title: "Plugins", columns: names.map { Column($0) }, rows: rows, notes: notes)
  }
}
