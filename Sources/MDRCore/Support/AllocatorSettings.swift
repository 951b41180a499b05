#if canImport(Glibc)
  import CMalloc
  import Glibc

  /// How the C library's allocator treats large and freed memory.
  enum AllocatorSettings {
    private static let largestOwn: Int32 = 32 << 20
    private static let growth: Int32 = 16 << 20
    /// Freed memory beyond the room in large pages, from which on the system gets it back.
    private static let leastGivenBack = 256 << 20
    /// The most address space that is asked for in large pages at the start; memory is taken where it is touched.
    private static let largestRoom = 1 << 30
    private static let largePage = 2 << 20
    /// Small enough for the allocator to take it from the thread's arena, which holds 64 MiB at most.
    private static let threadRoom = 24 << 20

    /// Keeps freed memory for the process instead of giving it back at once, and asks for it in large pages.
    ///
    /// Tools that grow and drop buffers of megabytes would otherwise ask for the same pages again and again, and each
    /// page costs a fault.
    static func keepFreedMemory() {
      mallopt(M_MMAP_THRESHOLD, largestOwn)
      let room = min(largestRoom, sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) / 4)
      mallopt(M_TRIM_THRESHOLD, Int32(clamping: room + leastGivenBack))
      askForLargePages(room)
      mallopt(M_TOP_PAD, growth)
    }

    /// Has the system back with large pages what the calling thread takes next, up to `threadRoom` bytes.
    ///
    /// Each thread has an arena of its own beside the heap, which grows in small pages otherwise; what is freed of it
    /// serves the threads that come after.
    static func askForLargePagesOfThread() {
      var probe: UnsafeMutableRawPointer?
      guard posix_memalign(&probe, largePage, threadRoom) == 0, let probe else { return }
      _ = madvise(probe, threadRoom, MADV_HUGEPAGE)
      free(probe)
    }

    /// Grows the heap by `room` bytes of address space, which the system is to back with large pages.
    ///
    /// A baseline of a million events takes 38,000 faults with small ones and 3,000 with large ones. A refusal costs time
    /// only: the heap then grows as it always does.
    private static func askForLargePages(_ room: Int) {
      guard let start = sbrk(0) else { return }
      mallopt(M_TOP_PAD, Int32(clamping: room))
      // More than what the heap holds at the start, so that it must grow. The optimiser drops a plain malloc and free.
      var probe: UnsafeMutableRawPointer?
      posix_memalign(&probe, 16, 1 << 20)
      free(probe)
      let page = UInt(getpagesize())
      let first = (UInt(bitPattern: start) + page - 1) & ~(page - 1)
      guard let end = sbrk(0), UInt(bitPattern: end) > first else { return }
      _ = madvise(
        UnsafeMutableRawPointer(bitPattern: first), Int(UInt(bitPattern: end) - first), MADV_HUGEPAGE)
    }
  }
#endif
