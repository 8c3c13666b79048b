import Domain
import Store

/// Inspections on the spot: checklists, plans, what was found, and what came of it. (现场检查)
///
/// Reads need ``Act/lookAtInspections`` at the school; inspections that are still to come need
/// ``Act/foreseeInspections``, so that no school is told beforehand. What the asker may not look at is not found.
public struct Inspections: Sendable {
    let store: Store
    let time: TimeSource
    let zone: TerritoryZone
    let cases: Cases

    /// An inspection that the asker may look at, with its school.
    static func known(
        _ id: SpotInspectionID, _ records: Records, for principal: Principal
    ) throws -> (inspection: SpotInspection, school: School) {
        guard let inspection = try records.inspections.inspection(id),
            let school = try records.places.school(inspection.school),
            isShown(inspection, at: school, to: principal)
        else { throw SupervisionError.notFound }
        return (inspection, school)
    }

    static func isShown(_ inspection: SpotInspection, at school: School, to principal: Principal) -> Bool {
        principal.may(inspection.state.hasResult ? .lookAtInspections : .foreseeInspections, at: school.path)
    }

    /// The version that an inspection goes by.
    static func template(_ version: InspectionTemplate.Version, _ records: Records) throws -> InspectionTemplate {
        guard let template = try records.inspections.template(version) else { throw SupervisionError.notFound }
        return template
    }

    /// Somebody who inspects: drawn or named ones only, where there are some.
    static func requireInspector(
        _ principal: Principal, of inspection: SpotInspection, at school: School, _ records: Records
    ) throws -> Person {
        try principal.require(Permission(.inspect, at: school.path), records)
        guard case .person(let person) = principal,
            inspection.inspectors.isEmpty || inspection.inspectors.contains(person.id)
        else { throw SupervisionError.notPermitted }
        return person
    }

    /// One event: rule, row and ledger entry.
    @discardableResult
    static func apply(
        _ event: SpotInspectionEvent, to inspection: inout SpotInspection, _ records: Records,
        by principal: Principal, payload: [String: JSON] = [:], at now: UTCTime
    ) throws -> [SpotInspectionEffect] {
        let effects: [SpotInspectionEffect]
        do throws(SpotInspectionRefusal) {
            effects = try inspection.apply(event, at: now)
        } catch {
            throw SupervisionError.inspection(.refused(error))
        }
        guard !effects.isEmpty else { return [] }
        let template = try template(inspection.template, records)
        let result = inspection.result(by: template)
        try records.inspections.set(inspection, result)
        for case .enter(let act) in effects {
            var payload = payload
            payload["school"] = .string("\(inspection.school)")
            payload["version"] = .int(Int64(inspection.version))
            if let result {
                payload["points"] = .int(Int64(result.points))
                payload["grade"] = .string(result.grade.rawValue)
            }
            try records.ledger.append(
                act, to: "inspection/\(inspection.id)", by: principal.actor, at: now, payload: payload)
        }
        return effects
    }
}

extension Person {
    /// Inspects the school when nobody else was drawn.
    func inspects(_ inspection: SpotInspection) -> Bool {
        inspection.inspectors.isEmpty || inspection.inspectors.contains(id)
    }
}
