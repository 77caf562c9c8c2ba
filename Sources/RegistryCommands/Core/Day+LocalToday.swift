import Glibc
import RegistryModel

extension Day {
  /// The day that it is by the clock and the time zone of this machine (`TZ`).
  static var localToday: Day {
    var now = time(nil)
    var here = tm()
    localtime_r(&now, &here)
    return Day(year: Int64(here.tm_year) + 1900, month: Int(here.tm_mon) + 1, day: Int(here.tm_mday))
  }
}
