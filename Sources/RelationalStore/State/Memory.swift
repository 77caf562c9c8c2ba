internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// What was read once and is true until the registry changes.
struct Memory {
  /// Rows of keys. Forgotten when something is rolled back, since the row may be gone, and when they are too many.
  private(set) var entityIDs: [Key: Int64] = [:]

  mutating func know(_ key: Key, _ id: Int64) {
    if entityIDs.count >= 100_000 { entityIDs.removeAll(keepingCapacity: true) }
    entityIDs[key] = id
  }

  mutating func forgetEntities() { entityIDs = [:] }

  /// Rows of words, as those of keys.
  private(set) var words: [String: Int64] = [:]

  mutating func know(word: String, _ id: Int64) {
    if words.count >= 1_000 { words.removeAll(keepingCapacity: true) }
    words[word] = id
  }

  /// Whether any entity counts as another now; nothing where it was not asked.
  var hasMergings: Bool?
  /// Whether any entity is shown under another key than its first; nothing where it was not asked.
  var hasIdentities: Bool?
  /// The keys that were given later, with those that statements are recorded under.
  var recordedKeys: [Key: Key]?
  /// Dates by their text: few are used often.
  var validities: [String: Validity] = [:]
  /// What ``SQLEngine/dataVersion()`` was: another session wrote when it changes.
  var dataVersion: Int64 = -1
  var schema: Schema? {
    didSet { schemaRules = nil }
  }
  /// What the rules need of it.
  var schemaRules: SchemaRules?
  /// Of the sources that were looked up.
  var standings: [Key: SourceStanding] = [:]
  /// The other time that the tables in `temp` are made for.
  var past: Past?
  /// What the documented views read.
  var viewed: ViewedAs?
  /// The contradictions that are written down.
  var contradictions: [FoundTable.Row] = []
  /// Of what date the view for filters that lie deep tells what holds.
  var deeplyViewed: Holding?
}
