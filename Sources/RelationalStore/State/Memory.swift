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
    unknownKeys.remove(key)
    if !rowsLeft.isEmpty { rowsLeft[key] = nil }
  }

  mutating func forgetEntities() {
    entityIDs = [:]
    unknownKeys = []
    rowsLeft = [:]
  }

  /// Keys that were asked for lately and mean nothing yet: whoever makes them asks first whether they are there.
  private(set) var unknownKeys: Set<Key> = []

  /// The rows that are left of keys of which nothing was ever recorded: whoever makes such a key takes its row.
  var rowsLeft: [Key: Int64] = [:]

  mutating func note(unknown key: Key) {
    if unknownKeys.count >= 10_000 { unknownKeys.removeAll(keepingCapacity: true) }
    unknownKeys.insert(key)
  }

  /// Entities that were made since the projections were brought up to date, with what was claimed of them that says which
  /// type they are of and what they are called, while nothing else does. A script that makes a thing and goes on to speak of
  /// it need not have the projections brought up to date for each of its commands.
  private(set) var introduced: [Int64: Introduced] = [:]

  mutating func introduce(_ id: Int64, _ key: Key) {
    if introduced.count >= 50_000 { introduced.removeAll(keepingCapacity: true) }
    introduced[id] = Introduced(key: key)
  }

  /// So many claims of such entities are kept (``Introduced/claims``); of more it is looked up what became of them.
  static let mostIntroducing = 500
  private var introducing = 0

  /// What a claim that was recorded just now says of an entity that was.
  /// - Parameter object: the entity that is its value.
  mutating func tell(_ id: Int64, _ statement: Statement, object: Int64?, isClaimed: Bool) {
    guard introduced[id] != nil else { return }
    introducing += 1
    if introducing > Self.mostIntroducing {
      introduced[id]?.claims = nil
    } else {
      introduced[id]?.take(isClaimed ? PlainClaim(statement, object) : nil)
    }
    guard statement.property == BuiltIn.type || statement.property == BuiltIn.name else { return }
    guard isClaimed, statement.validity.canonicalText.isEmpty, case .text(let text) = statement.value,
      introduced[id]?.take(text, of: statement.property) == true
    else { return introduced[id] = nil }
  }

  /// Something else says what entities are of or called: one of them, or any.
  mutating func forgetIntroduced(_ id: Int64? = nil) {
    if let id { return introduced[id] = nil }
    introduced.removeAll(keepingCapacity: true)
    introducing = 0
  }

  /// Entities as they are shown, of those that were looked up since the projections were brought up to date.
  private(set) var records: [Int64: EntityRecord] = [:]

  mutating func know(_ record: EntityRecord, of id: Int64) {
    if records.count >= 1_000 { records.removeAll(keepingCapacity: true) }
    records[id] = record
  }

  mutating func forgetRecords() { records.removeAll(keepingCapacity: true) }

  /// Rows of words, as those of keys.
  private(set) var words: [ExactText: Int64] = [:]

  mutating func know(word: ExactText, _ id: Int64) {
    if words.count >= 1_000 { words.removeAll(keepingCapacity: true) }
    words[word] = id
  }

  var fresh = FreshContents()

  /// This registry's own origin.
  var ownOrigin: (row: Int64, text: String)?
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
  /// The last transaction that there was then.
  var lastTransaction: Int64?
  var schema: Schema? {
    didSet { schemaRules = nil }
  }
  /// The definitions in it that were taken back and go on.
  var lapsed: [Int64] = []
  /// Where a definition that was taken back may be used, so that it goes on: nowhere where there is none, elsewhere where nothing
  /// of another registry has come yet.
  enum Usability { case none, elsewhere, here }
  var usability = Usability.none
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

  /// What is true still after others have written: who edits among many would else read the whole schema anew each time.
  /// - Parameter changed: what they asserted and ended, but for statements and citations.
  func remaining(after changed: Set<Thing>) -> Memory {
    var memory = Memory()
    memory.words = words
    memory.validities = validities
    if !changed.contains(.definition), usability != .here {
      memory.schema = schema
      memory.schemaRules = schemaRules
    }
    if changed.isDisjoint(with: [.merging, .renaming]) {
      memory.hasMergings = hasMergings
      // Who is held distinct counts for nobody else.
      if hasMergings == false { memory.hasIdentities = hasIdentities }
      // What has a key first may come by uniting, after it was given to something else.
      if recordedKeys?.isEmpty == true {
        memory.recordedKeys = recordedKeys
        memory.entityIDs = entityIDs
      }
    }
    return memory
  }
}
