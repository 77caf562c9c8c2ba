import RegistryModel
import RegistryRules

/// The words of the store's problems, in one place.
extension StoreProblem {
  /// Stable and machine-readable.
  public var code: String {
    switch self {
    case .cannotOpen: "cannot-open"
    case .notARegistry: "not-a-registry"
    case .newerFormat: "newer-format"
    case .olderFormat: "older-format"
    case .damaged: "damaged"
    case .readOnly: "read-only"
    case .notAllowed: "not-allowed"
    case .locked: "locked"
    case .diskFull: "disk-full"
    case .transactionLost: "transaction-lost"
    case .connectionLost: "connection-lost"
    case .commitUncertain: "commit-uncertain"
    case .waitingForStandby: "waiting-for-standby"
    case .onStandby: "on-standby"
    case .notKept: "not-kept"
    case .noTransaction: "no-transaction"
    case .transactionOpen: "transaction-open"
    case .unknownTransaction: "unknown-transaction"
    case .alreadyUndone: "already-undone"
    case .undoBlocked: "undo-blocked"
    case .unknownStatement: "unknown-statement"
    case .unknownEntity: "unknown-name"
    case .numberTooLong: "number-too-long"
    case .keyTaken: "key-taken"
    case .cannotMerge: "cannot-merge"
    case .notMerged: "not-merged"
    case .sqlNotReadOnly: "sql-not-read-only"
    case .sqlFailed: "sql-failed"
    case .sqlTooLong: "sql-too-long"
    case .sqlParameter: "missing-parameter"
    case .lacks(.sql): "no-sql"
    case .lacks(.textSearch): "no-text-search"
    case .lacks(.dumps): "no-dumps"
    case .lacks(.backup): "no-backup"
    case .lacks(.uniting): "no-uniting"
    case .questionTooLarge: "question-too-large"
    case .historyRefused(_, .isOther): "altered-history"
    case .historyRefused: "history-refused"
    case .interrupted: "interrupted"
    case .failed: "storage-failed"
    }
  }

  /// Whether the file or the disk is at fault, not the command.
  public var isStorage: Bool {
    switch self {
    case .cannotOpen, .notARegistry, .newerFormat, .olderFormat, .damaged, .readOnly, .locked, .diskFull: true
    case .notAllowed: true
    case .transactionLost, .connectionLost, .commitUncertain, .waitingForStandby, .failed: true
    default: false
    }
  }

  /// What is wrong.
  public var message: String {
    switch self {
    case .cannotOpen(let location, let reason): "cannot open the registry \(location): \(reason)"
    case .notARegistry(let location): "\(location) is not a registry"
    case .newerFormat(let location, let found, let supported):
      "\(location) has format \(found); this program reads formats up to \(supported)"
    case .olderFormat(let location, let found, let supported):
      "\(location) has format \(found) and is to be brought to format \(supported) first, but it cannot be written"
    case .damaged(let location, let reason): "the registry \(location) is damaged: \(reason)"
    case .readOnly(let location): "the registry \(location) cannot be written"
    case .notAllowed(let location, _, let words): "the server does not allow this in \(location): \(words)"
    case .locked(let location, let holder, let since):
      "\(location) is being written\(holder.map { " by \($0)" } ?? " by another session")"
        + (since.map { " since \($0)" } ?? "")
    case .diskFull(let location): "there is no room left to write \(location)"
    case .transactionLost(let reason): "the open transaction was dropped, nothing of it is kept: \(reason)"
    case .connectionLost(let words):
      "the connection to the server was lost (\(words)); the next command connects anew"
    case .commitUncertain(let words):
      "the connection was lost while a transaction was committed (\(words)), and whether it was recorded is not known"
    case .waitingForStandby(let location, let standbys):
      "\(location) has recorded the transaction and waits for its standby \(standbys) to have it too"
    case .onStandby(let location): "\(location) is a standby, which tells only of now and of on DATE"
    case .notKept(let words): "a server does not keep \(words)"
    case .noTransaction: "no transaction is open"
    case .transactionOpen: "a transaction is open already"
    case .unknownTransaction(let id): "there is no transaction \(id)"
    case .alreadyUndone(let id, let by): "\(id) was undone by \(by)"
    case .undoBlocked(let id, let later):
      "\(id) cannot be undone: \(later.map(\.description).joined(separator: ", ")) \(later.count == 1 ? "depends" : "depend") on it"
    case .unknownStatement(let id): "there is no statement \(id)"
    case .unknownEntity(let key): "there is nothing called \(key)"
    case .numberTooLong(let text): "\(text) has more digits than a registry keeps exactly"
    case .keyTaken(let key): "\(key) means something already, or once did"
    case .cannotMerge(let key, let into, let obstacle):
      "\(key) cannot be merged into \(into): \(words(obstacle))"
    case .notMerged(let key): "\(key) is not merged into anything"
    case .sqlNotReadOnly: "sql only reads"
    case .sqlFailed(let words): "the query failed: \(words)"
    case .sqlTooLong(let seconds): "the query took longer than \(seconds) s and was given up"
    case .sqlParameter(let name): "\(name) has no value here"
    case .lacks(.sql): "what keeps this registry answers no SQL"
    case .lacks(.textSearch): "what keeps this registry searches no texts"
    case .lacks(.dumps): "what keeps this registry is neither dumped nor loaded"
    case .lacks(.backup): "what keeps this registry makes no copy of it"
    case .lacks(.uniting): "what keeps this registry is not united with others"
    case .questionTooLarge(let words): "this is too much to be asked at once: \(words)"
    case .historyRefused(let id, .isOther(let uid)):
      "\(id) is not what was recorded: what it says does not give its uid \(uid)"
    case .historyRefused(let id, .endsUnknown(let other)):
      "\(id) ends what \(other) asserted, which is not there"
    case .historyRefused(let id, .isThere): "\(id) is there already"
    case .historyRefused(let id, .isImpossible(let number, let clock)):
      "\(id) is number \(number) of its origin, at clock \(clock), which cannot be"
    case .interrupted: "interrupted"
    case .failed(let words): "the storage failed: \(words)"
    }
  }

  /// What to do about it.
  public var help: String? {
    switch self {
    case .cannotOpen(let location, _):
      isServer(location)
        ? "look at the location and whether the server is there, or name another with --registry postgresql://…"
        : "look at the path and its permissions, or name another file with --registry FILE"
    case .notARegistry(let location):
      isServer(location)
        ? "name another schema (…?schema=NAME); this one is left as it is"
        : "name another file with --registry FILE; this one is left as it is"
    case .newerFormat: "use the newer program that wrote it; the registry is left as it is"
    case .olderFormat(let location, _, _) where isServer(location):
      "its owner opens it once with this version of the program, without --read-only"
    case .olderFormat:
      "open it once without --read-only where the file and its folder can be written, or copy it to such a folder"
    case .damaged:
      "restore a backup, or save what can be read: dump \"FILE\" despite damage, then load \"FILE\" into a new registry (--seed none)"
    case .readOnly:
      "reading works; to write, the file and its folder must be writable, or its server's user an editor, without --read-only"
    case .notAllowed(_, _, let words) where words.contains("temporary tables"):
      "questions of another time need them: the owner of the database gives them, GRANT TEMP ON DATABASE … TO USER"
    case .notAllowed(_, let schema, _):
      """
      the owner of the registry gives rights: SELECT \(schema).allow('USER', 'reader') or 'editor'; a new schema needs GRANT \
      CREATE ON DATABASE
      """
    case .locked: "try again when that is done; commit or rollback ends an open begin"
    case .diskFull:
      "make room on its disk (or raise the quota or limit) and try again; what was recorded before is safe, nothing of this change was kept"
    case .transactionLost: "end it with rollback, and enter it again when the cause is mended"
    case .connectionLost: "try again; where it is lost again, look at the server and at the way there"
    case .commitUncertain:
      "when the server is back, list transactions tells whether it is there; enter it again only where it is not"
    case .waitingForStandby:
      "Ctrl-C ends the waiting: it is then on this server alone until the standby is back"
    case .onStandby: "ask its primary about published by, recorded by and according to"
    case .notKept: "write it otherwise: a longer text may stand in a note"
    case .noTransaction: "open one with begin"
    case .transactionOpen: "end it with commit or rollback"
    case .unknownTransaction: "list transactions shows them"
    case .alreadyUndone(let id, _): "redo \(id) brings it back"
    case .undoBlocked(_, let later): later.first.map { "undo \($0) first" }
    case .unknownStatement: "show the entity: the last column has the ids of its statements"
    case .unknownEntity: nil
    case .numberTooLong: "18 digits are kept"
    case .keyTaken: "choose another key"
    case .cannotMerge(let key, let into, .distinct):
      "show \(key).distinct-from tells since when and why; retract it first, on \(into) too"
    case .cannotMerge(_, let into, .holds(let keys)):
      keys.first.map { "merge each into \(into) by itself: unmerge \($0) first" }
    case .cannotMerge(_, _, .merged(let key, _)): "unmerge \(key) first"
    case .cannotMerge(_, _, .same): "name two entities"
    case .notMerged: "history shows what was merged into what"
    case .sqlNotReadOnly: "begin with SELECT, WITH, VALUES or EXPLAIN; claim, retract and the like write"
    case .sqlParameter(let name):
      name.hasPrefix("$")
        ? "give it one with --set \(name.dropFirst())=VALUE, or write the value in quotes: 'VALUE'"
        : "$name is what --set name=VALUE gives; write a value in quotes: 'VALUE'"
    case .sqlTooLong: "ask for less: WHERE, fewer joins; list and count answer the same questions quicker"
    case .sqlFailed: ".tables lists the views, .schema VIEW their columns"
    case .failed: "look at the disk and at the system's log; check tells whether the registry is sound"
    case .historyRefused:
      "this history was altered or cut; nothing of it is kept: take it anew from where it was recorded"
    case .questionTooLarge: "ask it in parts, with fewer conditions, values or steps"
    case .lacks(.sql): "list, count and export ask the same of it"
    case .lacks(.textSearch): "list finds by names and values, show by any name"
    case .lacks(.dumps): "export writes what it holds, and import reads it"
    case .lacks(.uniting): "dump and load carry it to another registry"
    case .lacks(.backup): "dump \"FILE\" writes all of it as text; or back up what keeps it"
    case .interrupted: nil
    }
  }

  private func isServer(_ location: String) -> Bool { location.contains("://") }

  private func words(_ obstacle: MergeObstacle) -> String {
    switch obstacle {
    case .same: "they are one already"
    case .distinct: "they were judged to be distinct"
    case .merged(let key, let into): "\(key) counts as \(into) already"
    case .holds(let keys):
      "\(keys.map(\.text).joined(separator: ", ")) \(keys.count == 1 ? "counts" : "count") as it"
    }
  }
}
