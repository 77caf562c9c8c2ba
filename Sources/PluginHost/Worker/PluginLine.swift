/// What a plugin in another process is spoken with over: nothing that comes is believed, and nothing is waited for longer
/// than a run lasts.
protocol PluginLine: AnyObject {
  /// Sends bytes.
  func send(_ bytes: UnsafeRawBufferPointer, isOver: () -> Bool) throws(WorkerProcess.Silence)
  /// The next frame; its payload lives until the next call.
  func frame(isOver: () -> Bool) throws(WorkerProcess.Silence) -> (kind: Int, payload: UnsafeRawBufferPointer)
  /// The next line, without its end, of at most so many bytes; it lives until the next call.
  func line(most: Int, isOver: () -> Bool) throws(WorkerProcess.Silence) -> UnsafeRawBufferPointer
}

extension PluginLine {
  /// Sends a frame.
  func send(
    _ kind: Int, _ payload: UnsafeRawBufferPointer, isOver: () -> Bool
  ) throws(WorkerProcess.Silence) {
    try send(copying: [UInt32(payload.count), UInt32(kind)], isOver: isOver)
    try send(payload, isOver: isOver)
  }

  /// Sends numbers, as they lie in memory.
  func send(copying numbers: [some BitwiseCopyable], isOver: () -> Bool) throws(WorkerProcess.Silence) {
    try numbers.withUnsafeBytes { bytes in
      Result { () throws(WorkerProcess.Silence) in try send(bytes, isOver: isOver) }
    }.get()
  }
}
