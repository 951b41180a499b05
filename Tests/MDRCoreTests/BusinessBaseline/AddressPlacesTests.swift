import Foundation
import Testing

@testable import MDRCore

@Suite struct AddressPlacesTests {
  @Test(arguments: [
    ("network,country_iso_code\n198.51.100.0/25,DE\n2001:db8::/32,FR\n", "DE"),
    ("198.51.100.0,198.51.100.127,DE\n2001:db8::,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,FR\n", "DE"),
    ("\"3325256704\",\"3325256831\",\"DE\",\"Germany\"\n", "DE"),
    ("# a table\nstart_ip\tend_ip\tcountry_code\r\n198.51.100.0\t198.51.100.127\tde\r\n", "DE"),
  ])
  func `tables of several makes say where an address is, and where theirs end`(table: String, country: String)
  {
    var places = AddressPlaces()
    let isTable = places.add(table: table)
    #expect(isTable)
    #expect(places.place(of: "198.51.100.0")?.country == country)
    #expect(places.place(of: "198.51.100.127")?.country == country)
    #expect(places.place(of: "198.51.100.128") == nil)
    #expect(places.place(of: "198.51.99.255") == nil)
    #expect(places.place(of: "2001:db8:1::9")?.country == (table.contains("FR") ? "FR" : nil))
    #expect(places.place(of: "AWS Internal") == nil)
  }

  @Test func `countries and networks may come in tables of their own`() {
    var places = AddressPlaces()
    let tables = [
      "network,country_code\n198.51.100.0/24,DE\n",
      "network,autonomous_system_number,autonomous_system_organization\n198.51.100.0/25,64500,Example\n",
    ]
    #expect(tables.map { places.add(table: $0) } == [true, true])
    #expect(places.place(of: "198.51.100.1") == .init(country: "DE", network: "AS64500 Example"))
    #expect(places.place(of: "198.51.100.200") == .init(country: "DE", network: nil))
  }

  @Test func `what is no such table is none, and rows that can't be read are passed over`() {
    var places = AddressPlaces()
    for text in ["", "111111111111,arn:aws:iam::111111111111:role/reader\n", "a,b\n1,2\n", "country\nDE\n"] {
      let isTable = places.add(table: text)
      #expect(!isTable, "\(text)")
    }
    #expect(places.isEmpty)
    let isTable = places.add(
      table: "network,country\n198.51.100.0/24\nnothing,DE\n198.51.100.0/33,DE\n192.0.2.0/24,Germany\n")
    #expect(isTable)
    #expect(places.isEmpty)
  }

  @Test func `a table lies in the inventory's folder like its other files`() throws {
    try BaselineFilesTests.withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data("network,country\n198.51.100.0/24,DE\n".utf8).write(
        to: URL(fileURLWithPath: folder + "/geo.csv"))
      try Data("111111111111,arn:aws:iam::111111111111:role/r\n".utf8)
        .write(to: URL(fileURLWithPath: folder + "/accounts.csv"))
      let inventory = try Inventory.load(from: folder)
      #expect(inventory.places.place(of: "198.51.100.9")?.country == "DE")
      #expect(inventory.caveats.count == 1 && inventory.caveats[0].contains("accounts.csv is left out"))
    }
  }
}
