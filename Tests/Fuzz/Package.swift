// swift-tools-version: 6.2 Fuzzing of the wire, a package of its own: what it builds has no `main`, because libFuzzer
// brings one. Run it from the repository's root with `deploy/fuzz.sh [SECONDS]`.
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "SangdamFuzz",
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0")
    ],
    targets: [
        // The server's own: Sources/ holds links to its folders, as for Tests/Benchmarks.
        .target(
            name: "SangdamCore",
            dependencies: [
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HeapModule", package: "swift-collections"),
            ],
            swiftSettings: strict),
        .target(name: "SangdamJSON", dependencies: ["SangdamCore"], swiftSettings: strict),
        .target(name: "SangdamProtocol", dependencies: ["SangdamCore", "SangdamJSON"], swiftSettings: strict),
        .target(
            name: "SangdamWire", dependencies: ["SangdamCore", "SangdamJSON", "SangdamProtocol"], swiftSettings: strict),
        .executableTarget(
            name: "Fuzz", dependencies: ["SangdamCore", "SangdamJSON", "SangdamProtocol", "SangdamWire"], path: "Fuzz",
            swiftSettings: strict, linkerSettings: [.linkedLibrary("m")]),
    ],
    swiftLanguageModes: [.v6]
)
