internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Where reading looks: what is asserted now, or the tables that were made for another time.
enum Scope: String {
  case main
  case temp
}
