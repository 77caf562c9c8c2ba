/// What a long import leaves for the end of its transaction, where making it at once costs less than keeping it true.
struct Late {
  /// The counts of ``Tally``.
  var tally = false
  /// The paths of groups.
  var paths = false
  /// When things were there.
  var existence = false
  /// The texts of the indexes that were dropped: their places are all over the registry, and a row of an import would
  /// go to one after the other.
  var indexes: [String] = []

  var isNothing: Bool { !tally && !paths && !existence && indexes.isEmpty }
}

/// From when on a long import does later, or at once for many, what is done for each edit otherwise.
struct ImportLimits {
  /// Of so many statements, cells or entities each is looked up by itself, and what is asked of them is asked ahead; of more
  /// all that is said is read, which is less for each.
  var oneByOne = 500
  /// So many edited statements wait for the projections: they are held in memory.
  var waiting = 20_000
  /// So many new statements are put into the full text at once; what is more, later.
  var textAtOnce = 2_000
  /// So many texts in one step of the later work.
  var textStep: Int64 = 20_000
  /// So many statements that one transaction asserted are withdrawn one by one; more, if they are also a large part of all,
  /// together.
  var withdrawnOneByOne = 2_000
  /// Where more than this part of all statements is withdrawn together, what is left is counted and put in its place anew.
  var most = 1.0 / 2
  /// So many cells that are decided anew are counted one by one; more, all together.
  var countedOneByOne = 2_000
  /// Of so many entities, by their rows, it is made out at once when they were there.
  var existencesAtOnce: Int64 = 50_000
  /// Indexes are made anew where the transaction has recorded more than this part of what was there before.
  var part = 1.0 / 3
}
