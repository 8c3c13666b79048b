public import Domain
import Store

/// Licences of canteens and certificates of their staff. (证照)
///
/// A school keeps its own; who reads which names is ``Act/readStaffPapers``.
public struct Papers: Sendable {
    let store: Store
    let time: TimeSource
    let zone: TerritoryZone

    private var today: Day { Day(of: time.now(), in: zone) }

    /// Every school of the asker's territory with its papers, by name.
    public func all(for principal: Principal) async throws -> [PaperSheet] {
        guard let territory = principal.territory(for: .readDuties) else { throw SupervisionError.notPermitted }
        let today = today
        return try await store.read { records in
            let papers = Dictionary(grouping: try records.papers.all(in: territory), by: \.school)
            return try records.places.schools(in: territory).map {
                PaperSheet($0, papers[$0.id] ?? [], today: today, for: principal)
            }
        }
    }

    public func sheet(of id: SchoolID, for principal: Principal) async throws -> PaperSheet {
        let today = today
        return try await store.read { records in
            let school = try records.school(id, .readDuties, for: principal)
            return PaperSheet(school, try records.papers.all(in: .school(id)), today: today, for: principal)
        }
    }

    @discardableResult
    public func add(_ draft: PaperDraft, to id: SchoolID, file: SchoolFile? = nil, by principal: Principal)
        async throws -> SchoolPaper
    {
        let now = time.now()
        let paper = try draft.paper(SchoolPaperID(at: now), of: id, file: file?.id)
        return try await store.write { records in
            let school = try records.school(id, .enterDuties, for: principal)
            try principal.require(Permission(.enterDuties, at: school.path), records)
            guard try records.papers.all(in: .school(id)).count < Self.most else {
                throw SupervisionError.invalid(.paperNumber, .outOfRange(minimum: 0, maximum: Self.most))
            }
            if let file { try records.papers.add(file, at: now) }
            try records.papers.add(paper)
            try records.ledger.append(
                .paperAdded, to: "school/\(id)", by: principal.actor, at: now,
                payload: paper.ledgerPayload(file).merging(["paper": .string("\(paper.id)")]) { first, _ in first })
            return paper
        }
    }

    /// - Parameter file: nil = the picture stays.
    public func change(
        _ id: SchoolPaperID, to draft: PaperDraft, file: SchoolFile? = nil, by principal: Principal
    ) async throws {
        let now = time.now()
        try await store.write { records in
            let before = try Self.own(id, records, for: principal)
            var draft = draft
            draft.kind = before.kind
            let after = try draft.paper(id, of: before.school, file: file?.id ?? before.file)
            guard before != after else { return }
            if let file { try records.papers.add(file, at: now) }
            try records.papers.change(after)
            var payload = before.ledgerPayload(nil).changes(to: after.ledgerPayload(file))
            if before.holder != after.holder { payload["changed"] = ["holder"] }
            payload["paper"] = .string("\(id)")
            try records.ledger.append(
                .paperChanged, to: "school/\(before.school)", by: principal.actor, at: now, payload: payload)
        }
    }

    /// Puts it away: somebody has left, or a new one took its place.
    public func remove(_ id: SchoolPaperID, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            let paper = try Self.own(id, records, for: principal)
            try records.papers.remove(id, at: now)
            try records.ledger.append(
                .paperRemoved, to: "school/\(paper.school)", by: principal.actor, at: now,
                payload: ["paper": .string("\(id)"), "paperKind": .string(paper.kind.rawValue)])
        }
    }

    public func paper(_ id: SchoolPaperID, for principal: Principal) async throws -> SchoolPaper {
        try await store.read { try Self.own(id, $0, for: principal) }
    }

    /// What runs out or has, by school, as `ExpiryRule` says it: for early warnings.
    public func expiring(_ rule: ExpiryRule = ExpiryRule(), in territory: Territory = .county)
        async throws -> [SchoolID: [ExpiringPaper]]
    {
        let today = today
        return try await store.read { records in
            Dictionary(grouping: try records.papers.all(in: territory), by: \.school).mapValues { papers in
                papers.compactMap { rule.met(by: $0.fact, on: today) }
            }.filter { !$0.value.isEmpty }
        }
    }

    static let most = 200

    private static func own(_ id: SchoolPaperID, _ records: Records, for principal: Principal) throws -> SchoolPaper {
        guard let paper = try records.papers.paper(id) else { throw SupervisionError.notFound }
        let school = try records.school(paper.school, .enterDuties, for: principal)
        try principal.require(Permission(.enterDuties, at: school.path), records)
        return paper
    }
}

/// What is typed of a paper.
public struct PaperDraft: Sendable, Hashable {
    public var kind: SchoolPaper.Kind
    public var number: String
    public var holder: String
    public var validThrough: Day

    public init(_ kind: SchoolPaper.Kind, number: String, holder: String = "", validThrough: Day) {
        self.kind = kind
        self.number = number
        self.holder = holder
        self.validThrough = validThrough
    }

    func paper(_ id: SchoolPaperID, of school: SchoolID, file: SchoolFileID?) throws -> SchoolPaper {
        let number = Names.trimmed(number)
        guard !number.isEmpty else { throw SupervisionError.invalid(.paperNumber, .empty) }
        guard number.unicodeScalars.count <= SchoolPaper.longestNumber else {
            throw SupervisionError.invalid(.paperNumber, .tooLong(maximum: SchoolPaper.longestNumber))
        }
        let holder = kind.isPersonal ? Names.trimmed(holder) : ""
        guard !kind.isPersonal || !holder.isEmpty else { throw SupervisionError.invalid(.paperHolder, .empty) }
        guard holder.unicodeScalars.count <= SchoolPaper.longestHolder else {
            throw SupervisionError.invalid(.paperHolder, .tooLong(maximum: SchoolPaper.longestHolder))
        }
        return SchoolPaper(
            id: id, school: school, kind: kind, number: number, holder: holder, validThrough: validThrough, file: file)
    }
}

/// A school's papers, what runs out first first.
public struct PaperSheet: Sendable, Hashable {
    public var school: School
    /// Without names where these are not the asker's business.
    public var papers: [SchoolPaper]
    public var today: Day
    public var health: PaperCount
    public var showsPeople: Bool

    init(_ school: School, _ papers: [SchoolPaper], today: Day, for principal: Principal) {
        self.school = school
        self.today = today
        health = PaperCount(of: .healthCertificate, among: papers, on: today)
        let showsPeople = principal.may(.readStaffPapers, at: school.path)
        self.showsPeople = showsPeople
        self.papers = papers.map { paper in
            var paper = paper
            guard paper.kind.isPersonal, !showsPeople else { return paper }
            (paper.holder, paper.number, paper.file) = ("", paper.fact.number, nil)
            return paper
        }
    }
}

extension SchoolPaper {
    fileprivate func ledgerPayload(_ file: SchoolFile?) -> [String: JSON] {
        var payload: [String: JSON] = [
            "paperKind": .string(kind.rawValue), "validThrough": .string(validThrough.description),
            "number": .string(fact.number),
        ]
        if let file { payload["files"] = [.string(file.sha256)] }
        return payload
    }
}
