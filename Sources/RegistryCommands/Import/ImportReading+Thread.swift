import RegistryModel
import RegistryStore

/// What the thread that reads a file hands to the one that has the registry.
private enum Handed: Sendable {
  case edits([PreparedEdit])
  case question(Question<AskedSession>)
  case rejected(RowFault, ImportRow?, columns: [String])
}

extension ImportReading {
  /// Records the rows of a file: a second thread reads and interprets them and makes the digests, and this one records what
  /// they mean, answers what names mean, and is told and tells of all in the order of the rows.
  /// - Parameters:
  ///   - recorder: what records the commands around.
  ///   - watch: who is told on this thread.
  func importBeside(
    _ place: ImportPlace, _ recorder: Recorder, _ watch: ImportWatch
  ) throws(Failure) -> ImportedRows {
    let store = recorder.store
    let asked = AskedSession(store: store, isCommand: recorder.isCommand)
    let progress = ReadingProgress()
    let commands = ThreadedCommands(
      location: store.location, today: recorder.interpreter.context.today,
      evidence: recorder.interpreter.evidence)
    var counts = EditBatch.Counts()
    var imported = try SecondThread.run(
      room: 4,
      make: { (handover: Handover<Handed>) throws(Failure) in
        try self.read(place, commands, handover, progress)
      },
      take: { (handed) throws(Failure) in
        switch handed {
        case .edits(let edits):
          let outcomes = try storing(place.span) { () throws(StoreProblem) in try store.apply(edits) }
          for (outcome, edit) in zip(outcomes, edits) { counts.add(outcome, of: edit.edit) }
        case .question(let question): question.answer(asked)
        case .rejected(let fault, let row, let columns): try watch.reject(fault, row, columns)
        }
      },
      look: { () throws(Failure) in
        let now = progress.now
        try watch.look(now.done, now.fraction)
      })
    imported.tally.edits = counts.edits
    imported.tally.changes = counts.changes
    return imported
  }

  /// What is done on the second thread.
  private func read(
    _ place: ImportPlace, _ commands: ThreadedCommands, _ handover: Handover<Handed>,
    _ progress: ReadingProgress
  ) throws(Failure) -> ImportedRows {
    let answers = AnswersAhead()
    let store = AskedStore(commands.location, answers) { handover.put(.question($0)) }
    let preparing = Preparing(handover)
    let batch = EditBatch { (edits, _) throws(Failure) in
      try preparing.put(edits)
      return EditBatch.Counts()
    }
    var importer = FileImporter(
      reading: self, recorder: commands.recorder(store, batch), batch: batch,
      watch: HandedWatch(handover: handover, progress: progress))
    batch.ahead = answers
    importer.namesAhead = NamesAhead(
      names: plan?.names ?? [], sources: [place.source ?? commands.evidence?.source].compactMap(\.self),
      answers: answers
    ) { names in
      store.asking { (asked) throws(StoreProblem) in try names.find(in: asked.store) }
    }
    return try importer.importFile(place)
  }
}

/// Prepares edits and hands them over.
private final class Preparing {
  private let handover: Handover<Handed>
  private var preparer = EditPreparer()

  init(_ handover: Handover<Handed>) { self.handover = handover }

  func put(_ edits: [Edit]) throws(Failure) {
    guard !edits.isEmpty else { return }
    let prepared = edits.map { preparer.prepare($0) }
    guard handover.put(.edits(prepared)) else { throw Failure(.interrupted) }
  }
}

/// Hands over what is to be told of rows.
private struct HandedWatch: RowWatching {
  let handover: Handover<Handed>
  let progress: ReadingProgress

  func look(_ rows: Int, _ fraction: Double?) throws(Failure) { progress.note(rows, fraction) }

  func reject(_ fault: RowFault, _ row: ImportRow?, _ columns: [String]) throws(Failure) {
    guard handover.put(.rejected(fault, row, columns: columns)) else { throw Failure(.interrupted) }
  }
}

/// What is needed to make on another thread what records the commands of a mapping.
private struct ThreadedCommands: Sendable {
  let location: String
  let today: Day
  let evidence: EvidenceFrame?

  func recorder(_ store: AskedStore, _ batch: EditBatch) -> Recorder {
    Recorder(
      ReadContext(store: store, today: today), Parameters(), evidence: evidence, edits: batch,
      isCommand: { word in (try? store.ask { $0.isCommand(word) }) ?? false })
  }
}
