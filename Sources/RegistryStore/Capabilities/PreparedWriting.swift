/// Takes with edits what follows from them alone, so that another thread can have made it out. A store may lack it: then they
/// are carried out by what they say.
public protocol PreparedWriting: AnyObject {
  /// Carries out edits one after the other; those before one that cannot be stay.
  /// - Returns: what each did.
  func applyPrepared(_ edits: [PreparedEdit]) throws(StoreProblem) -> [EditOutcome]
}
