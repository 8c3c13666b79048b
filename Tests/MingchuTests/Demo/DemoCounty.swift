import Domain
import Store
import Supervision
import TestSupport

@testable import Mingchu

/// A demo county that is smaller and younger than the one that newcomers see, in a folder of its own.
struct DemoCounty: Sendable {
    let directory: TemporaryDirectory
    let time: FakeTime
    let settings: Settings
    let folder: DataFolder
    let store: Store

    /// Its last moment is a Monday of November, half past one in the afternoon.
    init() async throws {
        directory = try TemporaryDirectory()
        time = FakeTime(wall: UTCTime(milliseconds: 1_795_411_800_000))
        settings = try Settings(
            SettingValues(
                file: nil, environment: [:], flags: ["data": directory.file("data"), "analysis.enabled": "false"]))
        folder = try DataFolder.open(settings.dataFolder)
        store = try await folder.openStore(settings.records)
    }

    var supervision: Supervision { Supervision(store: store, time: time.source, zone: settings.zone) }

    /// Six schools, two of each township: one that improves, one that repeats, one whose captures rise.
    ///
    /// - Parameter draws: false = with the pictures that all tests share: drawing them takes longer than a month of a county.
    func make(days: Int, seed: UInt64? = nil, draws: Bool = false) async throws -> [DemoAccount]? {
        var plan = CountyPlan.small(days: days, schools: 6)
        if let seed { plan.seed = seed }
        let pictures = draws ? nil : try await Self.pictures.value
        return try await CountyDemo(
            plan: plan, settings: settings, folder: folder, store: store, time: time.source, pictures: pictures
        ).make { _, _ in }
    }

    private static let pictures = Task {
        try await CountyPictures.draw(seed: CountyPlan.standard.seed, variants: 1)
    }

    /// Six weeks of it, made once for all tests that only look at it: a case takes a month from passing to closing.
    static let young = Task {
        let county = try await DemoCounty()
        let accounts = try await county.make(days: 45, draws: true) ?? []
        return (county: county, accounts: accounts)
    }

    /// What happened when, in order.
    func chronicle() async throws -> [String] {
        var all: [String] = []
        var last: Int64?
        while true {
            let page = try await supervision.ledger.page(LedgerFilter(), before: last, limit: 1000, for: .console)
            guard let end = page.last else { return all.reversed() }
            all += page.map { "\($0.time.milliseconds) \($0.act.rawValue)" }
            last = end.sequence
        }
    }
}
