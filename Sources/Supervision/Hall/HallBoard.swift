public import Domain
import Store

/// What is on a screen of the authorities' own: nothing of it is for visitors. (大厅看板)
public struct HallBoard: Sendable {
    public struct Kitchen: Sendable, Hashable {
        public var camera: Camera
        public var area: Area
        public var school: School
    }

    /// A case that isn't ended, without who wrote what in it.
    public struct OpenCase: Sendable, Hashable {
        public var id: CaseID
        public var matter: CaseMatter
        public var grade: Grade
        public var state: CaseState
        public var school: School
        public var openedAt: UTCTime
        public var due: CaseSummary.Due?
        public var isOverdue: Bool
    }

    /// How many cases of a school aren't ended.
    public struct Burden: Sendable, Hashable {
        public var open = 0
        public var grave = 0
        public var overdue = 0

        public init() {}
    }

    /// Of the asker's territory, with their cameras that are switched on.
    public var trees: [SchoolTree]
    public var townships: [TownshipID: Township]
    public var positions: [SchoolID: GeoPoint]
    /// Overdue ones first, then by grade, then the newest; at most 40.
    public var openCases: [OpenCase]
    public var openCount: Int
    public var burdens: [SchoolID: Burden]
    /// Early warnings that nobody has ended, newest first, at most 40; without those that the open cases and the
    /// cameras say by themselves.
    public var warnings: [WarningEntry]
    /// The newest that stand, at most ``HallBoard/mostCaptures``.
    public var captures: [CaptureRecord]
    /// By period, as the scene asks.
    public var figures: CountyFigures?
    /// Closed in the last twelve months, newest first, at most 20.
    public var handled: [HandledCase]
    public var handledCount: Int
    /// Points a school day; empty while they are still unknown.
    public var risks: [SchoolID: Double]

    public static let mostCaptures = 24
    static let mostCases = 40
    static let mostWarnings = 40

    /// The kitchens of a panel, in the order in which its pages turn.
    public func kitchens(_ cameras: HallCameras) -> [Kitchen] {
        let chosen = trees.filter { tree in
            switch cameras.territory {
            case nil, .county?: true
            case .canteen(let id)?: tree.canteens.contains { $0.id == id }
            case let territory?: territory.contains(tree.school.path)
            }
        }
        let ordered =
            switch cameras.order {
            case .risk: chosen.sorted { (risk($1), $0.school.name) < (risk($0), $1.school.name) }
            case .place: chosen.sorted { (township($0), $0.school.name) < (township($1), $1.school.name) }
            }
        return ordered.flatMap { tree in
            tree.areas.flatMap { area in
                area.cameras.map { Kitchen(camera: $0, area: area.area, school: tree.school) }
            }
        }
    }

    private func risk(_ tree: SchoolTree) -> Double { risks[tree.school.id] ?? 0 }

    /// Those of no township come last.
    private func township(_ tree: SchoolTree) -> String {
        tree.school.township.flatMap { townships[$0]?.name } ?? "\u{10FFFF}"
    }
}

extension Halls {
    /// - Parameter scene: What it doesn't show is not looked up.
    public func board(of scene: HallScene, for principal: Principal) async throws -> HallBoard {
        guard let territory = principal.territory(for: .watchHall) else { throw SupervisionError.notPermitted }
        precondition(scene.audience == .staff, "visitors have a board of their own")
        let now = time.now()
        let period: HallPeriod? = scene.panels.lazy.compactMap {
            if case .figures(let period) = $0.content { period } else { nil }
        }.first
        let ordersByRisk = scene.panels.contains {
            if case .cameras(let cameras) = $0.content { cameras.order == .risk } else { false }
        }
        let kinds = Set(scene.panels.map(\.kind))
        let (trees, townships, positions, running, warnings) = try await store.read { records in
            (
                try records.trees(in: territory).map { $0.hidingWhatIsOff(for: principal) },
                try records.places.townships(), try records.hall.positions(),
                kinds.isDisjoint(with: [.warnings, .map])
                    ? []
                    : try records.cases.list(
                        CaseFilter(stage: .running), .due, in: territory, at: now, after: nil, limit: 1000),
                kinds.contains(.warnings) ? try records.hallWarnings(in: territory) : []
            )
        }
        var board = HallBoard(
            trees: trees,
            townships: Dictionary(townships.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
            positions: positions, openCases: [], openCount: running.count, burdens: [:], warnings: warnings,
            captures: [], figures: nil,
            handled: [], handledCount: 0, risks: [:])
        board.take(running, at: now)
        if kinds.contains(.record) {
            let closed = try await store.read { try $0.handledCases(in: territory, at: now) }
            (board.handled, board.handledCount) = (Array(closed.prefix(HandledCase.most)), closed.count)
        }
        if kinds.contains(.captures) {
            board.captures = Array(
                try await captures.list(limit: 2 * HallBoard.mostCaptures, for: principal)
                    .filter { $0.judgement.map { $0.verdict.isTrue == true } ?? true }.prefix(HallBoard.mostCaptures))
        }
        if let period { board.figures = try await figures(period, territory, for: principal, at: now) }
        if ordersByRisk {
            board.risks = try await memory.risks(territory, at: now) { try await patrols.risks(in: territory) }
        }
        return board
    }

    private func figures(
        _ period: HallPeriod, _ territory: Territory, for principal: Principal, at now: UTCTime
    ) async throws -> CountyFigures {
        try await memory.figures(territory, period, at: now) {
            let end = zone.day(of: now).end
            let start = period.days.map { end - .seconds($0 * 86_400) } ?? UTCTime(milliseconds: 0)
            return try await cases.figures(TimeSpan(start: start, end: end), for: principal)
        }
    }
}

extension HallBoard {
    fileprivate mutating func take(_ running: [CaseSummary], at now: UTCTime) {
        for summary in running {
            var burden = burdens[summary.school.id] ?? Burden()
            burden.open += 1
            if summary.grade == .one { burden.grave += 1 }
            if summary.isOverdue(at: now) { burden.overdue += 1 }
            burdens[summary.school.id] = burden
        }
        openCases = Array(
            running.map { summary in
                OpenCase(
                    id: summary.id, matter: summary.matter, grade: summary.grade, state: summary.state,
                    school: summary.school, openedAt: summary.openedAt, due: summary.due,
                    isOverdue: summary.isOverdue(at: now))
            }.sorted { $0.isBefore($1) }.prefix(Self.mostCases))
    }
}

extension HallBoard.OpenCase {
    fileprivate func isBefore(_ other: Self) -> Bool {
        if isOverdue != other.isOverdue { return isOverdue }
        if grade != other.grade { return grade.rawValue < other.grade.rawValue }
        return openedAt > other.openedAt
    }
}

extension Records {
    fileprivate func hallWarnings(in territory: Territory) throws -> [WarningEntry] {
        var names = WarningNames(self)
        return try warnings.list(WarningFilter(state: .open), in: territory, after: nil, limit: HallBoard.mostWarnings)
            .filter { file in
                switch file.warning.reason.kind {
                case .overdue, .camerasOff: false
                case .rate, .repeated, .cluster, .backlog, .expiring, .duties, .night: true
                }
            }.map { try names.entry(of: $0) }
    }
}

extension SchoolTree {
    /// Without cameras that are switched off and without credentials.
    fileprivate func hidingWhatIsOff(for principal: Principal) -> SchoolTree {
        var tree = self
        for index in tree.areas.indices {
            tree.areas[index].cameras = tree.areas[index].cameras.filter(\.isEnabled).map { $0.shown(to: principal) }
        }
        return tree
    }
}
