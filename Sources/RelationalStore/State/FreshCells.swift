internal import RegistryStore

/// Of claims that were recorded just now, the cells in which there may be something to decide.
///
/// An import says of one new thing after another all that it has to say. Claims of the thing that was made last are compared
/// here while they come, and need not be looked up afterwards; all others are.
struct FreshCells {
  /// What was made last, while all that was ever said of it is plain and known here.
  private var subject: Int64?
  /// What is said of it: few, since each claim more is compared with all.
  private var said: [(property: String, object: Int64)] = []
  private static let mostSaid = 32
  /// What is to be looked up.
  private(set) var asked: Set<Dirty.Cell> = []

  /// Something was made of which nothing is said yet.
  mutating func begin(_ entity: Int64) {
    subject = entity
    said.removeAll(keepingCapacity: true)
  }

  /// - Parameters:
  ///   - isPlain: whether it can be to be decided only where something else is said too.
  ///   - hasRivals: whether values of the property exclude each other.
  mutating func add(
    _ value: CountedValue, isPlain: Bool, hasRivals: () throws(StoreProblem) -> Bool
  ) throws(StoreProblem) {
    guard isPlain, value.subject == subject, said.count < Self.mostSaid else {
      // It may bear on what is said of it later.
      if value.subject == subject { subject = nil }
      return ask(value)
    }
    let others = said.filter { $0.property == value.property }
    // What names nothing, and is said again otherwise, is looked up.
    if !others.isEmpty {
      let isNamed = value.object != 0 && !others.contains { $0.object == value.object }
      if isNamed ? try hasRivals() : true { ask(value) }
    }
    said.append((value.property, value.object))
  }

  private mutating func ask(_ value: CountedValue) {
    asked.insert(Dirty.Cell(subject: value.subject, property: value.property))
  }

  /// What goes on when these are looked up, where nothing else was edited.
  var goingOn: FreshCells {
    var next = self
    next.asked = []
    return next
  }

  /// After others that were brought up to date already.
  mutating func formUnion(_ other: FreshCells) {
    asked.formUnion(other.asked)
    subject = nil
  }
}
