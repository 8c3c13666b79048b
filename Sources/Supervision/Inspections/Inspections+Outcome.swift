public import Domain
import Store

/// What comes of a report: the school's word, the decision, cases, the grade.
extension Inspections {
    /// The school says that it is right.
    public func confirm(_ id: SpotInspectionID, by principal: Principal) async throws {
        try await act(id, .answerInspection, by: principal) { person in .confirm(by: person) }
    }

    /// The school says that these items did not fail. (陈述申辩)
    public func dispute(
        _ id: SpotInspectionID, items: [String], reason: String, by principal: Principal
    ) async throws {
        let reason = Names.trimmed(reason)
        try await act(
            id, .answerInspection, by: principal, payload: Self.payload(items, reason),
            tell: { (.inspectionDisputed, $0.supervisingBodies) }
        ) { person in
            .dispute(items: items, reason: reason, by: person)
        }
    }

    /// - Parameter revoked: Disputed items that did not fail after all.
    public func decide(
        _ id: SpotInspectionID, revoked: [String], reason: String, by principal: Principal
    ) async throws {
        let reason = Names.trimmed(reason)
        try await act(
            id, .decideInspection, by: principal, payload: Self.payload(revoked, reason),
            tell: { (.inspectionDecided, [.school($0.id), .educationBureau]) }
        ) { person in
            .decide(revoked: revoked, reason: reason, by: person)
        }
    }

    /// It will not be made: the school is closed, or was planned twice.
    public func withdraw(_ id: SpotInspectionID, reason: String, by principal: Principal) async throws {
        let reason = Names.trimmed(reason)
        try await act(id, .planInspections, by: principal, payload: Self.payload([], reason)) { person in
            .withdraw(reason: reason, by: person)
        }
    }

    /// Each failed item becomes a case, or reopens the one that was closed about it a short time ago.
    ///
    /// - Parameter items: nil = all that wait.
    /// - Returns: What came of each, in the order of the points.
    @discardableResult
    public func openCases(
        _ id: SpotInspectionID, items: Set<String>? = nil, by principal: Principal
    ) async throws -> [CaseOpened] {
        let now = time.now()
        let cases = cases
        let opened = try await store.write { records -> [(CaseDraft, CaseOpened)] in
            var (inspection, school) = try Self.known(id, records, for: principal)
            try principal.require(.openCase, at: school.path)
            try principal.require(Permission(.openCase, at: school.path), records)
            let template = try Self.template(inspection.template, records)
            let waiting = inspection.casesToOpen(by: template).filter { items?.contains($0.item) ?? true }
            guard let report = inspection.report, !waiting.isEmpty else {
                throw SupervisionError.inspection(.refused(.items))
            }
            var all: [(CaseDraft, CaseOpened)] = []
            var ids: [String: CaseID] = [:]
            for failure in waiting {
                guard let item = template[failure.item] else { continue }
                let note = report[failure.item]?.note ?? ""
                let draft = CaseDraft(
                    .finding(
                        CaseOpening.Finding(.inspection, "\(id)", at: report.received), at: .init(school.id),
                        .other(Self.matter(of: item)), item.severity.grade),
                    note: note.isEmpty ? item.requirement.chinese : note)
                let one = try cases.open(draft, records, by: principal, at: now)
                all.append((draft, one))
                ids[failure.item] = one.id
            }
            try Self.apply(
                .open(ids, by: template), to: &inspection, records, by: principal,
                payload: ["cases": .object(ids.mapValues { .string("\($0)") })], at: now)
            return all
        }
        for (draft, one) in opened { cases.tell(one, of: draft) }
        return opened.map(\.1)
    }

    /// The school's grades, the latest first: what its public page and figures show. No names, nothing that anybody wrote.
    public func grades(of school: SchoolID, limit: Int = 20) async throws -> [SchoolGrade] {
        let (now, zone) = (time.now(), zone)
        return try await store.read { records in
            try records.inspections.graded(of: school, limit: limit).compactMap { SchoolGrade($0, zone, at: now) }
        }
    }

    /// The latest grade of each school that has one.
    public func latestGrades() async throws -> [SchoolID: SchoolGrade] {
        let (now, zone) = (time.now(), zone)
        return try await store.read { records in
            var grades: [SchoolID: SchoolGrade] = [:]
            for graded in try records.inspections.graded(of: nil, limit: Self.most * 4)
            where grades[graded.school] == nil {
                grades[graded.school] = SchoolGrade(graded, zone, at: now)
            }
            return grades
        }
    }

    /// What the case is called by: an item's title says what is looked at, not that it failed.
    private static func matter(of item: InspectionTemplate.Item) -> String {
        "\(item.title.chinese.prefix(54))不符合要求"
    }

    private func act(
        _ id: SpotInspectionID, _ act: Act, by principal: Principal, payload: [String: JSON] = [:],
        tell: @escaping @Sendable (School) -> (Affair.Kind, [Body])? = { _ in nil },
        _ event: @escaping @Sendable (PersonID) -> SpotInspectionEvent
    ) async throws {
        guard case .person(let person) = principal else { throw SupervisionError.notPermitted }
        let now = time.now()
        try await store.write { records in
            var (inspection, school) = try Self.known(id, records, for: principal)
            try principal.require(act, at: school.path)
            try principal.require(Permission(act, at: school.path), records)
            try Self.apply(event(person.id), to: &inspection, records, by: principal, payload: payload, at: now)
            guard let (kind, bodies) = tell(school) else { return }
            try records.tell(
                Affair(kind, subject: "inspection/\(id)", school: school.id), kind.rawValue, bodies, at: now)
        }
    }

    private static func payload(_ items: [String], _ reason: String) -> [String: JSON] {
        ["items": .array(items.map { .string($0) }), "reason": .string(reason)]
    }
}

extension SchoolGrade {
    /// nil without a report.
    init?(_ graded: GradedInspection, _ zone: TerritoryZone, at now: UTCTime) {
        guard let report = graded.inspection.report, let standing = graded.inspection.standing(at: now) else {
            return nil
        }
        self.init(
            inspection: graded.inspection.id, day: Day(of: report.received, in: zone), grade: graded.grade,
            points: graded.points, standing: standing)
    }
}
