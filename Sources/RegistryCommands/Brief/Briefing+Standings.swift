import CommandLanguage
import RegistryModel
import RegistryRules

/// Who stands how in it, on the date of the page: as `list X.member including groups on D` tells it.
extension Briefing {
  mutating func standings(_ own: [StatementRecord]) throws(Failure) -> Page.Section? {
    let properties = properties(at: .standings)
    guard !properties.isEmpty else { return nil }
    var lines: [Page.Line] = []
    let members = Set(schema.propertyAndNarrower(of: Self.member))
    let isJoined = properties.contains(Self.member)
    if isJoined { lines += try self.lines(of: Self.member, isMembership: true) }
    if isJoined, lines.isEmpty {
      lines.append(
        Page.Line("members", remark: "not stated: no source says \(subject.key).\(Self.member)\(bounds)"))
    }
    let others = Set(records(own, at: .standings).map(\.statement.property)).subtracting(members)
    for property in others.sorted() { lines += try self.lines(of: property, isMembership: false) }
    // Of those that are in it, what else is said of when: it is counted where nothing of it is told.
    let told = Set(lines.flatMap(\.items).flatMap(\.statements))
    let hasCut = lines.contains { $0.omission != nil }
    let left = records(own, at: .standings).filter { !told.contains($0.id) }
    if !left.isEmpty, !hasCut {
      let count = left.count == 1 ? "one statement more" : "\(left.count) statements more"
      lines.append(
        Page.Line(
          "also said",
          [
            Page.Item(
              "\(count) of when they are in it, which is not what counts", statements: left.map(\.id))
          ], remark: "show \(key)\(bounds)"))
    }
    return section("Members, and who else has a part in it, \(onDate)", lines)
  }

  /// Those of a property: in their own name, through whom, possibly, no more, said not to be.
  private mutating func lines(of property: Key, isMembership: Bool) throws(Failure) -> [Page.Line] {
    let name = NameSyntax(.bare, subject.key.text, span)
    let path = PathSyntax(name: name, properties: [Word(property.text, span)], qualifiers: [], span: span)
    let said = try statementReader.statements(at: path, dated, includesOver: true).filter {
      // What narrows it has lines of its own, unless all of it is membership.
      isMembership || $0.statement.property == property
    }
    try self.name(said)
    let holding = said.filter { $0.isClaimed && $0.holdsPossibly }
    // Who takes part for a group takes no part for each of its members.
    let members =
      isMembership
      ? try statementReader.members(of: holding, dated, span)
      : holding.map { NamedMember(record: $0, member: $0.statement.value) }
    names.merge(
      try context.names(of: Set(members.compactMap { $0.member.entityKey }).subtracting(names.keys))
    ) { first, _ in first }
    let label = isMembership ? "members" : property.text
    let groups = isMembership ? " including groups" : ""
    let command = "list \(key).\(property)\(groups) on \(dateWords)\(undated.words)"
    var lines: [Page.Line] = []
    let inOwnName = surest(members.filter(\.paths.isEmpty), of: property)
    for certainty in [Certainty.certainly, .possibly] {
      let some = inOwnName.filter { $0.certainty == certainty }
      guard !some.isEmpty else { continue }
      let isSure = certainty == .certainly
      lines.append(
        line(
          isSure ? isMembership ? "\(label), in own name" : label : "\(label), possibly", some,
          shownBy: command))
    }
    // Who is in it in its own name is not told again.
    let sure = Set(inOwnName.filter { $0.certainty == .certainly }.map(\.member))
    let through = Dictionary(grouping: members.filter { !$0.paths.isEmpty && !sure.contains($0.member) }) {
      $0.paths[0].groups
    }
    for (groups, members) in through.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let way = groups.map(title).joined(separator: ", ")
      let all = try inGroups(members)
      for (how, some) in [("", all.filter(\.isSure)), (", possibly", all.filter { !$0.isSure })]
      where !some.isEmpty {
        lines.append(
          line(
            "\(label) through \(way)\(how)", some.map(\.item), shownBy: command,
            remark: Self.inAll(some.count), most: membersLimit))
      }
    }
    lines += over(said, label, property)
    return lines
  }

  private var undated: Times {
    var undated = times
    undated.on = nil
    return undated
  }

  private static func inAll(_ count: Int) -> String? { count > 5 ? "\(count) in all" : nil }

  private struct Surest {
    var member: Value
    var certainty: Certainty
    var item: Page.Item
    /// What is to be kept in mind of it.
    var caveat: String
  }

  /// What is to be kept in mind of all of them is said once.
  private mutating func line(_ label: String, _ some: [Surest], shownBy command: String) -> Page.Line {
    let caveats = Set(some.map(\.caveat))
    var remarks = [Self.inAll(some.count)].compactMap(\.self)
    var items = some.map(\.item)
    if caveats.count == 1, let caveat = caveats.first {
      if !caveat.isEmpty { remarks.append(caveat) }
    } else {
      for index in items.indices where !some[index].caveat.isEmpty {
        items[index].text += " (\(some[index].caveat))"
      }
    }
    return line(
      label, items, shownBy: command, remark: remarks.isEmpty ? nil : remarks.joined(separator: "; "),
      most: membersLimit)
  }

  /// One for each value, the surest first, with the sources of all.
  private mutating func surest(_ members: [NamedMember], of property: Key) -> [Surest] {
    var found: [Surest] = []
    var groups: [Value: [NamedMember]] = [:]
    var order: [Value] = []
    for member in members {
      if groups[member.member] == nil { order.append(member.member) }
      groups[member.member, default: []].append(member)
    }
    func rank(_ member: NamedMember) -> Int {
      guard let held = member.held else { return 1 }
      return held.certainty == .certainly ? 0 : held.isInPart ? 1 : 2
    }
    for value in order {
      let same = groups[value] ?? []
      let ranked = same.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
        .map(\.element)
      guard let first = ranked.first else { continue }
      let certainty = first.held?.certainty ?? .possibly
      let roles = Set(same.map(\.record.statement.property)).subtracting([property]).sorted()
      var text = words(value)
      if value == .unknown { text = "unknown: a source says that it does not know" }
      text += first.record.statement.qualifiers.isEmpty ? "" : addressed(first.record.statement)
      if !roles.isEmpty { text += ", " + roles.map(\.text).joined(separator: " and ") }
      let period = first.record.statement.validity.canonicalText
      if !period.isEmpty { text += roles.isEmpty ? " \(period)" : ", \(period)" }
      var caveats: [String] = []
      if certainty == .possibly {
        if first.held?.isInPart == true { caveats.append("in part") }
        let because = first.record.because(among: same.map(\.record))
        caveats.append(because ?? (period.isEmpty ? "its source names no time" : "its period leaves it open"))
      }
      if let word = standing(first.record) { caveats.append(word) }
      if first.evidence == .possibly { caveats.append("its source may not have been out") }
      let numbers = Set(same.flatMap { sources.numbers($0.record) }).sorted()
      found.append(
        Surest(
          member: value, certainty: certainty,
          item: Page.Item(text, sources: numbers, statements: ranked.map(\.record.id)),
          caveat: caveats.joined(separator: "; ")))
    }
    return found
  }

  private func addressed(_ statement: Statement) -> String {
    " [" + statement.qualifiers.map { "\($0.property) \($0.value.unquoted)" }.joined(separator: ", ")
      + "]"
  }

  /// Those who are in it through the same groups, each once.
  private mutating func inGroups(
    _ members: [NamedMember]
  ) throws(Failure) -> [(item: Page.Item, isSure: Bool)] {
    let memberships = try statementReader.memberships(members, times)
    var found: [(item: Page.Item, isSure: Bool)] = []
    var seen: [Value: Int] = [:]
    for member in members.sorted(by: { words($0.member) < words($1.member) }) {
      let isSure = member.held?.certainty == .certainly
      let numbers =
        sources.numbers(member.record)
        + sources.numbers(member.paths.flatMap(\.statements).flatMap { memberships[$0] ?? [] })
      if let place = seen[member.member] {
        found[place].isSure = found[place].isSure || isSure
        found[place].item.sources = Set(found[place].item.sources + numbers).sorted()
        found[place].item.statements.append(member.record.id)
      } else {
        seen[member.member] = found.count
        let item = Page.Item(
          words(member.member), sources: Set(numbers).sorted(), statements: [member.record.id])
        found.append((item, isSure))
      }
    }
    return found
  }

  /// Those who are in it no more or not yet, and those who are said not to be.
  private mutating func over(_ said: [StatementRecord], _ label: String, _ property: Key) -> [Page.Line] {
    let command = "show \(key).\(property)\(undated.words)"
    let holding = Set(said.filter { $0.isClaimed && $0.holdsPossibly }.map(\.statement.value))
    let over = said.filter {
      $0.isClaimed && !$0.holdsPossibly && !holding.contains($0.statement.value)
    }
    var lines: [Page.Line] = []
    func add(_ how: String, _ records: [StatementRecord]) {
      guard !records.isEmpty else { return }
      let items = records.map { record -> Page.Item in
        let period = record.statement.validity.canonicalText
        let because = record.because(among: said)
        return Page.Item(
          words(record.statement.value) + (period.isEmpty ? "" : " \(period)")
            + (because.map { " (\($0))" } ?? ""), sources: sources.numbers(record), statements: [record.id])
      }
      lines.append(line("\(label), \(how)", items, shownBy: command))
    }
    add("not yet", over.filter { $0.held?.isNotYet == true })
    add("passed over", over.filter { $0.held?.verdict.reason == .passedOver })
    add(
      "no more", over.filter { $0.held?.isNotYet != true && $0.held?.verdict.reason != .passedOver })
    let denied = said.filter(\.isDenied)
    let sure = Set(said.filter { $0.isClaimed && $0.held?.certainty == .certainly }.map(\.statement.value))
    for (how, some) in [
      ("said not to be", denied.filter { !sure.contains($0.statement.value) }),
      ("said not to be, and in it now", denied.filter { sure.contains($0.statement.value) }),
    ] where !some.isEmpty {
      let items = some.map { record -> Page.Item in
        let period = record.statement.validity.canonicalText
        return Page.Item(
          words(record.statement.value) + (period.isEmpty ? "" : " \(period)")
            + (record.isClaimed ? " (others say it is)" : ""), sources: sources.numbers(record, .denies),
          statements: [record.id])
      }
      lines.append(line("\(label), \(how)", items, shownBy: command))
    }
    return lines
  }
}
