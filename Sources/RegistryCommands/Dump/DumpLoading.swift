import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// Reads a dump into an empty registry.
struct DumpLoading {
  let session: Session
  let path: Word
  private var store: any RegistryStore { session.store }

  init(session: Session, path: Word) { (self.session, self.path) = (session, path) }

  func load() throws(Failure) -> Answer {
    let url = session.files.url(path.content)
    var reading: DumpReading
    do throws(FileProblem) {
      reading = DumpReading(path, LinePieces(try FilePieces(url, encoding: .utf8)))
    } catch {
      throw Failures.cannotRead(path.content, error, path.span)
    }
    guard let header = try reading.begin() else { throw Failures.notADump(path.content, path.span) }
    let restorer = DumpRestorer(header, session.transactor, author: session.settings.author)
    defer { session.onProgress?(nil) }
    let wasOpen = store.isInTransaction
    if wasOpen, header.isHistory { throw Failures.historyNeedsLoad(path.span) }
    if !wasOpen, !header.isHistory {
      let info = session.transactionInfo(reason: "load \(url.lastPathComponent)")
      try session.transactor.begin(info, path.span)
    }
    do throws(Failure) {
      let last = try restore(reading, header, restorer, named: url.lastPathComponent)
      if !wasOpen, store.isInTransaction {
        try locating(last, in: reading) { () throws(Failure) in
          try storing(path.span) { () throws(StoreProblem) in _ = try store.commit() }
        }
        session.fullText.completeAfterCommit()
      }
    } catch {
      if !wasOpen, store.isInTransaction { try? store.rollback() }
      throw error
    }
    return .message("loaded \(path.content)")
  }

  /// Where a line stands.
  private struct Place {
    var text: String
    var first: Int
    var span: Span
  }

  /// Runs `body`, of whose failures the line of the dump is told where it is known.
  private func locating(
    _ place: Place?, in reading: DumpReading, _ body: () throws(Failure) -> Void
  ) throws(Failure) {
    guard let place else { return try body() }
    try reading.locating(place.span, in: place.text, from: place.first, body)
  }

  /// Carries out what a second thread reads.
  /// - Returns: where the last transaction of a history begins.
  private func restore(
    _ reading: DumpReading, _ header: Restoration.Header, _ restorer: DumpRestorer, named name: String
  ) throws(Failure) -> Place? {
    let progress = ReadingProgress()
    var begun: Place?
    try SecondThread.run(
      room: 3,
      make: { (handover: Handover<DumpReading.Read>) throws(Failure) in
        try reading.readAll(header, handover, progress)
      },
      take: { (read) throws(Failure) in
        switch read {
        case .lines(let lines):
          for line in lines.read {
            let place = Place(text: lines.text, first: lines.first, span: line.span)
            if case .transaction? = line.steps.first {
              // Whether a transaction is what was recorded shows when all of it is there.
              try locating(begun, in: reading) { () throws(Failure) in try restorer.endTransaction(line.span)
              }
              begun = place
            }
            try locating(place, in: reading) { () throws(Failure) in
              try restorer.carryOut(line.steps, line.span)
            }
          }
        case .question(let question): question.answer(DumpReading.Asked(parse: { session.parsed($0) }))
        }
      },
      look: { () throws(Failure) in
        let now = progress.now
        session.onProgress?(
          Session.Progress(what: name, done: now.done, unit: "lines", fraction: now.fraction))
        if store.isInterrupted?() == true { throw Failure(.interrupted, at: path.span) }
      })
    return begun
  }
}
