import Domain
import Store

/// What figures are made of, kept in memory and brought up to date by the ledger: every change of a capture or a case
/// has its entry there, so whoever reads the entries since the last time knows what to read anew. (统计事实)
actor CountyFacts {
    enum State: Sendable {
        /// Of what is to be read: 0…1.
        case loading(Double)
        case ready(FactSnapshot)
    }

    private static let batch = 20_000
    /// Calendar and rules move deadlines of cases without an entry of the case.
    private static let casesGrowOld = Duration.seconds(600)
    private static let analysisGrowsOld = Duration.seconds(10)

    private let store: Store
    private let time: TimeSource
    private let zone: TerritoryZone
    private var snapshot = FactSnapshot()
    private var sequence: Int64?
    private var progress = 0.0
    private var loading: Task<Void, any Error>?
    private var refreshing: Task<Void, any Error>?
    private var casesReadAt: UTCTime?
    private var analysisReadAt: UTCTime?

    init(store: Store, time: TimeSource, zone: TerritoryZone) {
        self.store = store
        self.time = time
        self.zone = zone
    }

    /// Begins to load when nobody has; up to date when it is ready.
    /// - Parameter waits: Up to a second, in which small counties are loaded.
    /// - Throws: `StoreError`; the next call begins anew.
    func state(waits: Bool = true) async throws -> State {
        if sequence == nil {
            begin()
            if !waits { return .loading(progress) }
            for _ in 0..<20 where sequence == nil && loading != nil { try await Task.sleep(for: .milliseconds(50)) }
            guard sequence != nil else { return .loading(progress) }
        }
        let task = refreshing ?? Task { try await self.refresh() }
        refreshing = task
        defer { if refreshing == task { refreshing = nil } }
        try await task.value
        return .ready(snapshot)
    }

    /// Waits until all is loaded.
    func ready() async throws -> FactSnapshot {
        if sequence == nil {
            begin()
            try await loading?.value
        }
        guard case .ready(let snapshot) = try await state() else { return try await ready() }
        return snapshot
    }

    private func begin() {
        guard loading == nil else { return }
        loading = Task {
            defer { self.loading = nil }
            try await self.load()
        }
    }

    private func load() async throws {
        let now = time.now()
        let (sequence, total, cases) = try await store.read { records in
            (try records.facts.lastSequence(), try records.captures.countAll(), try records.facts.cases())
        }
        var facts = CaptureFacts()
        facts.reserveCapacity(total + total / 8)
        var last: CaptureFact?
        while true {
            let page = try await store.read { [last] records in
                var page: [CaptureFact] = []
                page.reserveCapacity(Self.batch)
                try records.facts.captures(after: last, limit: Self.batch) { page.append($0) }
                return page
            }
            guard !page.isEmpty else { break }
            for fact in page { facts.set(fact) }
            last = page.last
            progress = min(0.9, Double(facts.count) / Double(max(1, total)) * 0.9)
        }
        snapshot.captures = facts
        snapshot.cases = CaseFacts(cases)
        for day in try await analysed(from: nil) { snapshot.analysed.append(day) }
        (casesReadAt, analysisReadAt) = (now, now)
        self.sequence = sequence
    }

    /// In the order of days.
    private func analysed(from day: Day?) async throws -> [AnalysedDay] {
        let from = day?.time(minute: 0, in: zone) ?? UTCTime(milliseconds: 0)
        return try await store.read { [zone] records in
            var days: [AnalysedDay] = []
            try records.facts.analysed(from: from, in: zone) { days.append($0) }
            return days
        }
    }

    private func refresh() async throws {
        guard let known = sequence else { return }
        let now = time.now()
        let areCasesOld = casesReadAt.map { now - $0 > Self.casesGrowOld || now < $0 } ?? true
        let news = try await store.read { records -> (Int64, [CaptureFact], [CaseFact], [CaseFact]?) in
            let sequence = try records.facts.lastSequence()
            let cases = areCasesOld ? try records.facts.cases() : nil
            guard sequence > known else { return (sequence, [], [], cases) }
            let changes = try records.facts.changes(after: known)
            var captures = changes.captures
            for id in changes.cases { captures.formUnion(try records.cases.captures(of: id)) }
            return (
                sequence, try captures.compactMap(records.facts.capture),
                try changes.cases.compactMap(records.facts.case),
                cases
            )
        }
        for fact in news.1.sorted(by: { ($0.metAt, $0.id) < ($1.metAt, $1.id) }) { snapshot.captures.set(fact) }
        if let all = news.3 {
            snapshot.cases = CaseFacts(all)
            casesReadAt = now
        } else {
            for fact in news.2 { snapshot.cases.set(fact) }
        }
        sequence = max(known, news.0)
        if analysisReadAt.map({ now - $0 > Self.analysisGrowsOld || now < $0 }) ?? true {
            // Hours are counted until they are over, and a minute more.
            let from = (snapshot.analysed.lastDay ?? Day(of: now, in: zone)) - 1
            let newest = try await analysed(from: from)
            snapshot.analysed.removeAll(from: from)
            for day in newest { snapshot.analysed.append(day) }
            analysisReadAt = now
        }
    }
}

/// Facts as of one moment.
struct FactSnapshot: Sendable {
    var captures = CaptureFacts()
    var cases = CaseFacts([])
    var analysed = AnalysedFacts()
}

/// Cases in the order in which they were opened.
struct CaseFacts: Sendable {
    private(set) var all: [CaseFact]
    private var index: [CaseID: Int]

    init(_ cases: [CaseFact]) {
        all = cases
        index = Dictionary(uniqueKeysWithValues: cases.enumerated().map { ($1.id, $0) })
    }

    /// What is asked for, opened in a span.
    func opened(in span: TimeSpan) -> [CaseFact] { all.filter { span.contains($0.openedAt) } }

    mutating func set(_ fact: CaseFact) {
        if let place = index[fact.id] {
            all[place] = fact
        } else {
            index[fact.id] = all.count
            all.append(fact)
        }
    }
}
