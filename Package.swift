// swift-tools-version: 6.2
import PackageDescription

// The list of targets is the architecture (docs/design/architecture.md); arrows only point down.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// The simulator draws every pixel by itself, and the analysis looks at every pixel: without optimisation a picture takes
/// longer than it lasts, and tests watch both.
let optimized: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

func module(
    _ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil, settings: [SwiftSetting] = []
) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict + settings)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, swiftSettings: strict)
}

let package = Package(
    name: "mingchu",
    products: [.executable(name: "mingchu", targets: ["Mingchu"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .executableTarget(
            name: "Mingchu",
            dependencies: [
                "Web", "Supervision", "PublicVideo", "Notices", "Cameras", "Vision", "Store", "Domain", arguments, yams,
                log,
                lifecycle, signals,
                hummingbird,
                nioPosix,
            ],
            swiftSettings: strict),
        module(
            "Web",
            [
                "Supervision", "PublicVideo", "Cameras", "Documents", "Domain", hummingbird, mustache, crypto, log,
                nioCore, nioPosix,
            ],
            resources: [.copy("Resources")]),
        module(
            "PublicVideo",
            ["Cameras", "Vision", "Documents", "FFmpeg", "ISOBMFF", "Bitstream", "Domain", lifecycle, log, nioCore],
            settings: optimized),
        module("Supervision", ["Store", "Domain", crypto, cryptoExtras, log]),
        module(
            "Cameras",
            ["RTSP", "ISOBMFF", "FFmpeg", "Bitstream", "Domain", crypto, log, lifecycle, nioCore, nioPosix],
            settings: optimized),
        module("Vision", ["OpenVINO", "FFmpeg", "Bitstream", "Domain", crypto, log, lifecycle], settings: optimized),
        module("Notices", ["Domain", httpClient, crypto, nioCore, nioHTTP1, nioPosix, nioSSL]),
        module("Store", ["CPostgres", "Domain", grdb, crypto, log], resources: [.embedInCode("Schema")]),
        module("RTSP", ["Bitstream", "Domain", nioCore, nioPosix, nioSSL, crypto, log]),
        module("ISOBMFF", ["Bitstream", "Domain"]),
        module("FFmpeg", ["CFFmpeg", "Bitstream", "Domain"]),
        module("OpenVINO", ["COpenVINO", "Domain"]),
        module("Documents", ["CDocuments", "Domain"]),
        module("Bitstream", ["Domain"]),
        module("Domain", []),
        .systemLibrary(
            name: "CFFmpeg", pkgConfig: "libavformat libavcodec libswscale libavutil",
            providers: [.apt(["libavformat-dev", "libavcodec-dev", "libswscale-dev", "libavutil-dev"])]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "CDocuments", pkgConfig: "xlsxwriter libzip expat libqrencode pangocairo",
            providers: [
                .apt(["libxlsxwriter-dev", "libzip-dev", "libexpat1-dev", "libqrencode-dev", "libpango1.0-dev"])
            ]),
        // Headers only: the library is loaded when the program runs, and the program runs without it.
        .systemLibrary(name: "COpenVINO", pkgConfig: "openvino-c"),
        module(
            "TestSupport", ["Domain", nioCore, nioHTTP1, nioPosix, nioSSL], resources: [.copy("Scripts")]),

        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "TestSupport", "PublicVideo", "Cameras", "Vision", "Supervision", "Store", "OpenVINO", "FFmpeg",
                "Bitstream", "Domain",
            ],
            path: "Benchmarks",
            swiftSettings: strict),

        tests(of: "Domain", ["TestSupport", crypto]),
        tests(of: "TestSupport", ["Domain"]),
        tests(of: "Bitstream", ["Domain", "FFmpeg", "TestSupport"]),
        tests(of: "ISOBMFF", ["Bitstream", "Domain", "FFmpeg", "TestSupport"]),
        tests(of: "FFmpeg", ["TestSupport"]),
        tests(of: "OpenVINO", ["TestSupport"]),
        tests(of: "Documents", ["Domain", "TestSupport"]),
        tests(of: "Vision", ["Bitstream", "Cameras", "Domain", "FFmpeg", "TestSupport", crypto]),
        tests(of: "PublicVideo", ["Bitstream", "Cameras", "Domain", "FFmpeg", "TestSupport", "Vision", log, nioCore]),
        tests(of: "RTSP", ["Bitstream", "Domain", "TestSupport", log, nioCore, nioPosix]),
        tests(of: "Store", ["Domain", "TestSupport", grdb, crypto]),
        tests(of: "Cameras", ["Bitstream", "Domain", "FFmpeg", "ISOBMFF", "TestSupport", crypto, log, nioCore]),
        tests(of: "Notices", ["Domain", "TestSupport", nioPosix]),
        tests(of: "Supervision", ["Store", "Domain", "TestSupport", grdb, crypto]),
        tests(
            of: "Web",
            [
                "Cameras", "Supervision", "Store", "FFmpeg", "TestSupport", "Domain", hummingbird, hummingbirdTesting,
                mustache, log, nioCore, nioEmbedded, nioPosix,
            ]),
        tests(of: "Mingchu", ["Cameras", "Domain", "Supervision", "Store", "TestSupport", hummingbirdTesting, log]),
    ]
)
