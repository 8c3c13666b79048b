import Domain
import Synchronization

/// What several screens ask for every few seconds and what takes a while to find out, kept for a minute or a few.
final class HallMemory: Sendable {
    private struct Kept<Value: Sendable>: Sendable {
        var value: Value
        var until: UTCTime
    }

    private struct FiguresKey: Hashable {
        var territory: Territory
        var period: HallPeriod
    }

    private struct State {
        var figures: [FiguresKey: Kept<CountyFigures>] = [:]
        var risks: [Territory: Kept<[SchoolID: Double]>] = [:]
    }

    private static let figuresLife = Duration.seconds(30)
    private static let risksLife = Duration.seconds(300)
    /// As many as there are townships, with room.
    private static let most = 200

    private let state = Mutex(State())

    func figures(
        _ territory: Territory, _ period: HallPeriod, at now: UTCTime, _ make: () async throws -> CountyFigures
    ) async throws -> CountyFigures {
        let key = FiguresKey(territory: territory, period: period)
        if let kept = state.withLock({ $0.figures[key] }), kept.until > now { return kept.value }
        let made = try await make()
        state.withLock { state in
            if state.figures.count >= Self.most { state.figures = [:] }
            state.figures[key] = Kept(value: made, until: now + Self.figuresLife)
        }
        return made
    }

    /// - Parameter make: nil = not known yet; asked again next time.
    func risks(
        _ territory: Territory, at now: UTCTime, _ make: () async throws -> [SchoolID: Double]?
    ) async throws -> [SchoolID: Double] {
        if let kept = state.withLock({ $0.risks[territory] }), kept.until > now { return kept.value }
        guard let made = try await make() else { return [:] }
        state.withLock { state in
            if state.risks.count >= Self.most { state.risks = [:] }
            state.risks[territory] = Kept(value: made, until: now + Self.risksLife)
        }
        return made
    }
}
