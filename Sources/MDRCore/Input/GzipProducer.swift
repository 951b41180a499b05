import CZlib

/// A gzip file of any number of members, inflated piece by piece.
final class GzipProducer: ByteProducer {
  /// Deflate reaches 1,032 to 1; CloudTrail deliveries stay below 60 to 1.
  static let ratioLimit = 400
  /// Below this output no ratio is suspicious.
  private static let ratioFloor = 64 << 20

  /// Layers of gzip that are taken off: a log group's subscription packs its records, and so may what delivers them.
  private static let layerLimit = 3

  /// The bytes of a source, with all layers of gzip taken off.
  static func unpacked(_ source: any ByteProducer) throws(InputFault) -> any ByteProducer {
    var bytes = try HeadedProducer(source)
    for _ in 0..<layerLimit where bytes.isGzip {
      bytes = try HeadedProducer(GzipProducer(source: bytes))
    }
    if bytes.isGzip { throw .nestedGzip }
    return bytes
  }

  private let source: any ByteProducer
  private var stream = z_stream()
  private let input: UnsafeMutableRawBufferPointer
  private var hasEnded = false
  private var hasAllInput = false
  private var isBetweenMembers = false
  private var consumed = 0
  private var produced = 0

  init(source: any ByteProducer) throws(InputFault) {
    self.source = source
    input = .allocate(byteCount: 1 << 18, alignment: 16)
    // 15 window bits, plus 16 for the gzip wrapper, whose CRC and size zlib then checks.
    guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .cannotRead("zlib has no memory")
    }
  }

  deinit {
    inflateEnd(&stream)
    input.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFault) -> Int {
    guard !hasEnded, !buffer.isEmpty else { return 0 }
    stream.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = UInt32(truncatingIfNeeded: min(buffer.count, Int(UInt32.max)))
    let room = Int(stream.avail_out)
    while stream.avail_out > 0 {
      if stream.avail_in == 0, !hasAllInput {
        let count = readInput()
        hasAllInput = count == 0
        consumed += count
        stream.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_in = UInt32(truncatingIfNeeded: count)
      }
      if isBetweenMembers {
        // Zero padding after the last member is common on tapes and block devices, and harmless.
        guard stream.avail_in > 0, stream.next_in?.pointee == 0x1F, inflateReset(&stream) == Z_OK else {
          if stream.avail_in == 0, let sourceFault { return try partial(room, ended: sourceFault) }
          hasEnded = true
          break
        }
        isBetweenMembers = false
      }
      switch inflate(&stream, Z_NO_FLUSH) {
      case Z_OK: continue
      // Only now is nothing left of a cut member: zlib holds back what found no room before.
      case Z_BUF_ERROR where hasAllInput: return try partial(room, ended: sourceFault ?? .truncatedGzip)
      case Z_BUF_ERROR: continue
      case Z_STREAM_END: isBetweenMembers = true
      default: return try partial(room, ended: .damagedGzip)
      }
    }
    let count = room - Int(stream.avail_out)
    produced += count
    if produced > Self.ratioFloor, produced > consumed * Self.ratioLimit {
      throw .gzipBomb(ratio: Self.ratioLimit)
    }
    return count
  }

  /// What stopped the source; the bytes before it are inflated first.
  private var sourceFault: InputFault?
  private var pendingFault: InputFault?

  private func readInput() -> Int {
    do throws(InputFault) { return try source.read(into: input) } catch {
      sourceFault = error
      return 0
    }
  }

  /// Hands out what was inflated before the fault; the next call throws the fault.
  private func partial(_ room: Int, ended fault: InputFault) throws(InputFault) -> Int {
    if let pendingFault { throw pendingFault }
    let count = room - Int(stream.avail_out)
    guard count > 0 else { throw fault }
    pendingFault = fault
    produced += count
    return count
  }
}
