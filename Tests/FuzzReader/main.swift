import ReaderChecks

/// The check of every input; libFuzzer calls from one thread.
nonisolated(unsafe) private let check: ReaderCheck = {
  do { return try ReaderCheck() } catch { fatalError("the reviewed tables can't be read: \(error)") }
}()

/// Any bytes as a log.
private func run(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  do {
    try check.run(Array(UnsafeBufferPointer(start: data, count: size)))
  } catch {
    fatalError("a property is broken: \(error)")
  }
  return 0
}

/// libFuzzer's driver: the package manager gives every program a `main`, so libFuzzer's own isn't used.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

nonisolated(unsafe) private var count = CommandLine.argc
nonisolated(unsafe) private var arguments = CommandLine.unsafeArgv
_ = runDriver(&count, &arguments, run)
