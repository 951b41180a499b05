import CVector

/// SHA-256 of messages that wait until there are some.
///
/// Two at a time take little longer than one on processors with instructions for it, and no library at hand offers that.
/// One for each thread.
struct WaitingDigests: ~Copyable {
  /// So many fill little of a core's own cache.
  private static var limit: Int { 16 }

  private struct Message {
    var bytes: UnsafeBufferPointer<UInt8>
    var place: Int
  }

  private var messages: [Message] = []
  private var single = RepeatedSHA256()
  #if arch(x86_64)
    private let pair: SHA256Pair?
  #endif

  /// Digests of messages two at a time where the processor can, unless that isn't wanted.
  init(inPairs: Bool = true) {
    #if arch(x86_64)
      pair = inPairs && has_sha256_pairs() ? SHA256Pair() : nil
    #endif
  }

  var isFull: Bool { messages.count >= Self.limit }

  /// Adds a message, whose bytes have to stay until it is finished, and a number to know it by.
  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, for place: Int) {
    messages.append(Message(bytes: bytes, place: place))
  }

  /// Calls back with each message's number and the 32 bytes of its digest, valid during the call, in no order.
  mutating func finish(_ body: (_ place: Int, _ digest: UnsafeBufferPointer<UInt8>) -> Void) {
    defer { messages.removeAll(keepingCapacity: true) }
    #if arch(x86_64)
      if let pair {
        let messages = messages
        var next = 0
        pair.digest(
          next: {
            defer { next += 1 }
            return next < messages.count ? messages[next].bytes : nil
          }
        ) { body(messages[$0].place, $1) }
        return
      }
    #endif
    for message in messages { body(message.place, single.bytes(message.bytes)) }
  }
}

#if arch(x86_64)
  /// SHA-256 (FIPS 180-4) of two messages at a time.
  private final class SHA256Pair {
    /// A message under way.
    private final class Lane {
      let state = UnsafeMutablePointer<UInt32>.allocate(capacity: 8)
      /// The end of the message with its padding: a block or two.
      let tail = UnsafeMutablePointer<UInt8>.allocate(capacity: 128)
      /// The message's number; `nil` for a lane that idles.
      var number: Int?
      var next: UnsafePointer<UInt8>
      /// Blocks of 64 bytes from `next` on, and of the tail behind them.
      var blocks = 0
      var tailBlocks = 0

      init() { next = UnsafePointer(tail) }

      deinit {
        state.deallocate()
        tail.deallocate()
      }

      /// Starts a message.
      func take(_ message: UnsafeBufferPointer<UInt8>, number: Int) {
        self.number = number
        // In the order in which the processor keeps them: f, e, b, a, h, g, d and c of the standard.
        let start: SIMD8<UInt32> = [
          0x9B05_688C, 0x510E_527F, 0xBB67_AE85, 0x6A09_E667,
          0x5BE0_CD19, 0x1F83_D9AB, 0xA54F_F53A, 0x3C6E_F372,
        ]
        UnsafeMutableRawPointer(state).storeBytes(of: start, as: SIMD8<UInt32>.self)
        blocks = message.count / 64
        let rest = message.count % 64
        tailBlocks = rest < 56 ? 1 : 2
        tail.update(repeating: 0, count: 128)
        if let base = message.baseAddress {
          next = base
          tail.update(from: base + blocks * 64, count: rest)
        }
        tail[rest] = 0x80
        UnsafeMutableRawPointer(tail).storeBytes(
          of: UInt64(message.count * 8).bigEndian, toByteOffset: tailBlocks * 64 - 8, as: UInt64.self)
        if blocks == 0 { startTail() }
      }

      func startTail() {
        (next, blocks, tailBlocks) = (UnsafePointer(tail), tailBlocks, 0)
      }

      /// Goes on behind some blocks; whether the message has ended.
      func advance(by count: Int) -> Bool {
        next += count * 64
        blocks -= count
        if blocks == 0, tailBlocks > 0 { startTail() }
        return blocks == 0
      }

      /// The digest of the message that has ended.
      func finish(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        let words = SIMD8<UInt32>(
          state[3], state[2], state[7], state[6], state[1], state[0], state[5], state[4])
        for index in 0..<8 {
          UnsafeMutableRawPointer(tail).storeBytes(
            of: words[index].bigEndian, toByteOffset: index * 4, as: UInt32.self)
        }
        body(UnsafeBufferPointer(start: tail, count: 32))
      }
    }

    private let (first, second) = (Lane(), Lane())

    /// Takes one message after the other, and calls back with the number and the digest of each.
    func digest(
      next: () -> UnsafeBufferPointer<UInt8>?, _ body: (_ number: Int, UnsafeBufferPointer<UInt8>) -> Void
    ) {
      var count = 0
      func refill(_ lane: Lane) {
        guard let message = next() else {
          lane.number = nil
          return
        }
        lane.take(message, number: count)
        count += 1
      }
      func advance(_ lane: Lane, by blocks: Int) {
        guard let number = lane.number, lane.advance(by: blocks) else { return }
        lane.finish { body(number, $0) }
        refill(lane)
      }
      refill(first)
      refill(second)
      while first.number != nil || second.number != nil {
        // A lane that idles repeats the other's work, which takes no longer than nothing.
        let (left, right) = (first.number == nil ? second : first, second.number == nil ? first : second)
        let blocks = min(left.blocks, right.blocks)
        sha256_pair(first.state, left.next, second.state, right.next, blocks)
        advance(first, by: blocks)
        advance(second, by: blocks)
      }
    }
  }
#endif
