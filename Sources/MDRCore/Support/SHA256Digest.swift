#if canImport(CryptoKit)
  import CryptoKit
#else
  import CCrypto
#endif

/// SHA-256 digests, by the platform's own library.
package enum SHA256Digest {
  /// The digest's 32 bytes.
  package static func bytes(_ data: UnsafeRawBufferPointer) -> [UInt8] {
    #if canImport(CryptoKit)
      return Array(SHA256.hash(data: data))
    #else
      var digest = [UInt8](repeating: 0, count: 32)
      EVP_Digest(data.baseAddress, data.count, &digest, nil, EVP_sha256(), nil)
      return digest
    #endif
  }

  /// The digest in lower-case hex, as `sha256sum` prints it.
  package static func hex(_ data: UnsafeRawBufferPointer) -> String { hex(of: bytes(data)) }

  /// A digest's bytes in lower-case hex.
  fileprivate static func hex(of digest: [UInt8]) -> String {
    let digits = StaticString("0123456789abcdef")
    return String(unsafeUninitializedCapacity: 64) { text in
      for (index, byte) in digest.enumerated() {
        text[index * 2] = digits.utf8Start[Int(byte >> 4)]
        text[index * 2 + 1] = digits.utf8Start[Int(byte & 15)]
      }
      return 64
    }
  }

  /// The digest of a text's UTF-8 bytes in hex.
  package static func hex(_ text: String) -> String {
    var text = text
    return text.withUTF8 { hex(UnsafeRawBufferPointer($0)) }
  }
}

/// The SHA-256 digest of bytes that come piece by piece.
struct SHA256Stream: ~Copyable {
  #if canImport(CryptoKit)
    private var hash = SHA256()

    mutating func append(_ bytes: [UInt8]) { hash.update(data: bytes) }

    /// The digest of all bytes so far, in lower-case hex.
    var hex: String { SHA256Digest.hex(of: Array(hash.finalize())) }
  #else
    private let context = EVP_MD_CTX_new()

    init() { EVP_DigestInit_ex(context, EVP_sha256(), nil) }

    deinit { EVP_MD_CTX_free(context) }

    mutating func append(_ bytes: [UInt8]) { EVP_DigestUpdate(context, bytes, bytes.count) }

    /// The digest of all bytes so far, in lower-case hex.
    var hex: String {
      var digest = [UInt8](repeating: 0, count: 32)
      let copy = EVP_MD_CTX_new()
      EVP_MD_CTX_copy_ex(copy, context)
      EVP_DigestFinal_ex(copy, &digest, nil)
      EVP_MD_CTX_free(copy)
      return SHA256Digest.hex(of: digest)
    }
  #endif
}
