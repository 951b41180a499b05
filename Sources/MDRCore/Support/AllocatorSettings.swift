#if canImport(Glibc)
  import CMalloc
  import Glibc

  /// How the C library's allocator treats large and freed memory.
  enum AllocatorSettings {
    private static let largestOwn: Int32 = 32 << 20
    private static let leastGivenBack: Int32 = 256 << 20
    private static let growth: Int32 = 16 << 20
    /// Threads that share one arena, without waiting much for each other.
    private static let threadsOfArena = 4

    /// Keeps freed memory for the process instead of giving it back at once.
    ///
    /// Tools that grow and drop buffers of megabytes would otherwise ask for the same pages again and again, and each
    /// page costs a fault. Few threads share one arena: that of a further thread grows by a page at a time, each with a
    /// call of the system, whatever is asked for here.
    static func keepFreedMemory() {
      let threads = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
      mallopt(M_ARENA_MAX, Int32((threads + threadsOfArena - 1) / threadsOfArena))
      mallopt(M_MMAP_THRESHOLD, largestOwn)
      mallopt(M_TRIM_THRESHOLD, leastGivenBack)
      mallopt(M_TOP_PAD, growth)
    }
  }
#endif
