import Crypto
public import Domain
import Store

/// Schools and inspectors by lot, so that anybody can draw again and must get the same. (双随机)
///
/// The plan is fixed and the commitment enters the ledger; a witness says a line; the secret is shown, and each drawn school
/// has its inspection with its inspectors. docs/how-to/recompute-a-draw.md is for whoever draws again.
public struct InspectionDraws: Sendable {
    let store: Store
    let time: TimeSource
    let zone: TerritoryZone

    public static func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    /// Newest first, those with a school in the asker's territory.
    public func list(for principal: Principal) async throws -> [InspectionDraw] {
        guard principal.maySomewhere(.foreseeInspections) else { throw SupervisionError.notPermitted }
        return try await store.read { records in
            try records.inspectionDraws.draws(limit: 200).filter { try Self.isShown($0, records, to: principal) }
        }
    }

    public func sheet(_ id: InspectionDrawID, for principal: Principal) async throws -> InspectionDrawSheet {
        guard principal.maySomewhere(.foreseeInspections) else { throw SupervisionError.notPermitted }
        return try await store.read { records in
            guard let draw = try records.inspectionDraws.draw(id), try Self.isShown(draw, records, to: principal) else {
                throw SupervisionError.notFound
            }
            return try InspectionDrawSheet(draw, records, for: principal)
        }
    }

    /// Who and what may be drawn from.
    public func candidates(for principal: Principal) async throws -> InspectionDrawCandidates {
        guard let territory = principal.territory(for: .planInspections) else { throw SupervisionError.notPermitted }
        return try await store.read { records in
            let schools = try records.places.schools(in: territory)
            return InspectionDrawCandidates(
                schools: schools, townships: try records.places.townships(in: territory),
                inspectors: try records.people.all().filter { person in
                    schools.contains { person.may(.inspect, at: $0.path) }
                })
        }
    }

    /// Fixes the plan and commits to a secret that nobody has seen.
    @discardableResult
    public func fix(
        _ plan: DrawPlan, template: InspectionTemplateID, due: Day, by principal: Principal
    ) async throws -> InspectionDraw {
        guard case .person(let person) = principal else { throw SupervisionError.notPermitted }
        let now = time.now()
        guard due >= Day(of: now, in: zone) else { throw SupervisionError.invalid(.span, .past) }
        var random = SystemRandomNumberGenerator()
        let secret = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        return try await store.write { records in
            guard principal.maySomewhere(.planInspections) else { throw SupervisionError.notPermitted }
            for candidate in plan.schools {
                let school = try records.places.school(candidate.school)
                try principal.require(.planInspections, at: school?.path)
                if let path = school?.path { try principal.require(Permission(.planInspections, at: path), records) }
            }
            try Self.check(plan, records)
            let template = try Inspections.used(template, records, by: principal, at: now)
            let draw: InspectionDraw
            do throws(DrawPlan.Fault) {
                draw = try InspectionDraw(
                    id: InspectionDrawID(at: now), plan, secret: secret, template: template.version, due: due,
                    fixed: now, by: person.id, Self.sha256)
            } catch {
                throw SupervisionError.inspection(.drawPlan(error))
            }
            try records.inspectionDraws.add(draw, secret: secret)
            try records.ledger.append(
                .drawFixed, to: "draw/\(draw.id)", by: principal.actor, at: now,
                payload: [
                    "title": .string(plan.title), "plan": .string(draw.planSHA256),
                    "commitment": .string(draw.commitment), "schools": .int(Int64(plan.drawnSchools)),
                    "candidates": .int(Int64(plan.schools.count)), "inspectors": .int(Int64(plan.inspectors.count)),
                ])
            return draw
        }
    }

    /// The witness has spoken: shows the secret, and makes an inspection of each school that is drawn.
    @discardableResult
    public func make(
        _ id: InspectionDrawID, witness: String, by principal: Principal
    ) async throws -> InspectionDraw {
        let witness = Names.trimmed(witness)
        let now = time.now()
        return try await store.write { records in
            guard var draw = try records.inspectionDraws.draw(id), try Self.isShown(draw, records, to: principal) else {
                throw SupervisionError.notFound
            }
            for candidate in draw.plan.schools {
                guard let path = try records.places.school(candidate.school)?.path else { continue }
                try principal.require(Permission(.planInspections, at: path), records)
            }
            guard draw.made == nil else { throw SupervisionError.inspection(.made) }
            guard let secret = try records.inspectionDraws.secret(of: id) else {
                throw SupervisionError.inspection(.secret)
            }
            let outcome: Draw.Outcome
            do throws(InspectionDraw.Refusal) {
                outcome = try draw.make(secret: secret, witness: witness, at: now, Self.sha256)
            } catch {
                throw SupervisionError.inspection(error.fault)
            }
            try records.inspectionDraws.set(draw)
            for visit in outcome.visits where try records.places.school(visit.school) != nil {
                try records.inspections.add(
                    SpotInspection(
                        id: SpotInspectionID(at: now), of: visit.school, draw: id, template: draw.template,
                        inspectors: visit.inspectors, due: draw.due))
            }
            try records.ledger.append(
                .drawMade, to: "draw/\(id)", by: principal.actor, at: now,
                payload: [
                    "witness": .string(witness), "secret": .string(draw.made?.secret ?? ""),
                    "seed": .string(outcome.seed), "commitment": .string(outcome.commitment),
                    "visits": .array(
                        outcome.visits.map { visit in
                            .object([
                                "school": .string("\(visit.school)"),
                                "inspectors": .array(visit.inspectors.map { .string("\($0)") }),
                            ])
                        }),
                ])
            return draw
        }
    }

    /// Every inspector may inspect every candidate school that no conflict keeps from him.
    private static func check(_ plan: DrawPlan, _ records: Records) throws {
        for id in plan.inspectors {
            guard let person = try records.people.person(id), person.isEnabled else {
                throw SupervisionError.inspection(.drawPlan(.inspectorsEach))
            }
            for candidate in plan.schools where !plan.conflicts.contains(.init(id, candidate.school)) {
                guard let school = try records.places.school(candidate.school), person.may(.inspect, at: school.path)
                else { throw SupervisionError.inspection(.drawPlan(.tooFewInspectors(candidate.school))) }
            }
        }
    }

    private static func isShown(_ draw: InspectionDraw, _ records: Records, to principal: Principal) throws -> Bool {
        if principal.may(.foreseeInspections, at: .county) { return true }
        return try draw.plan.schools.contains { candidate in
            try records.places.school(candidate.school).map { principal.may(.foreseeInspections, at: $0.path) } == true
        }
    }
}

extension InspectionDraw.Refusal {
    fileprivate var fault: InspectionFault {
        switch self {
        case .made: .made
        case .secret, .fault(.secret): .secret
        case .fault(.witness): .witness
        case .fault(.plan(let fault)): .drawPlan(fault)
        }
    }
}
