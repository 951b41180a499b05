#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// libdeflate, which inflates whole gzip members about twice as fast as zlib, where the machine has it.
///
/// It is looked up when first needed, so that neither a build nor a run depends on it: without it zlib reads
/// the same files. Its functions are those of libdeflate.h, the same since version 1.0.
struct Deflate: Sendable {
  private typealias Allocate = @convention(c) () -> OpaquePointer?
  private typealias Free = @convention(c) (OpaquePointer?) -> Void
  private typealias Inflate =
    @convention(c) (
      OpaquePointer?, UnsafeRawPointer?, Int, UnsafeMutableRawPointer?, Int, UnsafeMutablePointer<Int>?,
      UnsafeMutablePointer<Int>?
    ) -> Int32

  private let allocate: Allocate
  private let free: Free
  private let inflate: Inflate

  /// Finds the library; `nil` where it isn't installed.
  static let installed = Deflate()

  private init?() {
    let names = [
      "libdeflate.so.0", "libdeflate.so", "libdeflate.dylib", "/opt/homebrew/lib/libdeflate.dylib",
      "/usr/local/lib/libdeflate.dylib",
    ]
    guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first,
      let allocate = dlsym(library, "libdeflate_alloc_decompressor"),
      let free = dlsym(library, "libdeflate_free_decompressor"),
      let inflate = dlsym(library, "libdeflate_gzip_decompress_ex")
    else { return nil }
    self.allocate = unsafeBitCast(allocate, to: Allocate.self)
    self.free = unsafeBitCast(free, to: Free.self)
    self.inflate = unsafeBitCast(inflate, to: Inflate.self)
  }

  /// A decompressor for one thread.
  final class Decompressor {
    private let library: Deflate
    private let state: OpaquePointer

    init?(_ library: Deflate) {
      guard let state = library.allocate() else { return nil }
      self.library = library
      self.state = state
    }

    deinit { library.free(state) }

    /// Inflates the one gzip member that starts at `input`, checking its CRC and size.
    ///
    /// - Returns: bytes read and bytes written, or `nil` where the data is damaged or the room too small.
    func inflateMember(
      _ input: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer
    ) -> (read: Int, written: Int)? {
      var read = 0
      var written = 0
      let result = library.inflate(
        state, input.baseAddress, input.count, room.baseAddress, room.count, &read, &written)
      return result == 0 ? (read, written) : nil
    }
  }
}
