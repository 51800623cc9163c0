// swift-tools-version: 6.2
// Micro-benchmarks of the message path, a package of their own: whoever builds the server needs none of its
// dependencies. Run them from the repository's root with `Tests/Benchmarks/micro.sh`.
import PackageDescription

// The targets are the server's own: Sources/ holds links to its folders. What they declare is `package` at most, which
// ends at a package's border, so that depending on the server's package would show nothing of them. A folder outside of
// the package's is not allowed as a path, but a link is.
let package = Package(
    name: "SangdamBenchmarks",
    dependencies: [
        // Its traits count allocations and reference counting by interposing libraries; times need neither.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    ],
    targets: [
        .systemLibrary(name: "COpenSSL", pkgConfig: "libssl", providers: [.apt(["libssl-dev"])]),
        .target(
            name: "SangdamCore",
            dependencies: [
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HeapModule", package: "swift-collections"),
            ],
            swiftSettings: asShipped),
        .target(name: "SangdamJSON", dependencies: ["SangdamCore"], swiftSettings: asShipped),
        .target(name: "SangdamProtocol", dependencies: ["SangdamCore", "SangdamJSON"], swiftSettings: asShipped),
        .target(
            name: "SangdamWire", dependencies: ["SangdamCore", "SangdamJSON", "SangdamProtocol"],
            swiftSettings: asShipped),
        .target(
            name: "SangdamJournal", dependencies: ["SangdamCore", "SangdamJSON", "COpenSSL"],
            // A line and its link are the journal's own affair: the benchmark looks in as a test does.
            swiftSettings: asShipped + [.unsafeFlags(["-enable-testing"])]),
        .executableTarget(
            name: "MessagePath",
            dependencies: [
                "SangdamCore", "SangdamWire", "SangdamJournal",
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/MessagePath",
            swiftSettings: asShipped,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ],
    swiftLanguageModes: [.v6]
)

/// The settings of the server's own manifest.
var asShipped: [SwiftSetting] {
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
    ]
}
