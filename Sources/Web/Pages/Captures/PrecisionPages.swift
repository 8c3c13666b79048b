import Domain
import Hummingbird
import Supervision

/// 准确率: how often captures were right, as people judged them, and where a camera should be made stricter.
struct PrecisionPages: Sendable {
    private static let days: Int64 = 30
    /// Of cameras, the worst; all of them when they are asked for.
    private static let shown = 40

    let site: Site

    func add(to routes: RouterGroup<WebContext>) { routes.get(SiteURL.precision.route, use: show) }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let words = wording.words
        let start = wording.now - .seconds(Self.days * 86_400)
        let precision = try await site.supervision.captures.precision(
            since: start, in: site.settings.zone, thresholds: site.desk.thresholds, for: principal)
        let misses = try await site.supervision.samples.misses(since: start, for: principal)
        let trees = try await site.supervision.places.tree(for: principal)
        var names: [CameraID: String] = [:]
        for tree in trees {
            for area in tree.areas {
                for camera in area.cameras {
                    names[camera.id] = "\(tree.school.name) · \(wording.area(area.area)) · \(camera.name)"
                }
            }
        }
        let hours = precision.hours.sorted { $0.key < $1.key }.map { hour, proportion in
            PrecisionPage.Row(Self.name(ofHour: hour), proportion, wording)
        }
        let known = precision.cameras.filter { names[$0.camera] != nil }
        let isWhole = request.query.text("cameras") == "all" || known.count <= Self.shown
        let page = PrecisionPage(
            items: CaptureItem.allCases.compactMap { item in
                precision.items[item].map { PrecisionPage.Row(words(item), icon: item, $0, wording) }
            },
            cameras: known.prefix(isWhole ? known.count : Self.shown).compactMap { row in
                names[row.camera].map { name in
                    PrecisionPage.CameraRow(
                        name: name, address: SiteURL.cameraAnalysis(.value(row.camera)).path,
                        row: PrecisionPage.Row(words(row.item), icon: row.item, row.precision, wording),
                        advice: row.advice.map { advice in
                            words(
                                "precision.advice",
                                [
                                    "threshold": wording.score(advice.threshold),
                                    "kept": PrecisionPage.percent(advice.keptTrue),
                                    "spared": PrecisionPage.percent(advice.sparedFalse),
                                ])
                        })
                }
            }, hours: hours,
            allCameras: isWhole
                ? nil : words("precision.allCameras", ["shown": "\(Self.shown)", "count": wording.count(known.count)]),
            misses: MissTable(misses, isReviewer: principal.maySomewhere(.judgeCaptures), wording))
        return site.page(
            page, title: words("precision.title"), section: .captures, request: request, context: context)
    }

    /// `08:00 – 09:00`
    private static func name(ofHour hour: Int) -> String {
        func clock(_ hour: Int) -> String { hour < 10 ? "0\(hour):00" : "\(hour):00" }
        return "\(clock(hour)) – \(clock(hour + 1))"
    }
}

struct PrecisionPage: Page {
    struct Row: Sendable {
        /// What it is of: an item, or an hour.
        let name: String
        let icon: String?
        let right: String
        let judged: String
        let share: String
        /// From … to, in words.
        let interval: String
        /// In per cent of the bar's width.
        let low: String
        let width: String
        let at: String

        init(_ name: String, icon: CaptureItem? = nil, _ proportion: Proportion, _ wording: Wording) {
            let interval = proportion.wilson()
            self.name = name
            self.icon = icon?.rawValue
            right = wording.count(proportion.successes)
            judged = wording.count(proportion.trials)
            share = proportion.value.map(PrecisionPage.percent) ?? "–"
            self.interval =
                "\(PrecisionPage.percent(interval.lowerBound)) – \(PrecisionPage.percent(interval.upperBound))"
            low = PrecisionPage.number(interval.lowerBound)
            width = PrecisionPage.number(interval.upperBound - interval.lowerBound)
            at = PrecisionPage.number(proportion.value ?? 0)
        }
    }

    struct CameraRow: Sendable {
        let name: String
        let address: String
        let row: Row
        let advice: String?
    }

    static let template = "precision"
    let items: [Row]
    let cameras: [CameraRow]
    let hours: [Row]
    /// On the link to the cameras that are not shown; nil = all are.
    let allCameras: String?
    let hasItems: Bool
    let misses: MissTable

    init(items: [Row], cameras: [CameraRow], hours: [Row], allCameras: String?, misses: MissTable) {
        self.allCameras = allCameras
        self.misses = misses
        self.items = items
        self.cameras = cameras
        self.hours = hours
        hasItems = !items.isEmpty
    }

    static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
    /// With a tenth: what is rare would else be 0 %.
    static func finePercent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
    fileprivate static func number(_ share: Double) -> String { "\((share * 1000).rounded() / 10)" }
}
