import Foundation

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Puts a folder in the place of another in one step, so that a process killed at any moment leaves one or the
/// other there, whole.
enum FolderExchange {
  /// Swaps two folders; `false` where the system or its file system can't.
  static func swap(_ one: String, _ other: String) -> Bool {
    #if canImport(Darwin)
      return renamex_np(one, other, UInt32(RENAME_SWAP)) == 0
    #else
      // glibc declares it for GNU sources only, which Swift's importer is not.
      typealias Rename =
        @convention(c) (
          Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
        ) -> Int32
      guard let symbol = dlsym(nil, "renameat2") else { return false }
      let exchange: UInt32 = 2
      return unsafeBitCast(symbol, to: Rename.self)(AT_FDCWD, one, AT_FDCWD, other, exchange) == 0
    #endif
  }
}
