import Domain
import Hummingbird
import Supervision

/// How the analysis is doing, for scripts and monitoring.
struct AnalysisAPI: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.api(.analysis).route, use: analysis)
    }

    @Sendable private func analysis(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let cameras = VisibleCameras(try await site.supervision.places.tree(for: principal))
        let today = site.settings.zone.day(of: site.time.now())
        let figures = try await site.supervision.captures.figures(today, for: principal)
        let health = site.desk.health()
        return Response(
            .object([
                "trouble": .string(site.desk.trouble),
                "today": .object([
                    "frames": .integer(Int64(figures.frames)), "records": .integer(Int64(figures.records)),
                    "captures": .members(
                        figures.captures.sorted { $0.key.rawValue < $1.key.rawValue }
                            .map { ($0.key.rawValue, .integer(Int64($0.value))) }),
                ]),
                "cameras": .array(
                    cameras.places.compactMap { place in
                        health[place.camera.id].map {
                            .members([("id", .string("\(place.camera.id)"))] + Self.json($0))
                        }
                    }),
                "models": .array(site.desk.models.map(Self.json)),
                "missing": .members(
                    site.desk.missing.sorted { $0.key.rawValue < $1.key.rawValue }
                        .map { ($0.key.rawValue, .string($0.value)) }),
            ]))
    }

    private static func json(_ health: AnalysisHealth) -> [(key: String, value: JSON)] {
        [
            ("state", .string(health.state.rawValue)), ("trouble", .string(health.trouble)),
            ("received", .integer(Int64(health.received))), ("decoded", .integer(Int64(health.decoded))),
            ("analysed", .integer(Int64(health.analysed))), ("records", .integer(Int64(health.records))),
            ("skipped", .integer(Int64(health.skipped))), ("queued", .integer(Int64(health.queued))),
            ("framesPerSecond", .number(health.framesPerSecond)), ("lagMs", .integer(Int64(health.lagMs))),
            (
                "stages",
                .array(
                    health.stages.map {
                        .object([
                            "name": .string($0.name), "runs": .integer(Int64($0.runs)), "meanMs": .number($0.meanMs),
                        ])
                    })
            ),
        ]
    }

    private static func json(_ model: ModelSummary) -> JSON {
        .object([
            "name": .string(model.name), "version": .string(model.version), "licence": .string(model.licence),
            "measured": .array(
                model.measured.map { measured in
                    .object([
                        "item": .string(measured.item), "set": .string(measured.set),
                        "count": .integer(Int64(measured.count)), "precision": .number(measured.precision),
                        "precisionInterval": json(measured.precisionInterval), "recall": .number(measured.recall),
                        "recallInterval": json(measured.recallInterval), "note": .string(measured.note),
                    ])
                }),
            "cannot": .array(model.cannot.map { .string($0) }),
        ])
    }

    private static func json(_ interval: ClosedRange<Double>) -> JSON {
        .array([.number(interval.lowerBound), .number(interval.upperBound)])
    }
}
