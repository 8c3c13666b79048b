public import Domain
import Store

/// Figures over any span and part of the territory. (统计分析)
public struct Insights: Sendable {
    let store: Store
    let time: TimeSource
    public let zone: TerritoryZone
    let cases: Cases
    let facts: CountyFacts

    init(store: Store, time: TimeSource, zone: TerritoryZone, cases: Cases) {
        self.store = store
        self.time = time
        self.zone = zone
        self.cases = cases
        facts = CountyFacts(store: store, time: time, zone: zone)
    }

    /// Loads what figures are made of, so that the first who asks need not wait.
    public func warmUp() async throws { _ = try await facts.ready() }

    /// What somebody may ask: their own territory where they name none.
    /// - Parameter territory: nil = all that the asker may look at.
    /// - Throws: ``SupervisionError/notFound`` for a place that the asker may not see.
    public func question(
        _ days: DaySpan, in territory: Territory? = nil, item: CaptureItem? = nil, area: Area.Kind? = nil,
        for principal: Principal
    ) async throws -> InsightQuestion {
        guard let own = principal.territory(for: .readFigures) else { throw SupervisionError.notPermitted }
        let asked = territory ?? own
        let isPermitted: Bool
        switch asked {
        case own: isPermitted = true
        case .county, .canteen: isPermitted = false
        case .township(let id):
            isPermitted = principal.may(.readFigures, at: PlacePath(township: id))
        case .school(let id):
            let school = try await store.read { try $0.places.school(id) }
            isPermitted = school.map { principal.may(.readFigures, at: $0.path) } ?? false
        }
        guard isPermitted else { throw SupervisionError.notFound }
        return InsightQuestion(days, in: asked, item: item, area: area)
    }

    /// What one answer is made of, read at one moment.
    struct Ground: Sendable {
        var facts: FactSnapshot
        var places: [CameraID: CameraPlace]
        var areas: [AreaID: Area.Kind]
        var calendar: SchoolCalendar
    }

    /// nil = still loading: how far, 0…1.
    func ground(_ question: InsightQuestion, waits: Bool = true) async throws -> Progress<Ground> {
        switch try await facts.state(waits: waits) {
        case .loading(let share): return .loading(share)
        case .ready(let snapshot):
            return .ready(
                try await store.read { [zone] records in
                    var calendar = try records.rules.calendar() ?? SchoolCalendar()
                    if case .school(let id) = question.territory {
                        calendar = try records.rules.time(of: id, in: zone).calendar
                    }
                    return Ground(
                        facts: snapshot, places: try records.facts.cameraPlaces(), areas: try records.facts.areaKinds(),
                        calendar: calendar)
                })
        }
    }

    func span(_ days: DaySpan) -> TimeSpan {
        TimeSpan(start: days.first.time(minute: 0, in: zone), end: (days.last + 1).time(minute: 0, in: zone))
    }

    /// An answer, or how far the facts are loaded.
    public enum Progress<Answer: Sendable>: Sendable {
        /// 0…1.
        case loading(Double)
        case ready(Answer)

        public func map<Other: Sendable>(_ body: (Answer) async throws -> Other) async rethrows -> Progress<Other> {
            switch self {
            case .loading(let share): .loading(share)
            case .ready(let answer): .ready(try await body(answer))
            }
        }
    }
}
