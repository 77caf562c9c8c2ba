public import RegistryModel

/// When a source came out, where its date is not known.
///
/// It was out on the day that it was retrieved at the latest, and not before the latest event that it reports: the
/// latest start of the dates `on D`, `from D` and `within A..B` of what it claims, and of the dates that it gives as
/// values. Left out are the values of ``ahead``, forecasts, days that lie after today, which it foresees, and claims whose citation says `inferred because`: what they lack was
/// supplied from elsewhere, so their dates are not the source's own. Between the two it was possibly out.
public enum SourceDates {
  /// Properties whose dates lie ahead of whoever states them.
  public static let ahead = ["due", "deadline", "operational"].map(Key.init(unchecked:))
}
