#if canImport(CryptoKit)
  import CryptoKit
#else
  import CCrypto
#endif

/// SHA-256 of one piece of data after the other, without looking the algorithm up each time; one for each thread.
struct RepeatedSHA256: ~Copyable {
  /// The digest that was computed last.
  private let digest = UnsafeMutablePointer<UInt8>.allocate(capacity: 32)
  #if !canImport(CryptoKit)
    private let context = EVP_MD_CTX_new()

    init() { EVP_DigestInit_ex(context, EVP_sha256(), nil) }

    deinit {
      EVP_MD_CTX_free(context)
      digest.deallocate()
    }
  #else
    deinit { digest.deallocate() }
  #endif

  /// The digest's 32 bytes, valid until the next call.
  mutating func bytes(_ data: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    #if canImport(CryptoKit)
      SHA256.hash(data: UnsafeRawBufferPointer(data)).withUnsafeBytes {
        UnsafeMutableRawPointer(digest).copyMemory(
          from: $0.baseAddress ?? UnsafeRawPointer(digest), byteCount: 32)
      }
    #else
      // Without an algorithm the context keeps the one that it was made with.
      EVP_DigestInit_ex(context, nil, nil)
      EVP_DigestUpdate(context, data.baseAddress, data.count)
      EVP_DigestFinal_ex(context, digest, nil)
    #endif
    return UnsafeBufferPointer(start: digest, count: 32)
  }
}
