#if canImport(Glibc)
  import CMalloc

  /// How the C library's allocator treats large and freed memory.
  enum AllocatorSettings {
    private static let largestOwn: Int32 = 32 << 20
    private static let leastGivenBack: Int32 = 256 << 20
    private static let growth: Int32 = 16 << 20

    /// Keeps freed memory for the process instead of giving it back at once.
    ///
    /// Tools that grow and drop buffers of megabytes would otherwise ask for the same pages again and again, and each
    /// page costs a fault.
    static func keepFreedMemory() {
      mallopt(M_MMAP_THRESHOLD, largestOwn)
      mallopt(M_TRIM_THRESHOLD, leastGivenBack)
      mallopt(M_TOP_PAD, growth)
    }
  }
#endif
