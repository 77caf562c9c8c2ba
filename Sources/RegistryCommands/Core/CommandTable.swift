public import CommandLanguage

/// All commands of a session: those built in, and the plugins' analyses behind them.
public struct CommandTable: Sendable {
  private let definitions: [String: CommandDefinition]
  public let signatures: SignatureTable

  /// What is built in, in the order in which help lists it.
  public static let builtIn: [CommandDefinition] = registryCommands + CommandDefinition.sessionCommands

  private static let registryCommands: [CommandDefinition] = [
    .show, .brief, .briefTopic, .list, .count, .total, .find, .why, .whyList, .whyTotal, .whyRow, .mentions,
    .history, .diff,
    .conflicts,
    .sql, .check, .checkStale, .checkClaim,
    .source, .citing, .add, .claim, .deny, .retract, .retractSource, .correct, .edit, .alias.keepingReason(),
    .prefer.keepingReason(), .review.keepingReason(), .reviewProperty, .distinct.keepingReason(),
    .merge.keepingReason(), .unmerge, .suggestMerges, .split.keepingReason(), .suggestSplits,
    .rename.keepingReason(), .defineType, .defineProperty, .importFile,
    .export, .publish, .dump, .load, .unite, .fingerprint, .backup, .restore, .restoredTransaction, .withdraw,
    .end,
    .only, .ranked,
    .reviewed,
    .begin, .commit, .rollback, .undo, .redo, .run, .pluginList, .pluginInfo,
    .pluginInstall, .pluginEnable, .pluginDisable, .pluginRemove, .pluginReload, .pluginNew, .pluginTest,
    .pluginDebug,
    .pluginDoctor, .aboutAnalysis, .param, .forEach, .ifExists, .ifEmpty, .say, .fail, .stop, .expect,
    .expectNo, .help,
  ]

  /// What no analysis can be called, since a command begins so.
  public static let builtInNames = Set(
    builtIn.flatMap { [$0.name, String($0.name.prefix { $0 != " " })] })

  /// Those of Entente itself alone.
  static let own = CommandTable()

  public init(adding analyses: [AnalysisSignature] = []) {
    var definitions: [String: CommandDefinition] = [:]
    for definition in CommandTable.builtIn { definitions[definition.name] = definition }
    for analysis in analyses where definitions[analysis.signature.name] == nil {
      definitions[analysis.signature.name] = .analysis(analysis)
    }
    self.definitions = definitions
    self.signatures = SignatureTable(definitions.values.map(\.signature))
  }

  public subscript(name: String) -> CommandDefinition? { definitions[name] }

  /// The names of all commands, sorted, session commands last.
  public var names: [String] {
    definitions.keys.sorted { ($0.hasPrefix(".") ? 1 : 0, $0) < ($1.hasPrefix(".") ? 1 : 0, $1) }
  }

  public var all: [CommandDefinition] { names.compactMap { definitions[$0] } }
}
