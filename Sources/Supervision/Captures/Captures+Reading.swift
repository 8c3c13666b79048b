public import Domain
import Store

extension Captures {
    /// Newest first, without sights and curve.
    /// - Parameters:
    ///   - last: The last capture of the page before; nil = from the newest.
    ///   - limit: 1…1000; taken as the nearest of these.
    public func list(
        _ filter: CaptureFilter = CaptureFilter(), after last: CaptureID? = nil, limit: Int = 60,
        for principal: Principal
    ) async throws -> [CaptureRecord] {
        try await store.read { records in
            try records.captures.list(
                filter, in: principal.territory(for: .lookAtCaptures), after: last, limit: min(max(limit, 1), 1000))
        }
    }

    public func count(
        _ filter: CaptureFilter = CaptureFilter(), limit: Int = LimitedCount.ofLists, for principal: Principal
    ) async throws -> LimitedCount {
        try await store.read { records in
            try records.captures.count(filter, in: principal.territory(for: .lookAtCaptures), limit: limit)
        }
    }

    /// One capture with everything that is known of it.
    public func capture(_ id: CaptureID, for principal: Principal) async throws -> CaptureRecord {
        guard let record = try await store.read({ try $0.captures.record(id) }),
            principal.may(.lookAtCaptures, at: record.path)
        else { throw SupervisionError.notFound }
        return record
    }

    /// The captures of the same camera just before and just after one, both in the order of time.
    /// - Parameter limit: On each side; 1…50.
    public func neighbours(
        of id: CaptureID, each limit: Int = 4, for principal: Principal
    ) async throws -> (earlier: [CaptureRecord], later: [CaptureRecord]) {
        _ = try await capture(id, for: principal)
        return try await store.read { try $0.captures.neighbours(of: id, each: min(max(limit, 1), 50)) }
    }

    /// Cameras with a capture that goes on, and how many.
    public func ongoing(for principal: Principal) async throws -> [CameraID: Int] {
        try await store.read { records in try records.captures.ongoing(in: principal.territory(for: .lookAtCaptures)) }
    }

    /// How many came after one that the asker has seen, at most 100.
    public func countLater(than id: CaptureID, for principal: Principal) async throws -> Int {
        try await store.read { records in
            try records.captures.countLater(than: id, in: principal.territory(for: .lookAtCaptures), limit: 100)
        }
    }

    /// - Parameters:
    ///   - span: Analysed pictures are counted by whole hours that begin in it, captures to the millisecond; nil = all time.
    ///   - school: nil = every school that the asker may watch.
    public func figures(
        _ span: TimeSpan?, school: SchoolID? = nil, for principal: Principal
    ) async throws -> AnalysisFigures {
        try await store.read { records in
            let territory = principal.territory(for: .readFigures)
            var figures = try records.analysis.figures(span, school: school, in: territory)
            figures.captures = try records.captures.countByItem(
                CaptureFilter(school: school, span: span), in: territory)
            return figures
        }
    }
}
