public import Domain
import Store

/// A warning with the names of what it speaks of.
public struct WarningEntry: Hashable, Sendable {
    public var file: WarningFile
    /// Its school or township; nil = the county.
    public var place: String?
    /// The township of its school.
    public var township: String?
    /// Who ended it.
    public var endedBy: String?
    /// The number of the case that it became, or of the one that is overdue longest.
    public var caseNumber: Int?
}

/// A warning with all that belongs to it.
public struct WarningSheet: Sendable {
    public struct Told: Hashable, Sendable {
        public var body: Body
        /// The name of its school or township; nil for the county's bodies.
        public var name: String?
        /// Channels that it went through, with what became of it.
        public var channels: [Channel]

        public struct Channel: Hashable, Sendable {
            public var name: String
            public var kind: NoticeChannel.Kind
            public var state: Delivery.State
        }
    }

    public var entry: WarningEntry
    /// The rule that gave it, as it was.
    public var rule: WarningRuleVersion?
    /// Whom it went to.
    public var told: [Told]
    /// Cases of the place that it may have become; empty for who may not end it.
    public var cases: [CaseSummary]
    public var mayEnd: Bool
    /// A case can be opened from it: it is about a school, has not ended, and the asker opens cases there.
    public var mayOpenCase: Bool
    /// Of its school.
    public var cameras: [CameraID]
}

extension Warnings {
    /// Newest first.
    public func list(
        _ filter: WarningFilter = WarningFilter(), after last: WarningID? = nil, limit: Int = 50,
        for principal: Principal
    ) async throws -> [WarningEntry] {
        guard let territory = principal.territory(for: .lookAtWarnings) else { throw SupervisionError.notPermitted }
        return try await store.read { records in
            var names = WarningNames(records)
            return try records.warnings.list(
                filter, in: territory, after: last, limit: min(max(limit, 1), 1000)
            ).map { try names.entry(of: $0) }
        }
    }

    public func count(_ filter: WarningFilter, for principal: Principal) async throws -> Int {
        guard let territory = principal.territory(for: .lookAtWarnings) else { throw SupervisionError.notPermitted }
        return try await store.read { try $0.warnings.count(filter, in: territory) }
    }

    /// By kind, in the asker's territory.
    public func endings(for principal: Principal) async throws -> [WarningRule.Kind: WarningEndingCount] {
        guard let territory = principal.territory(for: .lookAtWarnings) else { throw SupervisionError.notPermitted }
        return try await store.read { try $0.warnings.endings(in: territory) }
    }

    public func sheet(_ id: WarningID, for principal: Principal) async throws -> WarningSheet {
        try await store.read { records in
            let file = try Self.file(id, records, for: principal)
            var names = WarningNames(records)
            let mayEnd = principal.may(.endWarnings, at: file.path)
            let history = try records.warnings.history(of: file.warning.reason.subject)
            return WarningSheet(
                entry: try names.entry(of: file), rule: history.first { $0.from <= file.givenAt && $0.rule != nil },
                told: try Self.told(file, records, &names),
                cases: mayEnd && file.state != .ended ? try Self.cases(file, records, for: principal) : [],
                mayEnd: mayEnd,
                mayOpenCase: mayEnd && file.state != .ended && file.warning.place.isSchool
                    && principal.may(.openCase, at: file.path),
                cameras: try file.path.school.map { try records.cameras.all(in: .school($0)).map(\.id) } ?? [])
        }
    }

    static func file(_ id: WarningID, _ records: Records, for principal: Principal) throws -> WarningFile {
        guard let file = try records.warnings.warning(id), principal.may(.lookAtWarnings, at: file.path) else {
            throw SupervisionError.notFound
        }
        return file
    }

    private static func told(
        _ file: WarningFile, _ records: Records, _ names: inout WarningNames
    ) throws -> [WarningSheet.Told] {
        let deliveries = Dictionary(
            grouping: try records.deliveries.list(DeliveryFilter(warningID: file.id), after: nil, limit: 100),
            by: \.cargo)
        return try records.notifications.list(of: file.id).map { news in
            let channels = try (deliveries[.news(news.id)] ?? []).compactMap { delivery in
                try records.channels.channel(delivery.channel).map {
                    WarningSheet.Told.Channel(name: $0.name, kind: $0.kind, state: delivery.state)
                }
            }
            return WarningSheet.Told(
                body: news.body, name: try names.name(of: news.body), channels: channels.sorted { $0.name < $1.name })
        }
    }

    /// Those that run, or were opened since the warning, changed last first.
    private static func cases(
        _ file: WarningFile, _ records: Records, for principal: Principal
    ) throws -> [CaseSummary] {
        let territory: Territory =
            file.path.school.map { .school($0) } ?? file.path.township.map { .township($0) } ?? .county
        return try records.cases.list(
            CaseFilter(), .changed, in: territory, at: file.givenAt, after: nil, limit: 50
        ).filter {
            principal.may(.lookAtCases, at: $0.place) && (!$0.state.isFinal || $0.openedAt >= file.givenAt)
        }
    }

    /// The days of a warning's school as the rule saw them, up to the warning; empty where there are none to show.
    public func chart(of sheet: WarningSheet) async throws -> [RateChartDay] {
        guard case .school(let school) = sheet.entry.file.warning.place,
            case .rateRise(let rise, _) = sheet.entry.file.warning.reason, case .rate(let rule)? = sheet.rule?.rule
        else { return [] }
        return try await ground(lookBack: 0).chart(rule, of: school, through: rise.until)
    }
}

extension Territory {
    fileprivate var isSchool: Bool {
        if case .school = self { true } else { false }
    }
}

/// Names of places and people, each read once.
struct WarningNames {
    private let records: Records
    private var schools: [SchoolID: School?] = [:]
    private var townships: [TownshipID: Township?] = [:]

    init(_ records: Records) { self.records = records }

    mutating func school(_ id: SchoolID) throws -> School? {
        if let known = schools[id] { return known }
        let school = try records.places.school(id)
        schools[id] = .some(school)
        return school
    }

    mutating func township(_ id: TownshipID) throws -> Township? {
        if let known = townships[id] { return known }
        let township = try records.places.township(id)
        townships[id] = .some(township)
        return township
    }

    mutating func name(of place: Territory) throws -> String? {
        switch place {
        case .county, .canteen: nil
        case .township(let id): try township(id)?.name
        case .school(let id): try school(id)?.name
        }
    }

    mutating func name(of body: Body) throws -> String? {
        switch body {
        case .townshipOffice(let id): try township(id)?.name
        case .school(let id): try school(id)?.name
        case .marketRegulation, .educationBureau, .countyLeadership: nil
        }
    }

    mutating func entry(of file: WarningFile) throws -> WarningEntry {
        var caseID: CaseID?
        if case .overdue(let overdue) = file.warning.reason { caseID = overdue.longest }
        if case .becameCase(let id)? = file.ended?.ending { caseID = id }
        return WarningEntry(
            file: file, place: try name(of: file.warning.place),
            township: try file.path.township.flatMap { try township($0)?.name },
            endedBy: try file.ended.flatMap { try records.people.person($0.by)?.name },
            caseNumber: try caseID.flatMap { try records.cases.summary($0)?.number })
    }
}
