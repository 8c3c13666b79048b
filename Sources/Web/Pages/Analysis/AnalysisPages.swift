import Domain
import Hummingbird
import Supervision

/// 分析: how the analysis of each camera is doing, and what the models can do.
struct AnalysisPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.analysis.route, use: show)
    }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let words = wording.words
        let trees = try await site.supervision.places.tree(for: principal)
        let cameras = VisibleCameras(trees).places
        let health = site.desk.health()
        let rows = cameras.map { AnalysisPage.Row($0, health: health[$0.camera.id], wording: wording) }
        let today = site.settings.zone.day(of: wording.now)
        let figures = try await site.supervision.captures.figures(today, for: principal)
        let page = AnalysisPage(
            trouble: site.desk.trouble, rows: rows,
            countText: words(
                "analysis.count",
                [
                    "cameras": "\(rows.count)",
                    "active": "\(rows.count { $0.state == AnalysisHealth.State.active.rawValue })",
                ]),
            hasFailures: rows.contains { $0.trouble != nil }, records: wording.count(figures.records),
            frames: wording.count(figures.frames), captures: wording.count(figures.captureCount),
            stages: AnalysisPage.stages(cameras.compactMap { health[$0.camera.id] }, wording),
            models: site.desk.models.map { AnalysisPage.Model($0, wording: wording) },
            missing: CaptureItem.allCases.compactMap { item in
                site.desk.missing[item].map { Fact(name: words(item), value: $0) }
            })
        return site.page(page, title: words("analysis.title"), section: .analysis, request: request, context: context)
    }
}

struct AnalysisPage: Page {
    struct Row: Sendable {
        let name: String
        let place: String
        let address: String
        let state: String
        let stateWord: String
        let trouble: String?
        let received: String
        let decoded: String
        let analysed: String
        let records: String
        let skipped: String
        let isSkipping: Bool
        let queued: String
        let framesPerSecond: String
        let lag: String
        let isLate: Bool
        let isSimulated: Bool

        /// - Parameter health: nil = nobody analyses this camera.
        init(_ place: VisibleCameras.Place, health: AnalysisHealth?, wording: Wording) {
            let words = wording.words
            let health = health ?? AnalysisHealth(state: .off)
            name = place.camera.name
            self.place = "\(place.school.name) · \(wording.area(place.area))"
            address = SiteURL.cameraAnalysis(.value(place.camera.id)).path
            state = health.state.rawValue
            stateWord = words(health.state)
            trouble = health.state == .failed ? health.trouble ?? words("analysis.unknownTrouble") : health.trouble
            received = wording.count(health.received)
            decoded = wording.count(health.decoded)
            analysed = wording.count(health.analysed)
            records = wording.count(health.records)
            skipped = wording.count(health.skipped)
            isSkipping = health.skipped > 0
            queued = wording.count(health.queued)
            framesPerSecond = wording.frameRate(health.framesPerSecond)
            lag = words("analysis.milliseconds", ["count": wording.count(health.lagMs)])
            isLate = health.lagMs > 2000
            isSimulated = place.camera.isSimulated
        }
    }

    struct Stage: Sendable {
        let name: String
        let runs: String
        let mean: String
        let total: String
        /// Of all stages' time, 0…100, for a bar.
        let share: String
    }

    struct Measured: Sendable {
        let item: String
        let set: String
        let count: String
        let precision: String
        let precisionInterval: String
        let recall: String
        let recallInterval: String
        let note: String
    }

    struct Model: Sendable {
        let name: String
        let version: String
        let licence: String
        let data: [String]
        let cannot: [String]
        let measured: [Measured]

        init(_ model: ModelSummary, wording: Wording) {
            name = model.name
            version = model.version
            licence = model.licence
            data = model.data
            cannot = model.cannot
            func interval(_ range: ClosedRange<Double>) -> String {
                "\(Decimal.text(range.lowerBound, places: 3))–\(Decimal.text(range.upperBound, places: 3))"
            }
            measured = model.measured.map {
                Measured(
                    item: wording.words.sight($0.item), set: $0.set, count: wording.count($0.count),
                    precision: Decimal.text($0.precision, places: 3),
                    precisionInterval: interval($0.precisionInterval), recall: Decimal.text($0.recall, places: 3),
                    recallInterval: interval($0.recallInterval), note: $0.note)
            }
        }
    }

    static let template = "analysis"
    let trouble: String?
    let rows: [Row]
    let countText: String
    let hasFailures: Bool
    let records: String
    let frames: String
    let captures: String
    let stages: [Stage]
    let models: [Model]
    let missing: [Fact]

    /// All cameras' stages together, in the order in which pictures go through them.
    static func stages(_ healths: [AnalysisHealth], _ wording: Wording) -> [Stage] {
        let order = ["decode", "motion", "detect", "attributes", "pests", "track"]
        var runs: [String: Int] = [:]
        var milliseconds: [String: Double] = [:]
        for stage in healths.flatMap(\.stages) {
            runs[stage.name, default: 0] += stage.runs
            milliseconds[stage.name, default: 0] += stage.meanMs * Double(stage.runs)
        }
        let names = order.filter { runs[$0] != nil } + runs.keys.filter { !order.contains($0) }.sorted()
        let whole = milliseconds.values.reduce(0, +)
        return names.map { name in
            let (count, time) = (runs[name] ?? 0, milliseconds[name] ?? 0)
            let key = "stage.\(name)"
            return Stage(
                name: wording.words.has(key) ? wording.words(key) : name, runs: wording.count(count),
                mean: Decimal.text(count > 0 ? time / Double(count) : 0, places: 2),
                total: Decimal.text(time / 1000, places: 1),
                share: Decimal.text(whole > 0 ? time / whole * 100 : 0, places: 1))
        }
    }
}
