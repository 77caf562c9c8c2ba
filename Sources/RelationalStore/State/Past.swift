internal import RegistryModel
internal import RegistryRules

/// The time that the tables in `temp` are made for, with what was read of it and what they hold.
struct Past {
  var times: Times
  var schema: Schema?
  /// The definitions in it that had been taken back and went on.
  var lapsed: [Int64] = []
  var schemaRules: SchemaRules?
  /// Whether it is there when things were.
  var hasExistence = false
  var standings: [Key: SourceStanding] = [:]
  /// Of whom everything is there.
  var entities: Set<Int64> = []
  /// How many of them were looked up one by one.
  var lookedUp = 0
  /// Whether everything is there of everybody, the full text, and the paths of groups.
  var isWhole = false
  var hasText = false
  var hasGroups = false
  /// What it is read through instead of tables of its own.
  var views: PastViews?
  /// Whether it is known that it is not read so.
  var needsTables = false

  /// Whether only statements count that a source says whose word counts.
  var needsEvidence: Bool { times.published != nil || !times.accordingTo.isEmpty }
}
