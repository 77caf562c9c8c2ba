public import Foundation
public import RegistryModel

/// A value given for a parameter of an analysis; names are already resolved to keys.
public enum ArgumentValue: Hashable, Sendable {
  case key(Key)
  case text(String)
  case number(Decimal)
  case date(PartialDate)
}
