// swift-tools-version: 6.2
import PackageDescription

// One block for every target: what the compiler can find, it shall find.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "Sangdam",
    defaultLocalization: "ko",
    products: [
        .executable(name: "sangdam", targets: ["sangdam"])
    ],
    dependencies: [
        // Subcommands, help texts, completions, and usage errors that exit with 64.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        // Deque, Heap and OrderedDictionary for the desk's bounded collections.
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        // The precedence of flags, environment and file, as values with a source.
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        // Structured log lines that an operator can send elsewhere.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        // SQLite's full-text search, in memory: what frequent questions are found by.
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        // Latencies with a fixed relative error in fixed memory: what `sangdam load` reports from.
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        // The interface that libraries count through; our Prometheus text stands behind it.
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        // YAML with the line of every node, for configuration errors that name it.
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        // OpenSSL 3, the system's own: its security updates reach us without a build.
        .systemLibrary(name: "COpenSSL", pkgConfig: "libssl", providers: [.apt(["libssl-dev"])]),
        // Holidays out of iCalendar files. Without pkg-config: its file also names two libraries that nobody here needs.
        .systemLibrary(name: "CIcal", providers: [.apt(["libical-dev"])]),
        // SMTP with STARTTLS and everything that mail servers want of a client.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        // MIME, both ways: what mails really look like is more than its RFCs.
        .systemLibrary(name: "CGMime", providers: [.apt(["libgmime-3.0-dev"])]),
        // HTML, for mails that have nothing else, read as browsers read it.
        .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .target(
            name: "SangdamCore",
            dependencies: [
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HeapModule", package: "swift-collections"),
            ],
            swiftSettings: strict),
        // JSON in and out, of the protocol and of the journal, which must escape alike; the core knows no bytes.
        .target(name: "SangdamJSON", dependencies: ["SangdamCore"], swiftSettings: strict),
        // What client and server say to each other, both directions beside each other: messages, lines, frames, addresses.
        .target(name: "SangdamProtocol", dependencies: ["SangdamCore", "SangdamJSON"], swiftSettings: strict),
        // The server's side of a connection: which mode it speaks, and what the session asks of the server.
        .target(
            name: "SangdamWire", dependencies: ["SangdamCore", "SangdamJSON", "SangdamProtocol"], swiftSettings: strict),
        .target(name: "SangdamNet", dependencies: ["COpenSSL"], swiftSettings: strict),
        .target(
            name: "SangdamJournal", dependencies: ["SangdamCore", "SangdamJSON", "COpenSSL"], swiftSettings: strict),
        // Frequent questions: entries in, an index in memory, the best entries for a query out. It knows no chat.
        .target(
            name: "SangdamFAQ",
            dependencies: ["SangdamCore", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .target(
            name: "SangdamMetrics",
            dependencies: [
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
            ],
            swiftSettings: strict),
        // When something is open: weeks, holidays and zones into spans of time. It reads no file and no clock.
        .target(name: "SangdamHours", dependencies: ["SangdamCore", "CIcal"], swiftSettings: strict),
        // Inquiries' mails, out and in: what they look like and how they go. It knows no state.
        .target(
            name: "SangdamMail",
            dependencies: ["CCurl", "CGMime", "CXML2", "COpenSSL", "SangdamCore", "SangdamProtocol"],
            swiftSettings: strict),
        .target(
            name: "SangdamServer",
            dependencies: [
                "COpenSSL", "SangdamCore", "SangdamJSON", "SangdamProtocol", "SangdamWire", "SangdamNet",
                "SangdamJournal", "SangdamFAQ", "SangdamMetrics", "SangdamHours", "SangdamMail",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Yams", package: "Yams"),
            ],
            // The chat page, part of the binary: there is nothing to install beside it.
            resources: [.embedInCode("Page")],
            swiftSettings: strict),
        .target(
            name: "SangdamConsole", dependencies: ["SangdamCore", "SangdamProtocol", "SangdamWire", "SangdamNet"],
            swiftSettings: strict),
        .target(
            name: "SangdamLoad",
            dependencies: [
                "SangdamCore", "SangdamJSON", "SangdamProtocol", "SangdamNet",
                .product(name: "Histogram", package: "hdrhistogram-swift"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "sangdam",
            dependencies: [
                "SangdamCore", "SangdamJSON", "SangdamProtocol", "SangdamWire", "SangdamServer", "SangdamConsole",
                "SangdamJournal", "SangdamLoad", "SangdamHours", "SangdamMail",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        // What the simulations of the desk and of the server share.
        .target(
            name: "SimulationSupport", dependencies: ["SangdamCore"], path: "Tests/SimulationSupport",
            swiftSettings: strict),
        .testTarget(
            name: "SangdamCoreTests",
            dependencies: ["SangdamCore", "SangdamJSON", "SangdamJournal", "SimulationSupport"], swiftSettings: strict),
        .testTarget(
            name: "SangdamJSONTests", dependencies: ["SangdamCore", "SangdamJSON"], swiftSettings: strict),
        .testTarget(
            name: "SangdamProtocolTests", dependencies: ["SangdamCore", "SangdamJSON", "SangdamProtocol"],
            swiftSettings: strict),
        .testTarget(
            name: "SangdamWireTests", dependencies: ["SangdamCore", "SangdamJSON", "SangdamProtocol", "SangdamWire"],
            swiftSettings: strict),
        .testTarget(
            name: "SangdamNetTests", dependencies: ["SangdamNet", "COpenSSL"], swiftSettings: strict),
        .testTarget(
            name: "SangdamJournalTests", dependencies: ["SangdamCore", "SangdamJSON", "SangdamJournal"],
            swiftSettings: strict),
        .testTarget(
            name: "SangdamFAQTests", dependencies: ["SangdamCore", "SangdamFAQ", "SangdamServer"], swiftSettings: strict
        ),
        .testTarget(
            name: "SangdamHoursTests", dependencies: ["SangdamCore", "SangdamHours"], swiftSettings: strict),
        .testTarget(
            name: "SangdamMetricsTests",
            dependencies: ["SangdamMetrics", .product(name: "Metrics", package: "swift-metrics")],
            swiftSettings: strict),
        .testTarget(
            name: "SangdamMailTests", dependencies: ["SangdamCore", "SangdamProtocol", "SangdamMail", "CGMime"],
            swiftSettings: strict),
        .testTarget(
            name: "SangdamServerTests",
            dependencies: [
                "SangdamCore", "SangdamProtocol", "SangdamWire", "SangdamServer", "SangdamJournal", "SangdamNet",
                "SangdamFAQ", "SangdamHours", "SangdamMail", "SangdamMetrics", "SimulationSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SangdamConsoleTests",
            dependencies: ["SangdamCore", "SangdamProtocol", "SangdamWire", "SangdamNet", "SangdamConsole"],
            swiftSettings: strict),
        .testTarget(
            name: "SangdamLoadTests",
            dependencies: ["SangdamCore", "SangdamProtocol", "SangdamNet", "SangdamLoad", "sangdam"],
            swiftSettings: strict),
        .testTarget(name: "TidyTests", swiftSettings: strict),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "sangdam", "SangdamCore", "SangdamProtocol", "SangdamWire", "SangdamNet", "SangdamJournal",
                "SangdamServer", "COpenSSL",
            ],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
