public import Domain
import Store

/// Who and what may be drawn from.
public struct InspectionDrawCandidates: Sendable {
    public var schools: [School]
    public var townships: [Township]
    /// Who may inspect at least one of the schools.
    public var inspectors: [Person]
}

/// A draw with the names that belong to it.
public struct InspectionDrawSheet: Sendable {
    public var draw: InspectionDraw
    public var schools: [SchoolID: School]
    public var people: [PersonID: String]
    /// One for each drawn school that the asker may look at.
    public var inspections: [SchoolID: SpotInspection]
    /// The ledger's entry with the commitment.
    public var fixedEntry: LedgerEntry?
    public var mayMake: Bool

    init(_ draw: InspectionDraw, _ records: Records, for principal: Principal) throws {
        self.draw = draw
        var schools: [SchoolID: School] = [:]
        for candidate in draw.plan.schools {
            schools[candidate.school] = try records.places.school(candidate.school)
        }
        self.schools = schools
        people = [:]
        for id in draw.plan.inspectors + [draw.by] { people[id] = try records.people.person(id)?.name }
        let made = try Inspections.summaries(InspectionFilter(draw: draw.id), records, for: principal)
        inspections = Dictionary(
            made.map { ($0.inspection.school, $0.inspection) }, uniquingKeysWith: { first, _ in first })
        fixedEntry = try records.ledger.entries(
            LedgerFilter(act: .drawFixed, subject: "draw/\(draw.id)"), before: nil, limit: 1
        ).first
        mayMake =
            draw.made == nil
            && draw.plan.schools.allSatisfy { [schools] candidate in
                schools[candidate.school].map { principal.may(.planInspections, at: $0.path) } ?? true
            }
    }
}
