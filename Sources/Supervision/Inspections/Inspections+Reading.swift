public import Domain
public import Store

/// A row of a list of inspections.
public struct InspectionSummary: Sendable, Hashable {
    public var inspection: SpotInspection
    public var school: School
    public var township: Township?
    /// nil = nothing was handed in.
    public var result: InspectionResult?
    /// nil when it belongs to a draw.
    public var plan: InspectionPlan?
    /// Names of those who were drawn or have begun.
    public var people: [PersonID: String]
    /// The asker may fill it in.
    public var isMine: Bool
    /// Items that failed and have no case yet.
    public var waitingForCase: Int
}

/// An inspection with everything that belongs to it, as somebody may see it.
public struct InspectionSheet: Sendable {
    public var summary: InspectionSummary
    public var template: InspectionTemplate
    public var standing: GradeStanding?
    /// By id, those that were named and those that were not.
    public var files: [InspectionFileID: InspectionFile]
    /// Numbers of the cases that failed items became.
    public var cases: [CaseID: Int]
    /// Names of everybody who had a word in it.
    public var people: [PersonID: String]
    /// What the asker may do now.
    public var moves: Set<InspectionMove>

    public var inspection: SpotInspection { summary.inspection }
}

/// What somebody may do with an inspection.
public enum InspectionMove: String, Sendable, Hashable, CaseIterable {
    case fillIn
    case confirm
    case dispute
    case decide
    case openCases
    case withdraw
}

extension Inspections {
    /// More than a county has schools.
    static let most = 2000

    /// Open ones first, by the day on which they are due.
    public func list(
        _ filter: InspectionFilter = InspectionFilter(), for principal: Principal
    ) async throws -> [InspectionSummary] {
        guard principal.maySomewhere(.lookAtInspections) else { throw SupervisionError.notPermitted }
        return try await store.read { try Self.summaries(filter, $0, for: principal) }
    }

    /// - Throws: ``SupervisionError/notFound``.
    public func sheet(_ id: SpotInspectionID, for principal: Principal) async throws -> InspectionSheet {
        let now = time.now()
        return try await store.read { try Self.sheet(id, $0, for: principal, at: now) }
    }

    static func sheet(
        _ id: SpotInspectionID, _ records: Records, for principal: Principal, at now: UTCTime
    ) throws -> InspectionSheet {
        let (inspection, school) = try known(id, records, for: principal)
        let template = try template(inspection.template, records)
        let reports = (inspection.report.map { [$0] } ?? []) + inspection.supplements
        let words = [
            inspection.begun, inspection.confirmation, inspection.dispute, inspection.decision, inspection.withdrawal,
        ]
        var people: [PersonID: String] = [:]
        for id in Set(words.compactMap { $0?.by } + reports.map(\.by) + inspection.inspectors) {
            people[id] = try records.people.person(id)?.name
        }
        var numbers: [CaseID: Int] = [:]
        for id in inspection.cases.values { numbers[id] = try records.cases.summary(id)?.number }
        let files = try records.inspections.files(of: id)
        return InspectionSheet(
            summary: try summary(of: inspection, at: school, template, records, for: principal), template: template,
            standing: inspection.standing(at: now),
            files: Dictionary(files.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }), cases: numbers,
            people: people, moves: moves(on: inspection, at: school, template, for: principal, at: now))
    }

    static func summaries(
        _ filter: InspectionFilter, _ records: Records, for principal: Principal
    ) throws -> [InspectionSummary] {
        let schools = Dictionary(
            try records.places.schools().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var templates: [InspectionTemplate.Version: InspectionTemplate] = [:]
        let territory = principal.territory(for: .lookAtInspections)
        return try records.inspections.list(filter, in: territory, limit: most).compactMap { inspection in
            guard let school = schools[inspection.school], isShown(inspection, at: school, to: principal) else {
                return nil
            }
            let template = try templates[inspection.template] ?? template(inspection.template, records)
            templates[inspection.template] = template
            return try summary(of: inspection, at: school, template, records, for: principal)
        }
    }

    private static func summary(
        of inspection: SpotInspection, at school: School, _ template: InspectionTemplate, _ records: Records,
        for principal: Principal
    ) throws -> InspectionSummary {
        var people: [PersonID: String] = [:]
        for id in inspection.inspectors + (inspection.begun.map { [$0.by] } ?? []) {
            people[id] = try records.people.person(id)?.name
        }
        return InspectionSummary(
            inspection: inspection, school: school,
            township: try school.township.flatMap { try records.places.township($0) },
            result: inspection.result(by: template),
            plan: try inspection.plan.flatMap { try records.inspections.plan($0) }, people: people,
            isMine: isInspector(principal, of: inspection, at: school),
            waitingForCase: inspection.casesToOpen(by: template).count)
    }

    private static func isInspector(
        _ principal: Principal, of inspection: SpotInspection, at school: School
    ) -> Bool {
        guard case .person(let person) = principal else { return false }
        return person.may(.inspect, at: school.path) && person.inspects(inspection)
    }

    private static func moves(
        on inspection: SpotInspection, at school: School, _ template: InspectionTemplate, for principal: Principal,
        at now: UTCTime
    ) -> Set<InspectionMove> {
        var moves: Set<InspectionMove> = []
        if inspection.state.isOpen {
            if isInspector(principal, of: inspection, at: school) { moves.insert(.fillIn) }
            if principal.may(.planInspections, at: school.path) { moves.insert(.withdraw) }
        }
        if inspection.state == .handedIn, principal.may(.answerInspection, at: school.path) {
            moves.insert(.confirm)
            if let end = inspection.disputeEnd, now < end,
                inspection.report?.answers.contains(where: { $0.extent != nil }) == true
            {
                moves.insert(.dispute)
            }
        }
        if inspection.state == .disputed, principal.may(.decideInspection, at: school.path) { moves.insert(.decide) }
        if !inspection.casesToOpen(by: template).isEmpty, principal.may(.openCase, at: school.path) {
            moves.insert(.openCases)
        }
        return moves
    }
}
