import Domain
import Supervision

/// What a draw is made from, as it is typed.
struct DrawForm: Sendable {
    static let conflictRows = 6

    var title: String
    var territory: String
    var schools: String
    var inspectorsEach: String
    /// More lots for schools whose last grade was worse.
    var isByGrade: Bool
    var inspectors: Set<String>
    var conflicts: [(inspector: String, school: String)]
    var template: String
    var due: String

    init(_ typed: FormFields?, _ candidates: InspectionDrawCandidates) {
        title = typed?["title"] ?? ""
        territory = typed?["territory"] ?? ""
        schools = typed?["schools"] ?? "\(max(1, candidates.schools.count / 10))"
        inspectorsEach = typed?["each"] ?? "2"
        isByGrade = typed?.flag("byGrade") ?? false
        inspectors = Set(typed?.all("inspector") ?? candidates.inspectors.map { "\($0.id)" })
        conflicts =
            typed.map { typed in
                Array(zip(typed.all("conflictInspector"), typed.all("conflictSchool")).prefix(Self.conflictRows))
            } ?? []
        template = typed?["template"] ?? ""
        due = typed?["due"] ?? ""
    }

    /// - Throws: ``SupervisionError/invalid(_:_:)`` for numbers that are none.
    func plan(
        _ candidates: InspectionDrawCandidates, _ grades: [SchoolID: SchoolGrade]
    ) throws -> DrawPlan {
        let within = territory.isEmpty ? Territory.county : Territory(territory)
        guard let within, let count = Int(schools), let each = Int(inspectorsEach) else {
            throw SupervisionError.inspection(.drawPlan(.tooFewSchools))
        }
        let schools = candidates.schools.filter { within.contains($0.path) }
        let known = Set(schools.map(\.id))
        let conflicts = try self.conflicts.compactMap { pair -> DrawPlan.Conflict? in
            if pair.inspector.isEmpty && pair.school.isEmpty { return nil }
            guard let inspector = PersonID(pair.inspector), let school = SchoolID(pair.school) else {
                throw SupervisionError.inspection(.drawPlan(.unknownConflict(.init(.none, .none))))
            }
            return known.contains(school) ? DrawPlan.Conflict(inspector, school) : nil
        }
        return DrawPlan(
            title: title.trimmingBlanks(),
            schools: schools.map { school in
                DrawPlan.Candidate(school.id, lots: isByGrade ? grades[school.id]?.grade.lots ?? 2 : 1)
            },
            inspectors: inspectors.sorted().compactMap(PersonID.init), conflicts: Set(conflicts),
            drawnSchools: count, inspectorsEach: each)
    }
}

extension InspectionGrade {
    /// A has one lot, D four; a school without a grade has two.
    fileprivate var lots: Int {
        switch self {
        case .a: 1
        case .b: 2
        case .c: 3
        case .d: 4
        }
    }
}

extension Identifier {
    /// Nothing's: what stands where somebody left one out.
    fileprivate static var none: Self { Self(UUIDv7("00000000-0000-0000-0000-000000000000")!) }
}
