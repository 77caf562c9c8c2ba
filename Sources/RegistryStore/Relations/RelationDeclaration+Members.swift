/// Who is in what, and what is part of what.
extension RelationDeclaration {
  static let ofMembers = [memberships, membershipsIncludingGroups, groupClosure, partClosure]

  package static let memberships = RelationDeclaration(
    "memberships", "who belongs to what, by member and the properties that narrow it", follows: .every,
    [
      .key("initiative", "a key"),
      .key("member", "a key"),
      .key("property", "member, signatory …"),
      .text("role", "the qualifier"),
      .day("start_earliest", "a day, nothing where it is open"),
      .day("start_latest", "a day"),
      .day("end_earliest", "a day"),
      .day("end_latest", "a day"),
      .text("statement", "the statement's id"),
      .text(
        "certainty",
        "on the date asked for, certainly or possibly; without one possibly for what is only to come"),
    ])

  package static let membershipsIncludingGroups = RelationDeclaration(
    "memberships_including_groups",
    "as memberships, and who belongs to it through a group such as the EU while both hold", follows: .every,
    [
      .key("initiative", "a key"),
      .key("member", "a key"),
      .key("property", "member, signatory …"),
      .text("role", "the qualifier"),
      .day("start_earliest", "a day, nothing where it is open"),
      .day("start_latest", "a day"),
      .day("end_earliest", "a day"),
      .day("end_latest", "a day"),
      .text("statement", "the id of what names the member, or its group"),
      .text(
        "certainty",
        "on the date asked for, certainly or possibly; without one possibly for what is only to come"),
      .text("through", "the groups from the member's own on, joined by >; nothing where it is named itself"),
    ])

  package static let groupClosure = RelationDeclaration(
    "group_closure", "who is in which group, through whatever groups: a row for each way",
    follows: [.date, .sources, .record],
    [
      .key("member", "who is in it"),
      .key("reached", "the group"),
      .text("through", "the groups from the member's own to the one that is reached, joined by >"),
      .integer("steps", "how many memberships lead there"),
      .text("statements", "the ids of these memberships, in their order, joined by commas"),
      .day("start_earliest", "the first day from which all of them may hold, nothing where that is open"),
      .day("start_latest", "the last such day"),
      .day("end_earliest", "the first day on which one of them may end"),
      .day("end_latest", "the last such day"),
      .text(
        "certainty",
        "on the date asked for, certainly or possibly; without one possibly for what is only to come"),
    ])

  package static let partClosure = RelationDeclaration(
    "part_closure", "what is part of what, near and far: a row for each way",
    follows: [.date, .sources, .record],
    [
      .key("part", "what is part of it"),
      .key("whole", "the whole that is reached"),
      .key("property", "the property that is followed, with what narrows it: part-of"),
      .text("through", "the wholes from the part's own to the one that is reached, joined by >"),
      .integer("steps", "how many statements lead there"),
      .text("statements", "the ids of these statements, in their order, joined by commas"),
      .day("start_earliest", "the first day from which all of them may hold, nothing where that is open"),
      .day("start_latest", "the last such day"),
      .day("end_earliest", "the first day on which one of them may end"),
      .day("end_latest", "the last such day"),
      .text(
        "certainty",
        "on the date asked for, certainly or possibly; without one possibly for what is only to come"),
    ])
}
