import Foundation
import PluginHost
import RegistryModel
import Rendering
import ScriptProbe

/// What `make fuzz` tries with libFuzzer: the reader that ENTENTE_FUZZ_INPUT names.
private enum Input {
  case foreign(ForeignInput)
  case script(ScriptProbe)
}

private let input: Input = {
  let name = ProcessInfo.processInfo.environment["ENTENTE_FUZZ_INPUT"] ?? ""
  if let probe = ScriptProbe(rawValue: name) { return .script(probe) }
  guard let input = ForeignInput(rawValue: name) else {
    let all = (ForeignInput.allCases.map(\.rawValue) + ScriptProbe.allCases.map(\.rawValue)).joined(
      separator: ", ")
    FileHandle.standardError.write(Data("ENTENTE_FUZZ_INPUT is one of \(all)\n".utf8))
    exit(2)
  }
  return .foreign(input)
}()

/// What libFuzzer calls.
private func tryOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: bytes, count: count))
  let tables: [ResultTable]
  switch input {
  case .foreign(let input): tables = input.read(bytes)
  case .script(let probe):
    probe.read(bytes)
    return 0
  }
  for table in tables where table.rows.count < 200 {
    for format in [Renderer.Format.chart, .table, .tsv, .jsonl] {
      _ = Renderer(format, options: Renderer.Options(width: 60)).render(table)
    }
  }
  return 0
}

/// libFuzzer, for a program that has a `main` of its own.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Where the program begins, by the name that the package manager gives to it.
@_cdecl("entente_fuzz_main")
public func start(
  _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
  var (count, arguments) = (count, arguments)
  return runDriver(&count, &arguments, tryOne)
}
