public import Domain
import Store

/// Checklists: each change makes a version that stays. (检查表)
extension Inspections {
    /// The newest version of each; the standard one where a county has none of its own yet.
    public func templates(for principal: Principal) async throws -> [InspectionTemplate] {
        guard principal.maySomewhere(.foreseeInspections) else { throw SupervisionError.notPermitted }
        return try await store.read { try Self.templates($0) }
    }

    static func templates(_ records: Records) throws -> [InspectionTemplate] {
        let kept = try records.inspections.templates()
        return kept.isEmpty ? [.standard] : kept
    }

    /// Makes the next version.
    ///
    /// - Throws: ``SupervisionError/conflict(_:)`` with `.changedMeanwhile` when `template` is not made from the newest one.
    @discardableResult
    public func change(_ template: InspectionTemplate, by principal: Principal) async throws -> InspectionTemplate {
        do throws(InspectionTemplate.Fault) {
            try template.check()
        } catch {
            throw SupervisionError.inspection(.template(error))
        }
        let now = time.now()
        return try await store.write { records in
            try principal.require(Permission(.planInspections, at: .county), records)
            guard let newest = try Self.templates(records).first(where: { $0.version.id == template.version.id }) else {
                throw SupervisionError.notFound
            }
            guard newest.version == template.version else { throw SupervisionError.conflict(.changedMeanwhile) }
            guard newest != template else { return newest }
            try Self.keepStandard(records, by: principal, at: now)
            var next = template
            next.version.number += 1
            try Self.add(next, before: newest, records, by: principal, at: now)
            return next
        }
    }

    /// The newest version of a checklist, kept from now on.
    static func used(
        _ id: InspectionTemplateID, _ records: Records, by principal: Principal, at now: UTCTime
    ) throws -> InspectionTemplate {
        try keepStandard(records, by: principal, at: now)
        guard let template = try records.inspections.templates().first(where: { $0.version.id == id }) else {
            throw SupervisionError.invalid(.filter, .unknown)
        }
        return template
    }

    /// The standard checklist is the first version where there is none: written down before anything goes by it.
    private static func keepStandard(_ records: Records, by principal: Principal, at now: UTCTime) throws {
        guard try records.inspections.templates().isEmpty else { return }
        try add(.standard, before: nil, records, by: principal, at: now)
    }

    private static func add(
        _ template: InspectionTemplate, before: InspectionTemplate?, _ records: Records, by principal: Principal,
        at now: UTCTime
    ) throws {
        try records.inspections.add(template, at: now)
        let known = Dictionary((before?.items ?? []).map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let changed = template.items.filter { known[$0.code] != $0 }.map(\.code)
        let removed = known.keys.filter { template[$0] == nil }.sorted()
        try records.ledger.append(
            .inspectionTemplateChanged, to: "inspection-template/\(template.version.id)", by: principal.actor, at: now,
            payload: [
                "version": .int(Int64(template.version.number)), "name": .string(template.name.chinese),
                "items": .array(changed.map { .string($0) }), "removed": .array(removed.map { .string($0) }),
                "scale": .array([template.scale.a, template.scale.b, template.scale.c].map { .int(Int64($0)) }),
            ])
    }
}
