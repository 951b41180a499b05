// swift-tools-version: 6.2
import PackageDescription

/// Every target builds in Swift 6 mode with warnings as errors; the upcoming
/// features keep imports and existentials explicit.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// `scripts/fuzz` asks for the fuzz target, which links only with the compiler's fuzzer.
let isFuzzing = Context.environment["MDR_FUZZ"] != nil

/// The seven skills: each executable is a few dozen lines over `MDRCore`.
let skills = [
  "lookup-collector",
  "normalize-observations",
  "raw-evidence-pack",
  "business-baseline",
  "detection-specs",
  "business-triage",
  "report-packager",
]

let package = Package(
  name: "mdr-rainer",
  platforms: [.macOS(.v15)],
  products: (skills + ["simulate-estate"]).map { .executable(name: $0, targets: [$0]) },
  targets: [
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CCrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CVector"),
    .target(
      name: "MDRCore",
      dependencies: [
        "CVector", "CZlib", .target(name: "CCrypto", condition: .when(platforms: [.linux])),
        .target(name: "CMalloc", condition: .when(platforms: [.linux])),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "simulate-estate", dependencies: ["MDRCore"], swiftSettings: settings),
    .target(
      name: "ReaderChecks", dependencies: ["MDRCore"], path: "Tests/ReaderChecks",
      swiftSettings: settings),
    .testTarget(
      name: "MDRCoreTests", dependencies: ["MDRCore", "CVector", "CZlib", "ReaderChecks"],
      swiftSettings: settings),
    .testTarget(
      name: "CommandTests",
      dependencies: ["MDRCore"] + (skills + ["simulate-estate"]).map { .target(name: $0) },
      swiftSettings: settings),
  ]
    + skills.map {
      .executableTarget(name: $0, dependencies: ["MDRCore"], swiftSettings: settings)
    }
    + (isFuzzing
      ? [
        .executableTarget(
          name: "fuzz-reader", dependencies: ["ReaderChecks"], path: "Tests/FuzzReader",
          swiftSettings: settings)
      ] : [])
)
