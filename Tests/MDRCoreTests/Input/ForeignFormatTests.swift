import Testing

@testable import MDRCore

/// A file that isn't read here is named, with what makes it readable.
@Suite struct ForeignFormatTests {
  private static func fault(_ bytes: [UInt8]) throws -> String? {
    try RawRecordReader().forEachEntry(from: MemoryProducer(bytes), isGzip: false, windowSize: 64) {
      _, _, _ in
    }?.description
  }

  @Test(
    arguments: [
      ([0x50, 0x4B, 0x03, 0x04, 0x14], "a zip archive", "unzip"),
      (Array("BZh91AY&SY".utf8), "packed with bzip2", "bunzip2"),
      ([0x28, 0xB5, 0x2F, 0xFD, 0x04], "packed with Zstandard", "zstd -d"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "packed with xz", "xz -d"),
      ([0x04, 0x22, 0x4D, 0x18], "packed with LZ4", "lz4 -d"),
      (Array("PAR1\u{15}".utf8), "a Parquet file", "as JSON or CSV"),
      ([0x78, 0x9C, 0xED], "packed with zlib", "zlib-flate"),
      (Array("<!DOCTYPE html>".utf8), "an HTML or XML document", "fetch the logs again"),
      (Array("<Error><Code>AccessDenied".utf8), "an HTML or XML document", "fetch the logs again"),
      (Array("SQLite format 3\0".utf8), "an SQLite database", "JSON or CSV"),
      (Array("Events:\n- AccessKeyId: ASIA\n".utf8), "YAML", "--output json"),
      (Array("----------------\n| LookupEvents  |\n".utf8), "a drawn table", "--output json"),
      (
        [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 26) + Array("[Content_Types].xml".utf8),
        "an Excel workbook", "as CSV"
      ),
      (
        Array("a.json".utf8) + [UInt8](repeating: 0, count: 251) + Array("ustar".utf8), "a tar archive",
        "tar -xf"
      ),
    ] as [([UInt8], String, String)])
  func `packed and binary files say what they are`(bytes: [UInt8], name: String, mend: String) throws {
    let fault = try #require(try Self.fault(bytes))
    #expect(fault.contains(name) && fault.contains(mend), "\(fault)")
  }

  @Test func `UTF-32 is told from UTF-16, which is read`() throws {
    #expect(try Self.fault([0xFF, 0xFE, 0x7B, 0x00]) == nil)
    #expect(try Self.fault([0xFF, 0xFE, 0x00, 0x00, 0x7B])?.contains("UTF-32") == true)
    #expect(try Self.fault([0x00, 0x00, 0x00, 0x7B])?.contains("UTF-32") == true)
    #expect(try Self.fault([0x7B, 0x00]) == nil)
  }

  @Test func `text of no known kind shows how it starts`() throws {
    #expect(try Self.fault(Array("hello there".utf8))?.contains("hello there") == true)
    #expect(try Self.fault(Array("a,b\n1,2\n".utf8))?.contains("\u{201C}a,b\u{201D}") == true)
  }
}
