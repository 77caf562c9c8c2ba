import PluginKit

extension Datum {
  /// Whether a column of yes and no says yes.
  var isYes: Bool { self == .boolean(true) || self == .integer(1) }
}
