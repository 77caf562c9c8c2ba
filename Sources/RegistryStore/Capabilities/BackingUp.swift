/// Copies a registry while it is used: what a store may lack that is backed up by other means.
public protocol BackingUp: AnyObject {
  /// Writes a copy of what is committed to a new file, while others read and write.
  /// - Throws: `transactionOpen`; `cannotOpen` where the file is there already or cannot be made.
  func backup(to location: String) throws(StoreProblem)
}
