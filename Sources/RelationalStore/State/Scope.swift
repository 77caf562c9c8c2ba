/// Where reading looks: what is asserted now, or the tables that were made for another time.
package enum Scope: String, Sendable {
  case main
  case temp
}
