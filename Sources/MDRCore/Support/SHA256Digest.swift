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
  package static func hex(_ data: UnsafeRawBufferPointer) -> String {
    let digits = StaticString("0123456789abcdef")
    return String(unsafeUninitializedCapacity: 64) { text in
      for (index, byte) in bytes(data).enumerated() {
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
