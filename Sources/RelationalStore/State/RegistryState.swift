internal import RegistryStore

/// What the parts of a registry share: its database, the open transaction, what waits to be brought up to date, and what was
/// read once. Each part (``Truth``, ``Projector``, ``PastScope``, ``EntityPlanner`` …) is a value made of it; which parts it
/// uses stands at its head, and none uses one that uses it.
final class RegistryState {
  /// Whether nothing can be written.
  let isReadOnly: Bool
  let db: any SQLEngine

  /// The file, or `:memory:`.
  var location: String { db.location }

  /// The open transaction.
  var transaction: OpenTransaction?
  /// Whether all that is written is dropped in the end (``Beginning/trial(author:)``).
  var isTrial = false
  /// What was edited since the projections were brought up to date.
  var dirty = Dirty()
  /// What was brought up to date inside the part that can still be dropped (``Transactor/atomically(_:)``); nil outside one.
  var flushed: Dirty?
  /// What waits for the end of the transaction.
  var late = Late()
  /// What was read once and is true until the registry changes.
  var memory = Memory()

  /// Whether what is read is held at one moment.
  var isHeld = false
  /// Whether what is read in the open transaction is a part of it (``SQLEngine/failsAsAWhole``).
  var isReadingInPart = false
  /// Whether it was looked, while it is held, for what others had written before.
  var hasNoticed = false
  /// Whether more pages than usual are kept in memory.
  var isCacheWide = false

  /// Whether what a session asks first, and what lasts of it, was asked before it was its turn to write.
  var isWarm = false

  /// From when on a transaction counts as a long import.
  var limits = ImportLimits()
  /// With fewer entities everything is derived for a list of the past, and what is undecided is counted to the last.
  var leastForCandidates = 10_000
  /// With fewer statements another time is read from tables that are made for it, which takes no longer than to find out
  /// what differs; with more, through views where they tell it.
  var leastForViews = 20_000
  /// How many statements are held in memory while their ids are checked.
  var checkedAtOnce = 10_000

  init(_ db: any SQLEngine, isReadOnly: Bool) {
    self.db = db
    self.isReadOnly = isReadOnly
  }
}
