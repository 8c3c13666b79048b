public import Domain
import Store

extension Duties {
    /// Which plan holds somewhere, and which will.
    /// - Parameter id: nil = the county.
    public func plan(of id: SchoolID? = nil, for principal: Principal) async throws -> DutyPlanSheet {
        let today = today
        return try await store.read { records in
            let school = try Self.permitted(id, records, for: principal)
            let plans = try records.duties.plans()
            let history = id.map(plans.plans(of:)) ?? plans.county
            return DutyPlanSheet(
                school: school, plan: history.plan(on: today + 1) ?? .standard, start: history.start,
                isOwn: id.map { plans.schools[$0] != nil } ?? true,
                revision: try .last(.dutyPlanChanged, of: Self.subject(id), records))
        }
    }

    /// Sets the plan from tomorrow on: today is judged by what held in the morning. With the first plan duties begin to count.
    ///
    /// - Parameters:
    ///   - id: nil = the county.
    ///   - day: Another day than tomorrow, for a county that is set up anew at the command line.
    ///   - seen: The number of the revision that the asker started from; nil = whatever there is.
    public func change(
        _ plan: DutyPlan, of id: SchoolID? = nil, from day: Day? = nil, seen: Int64? = nil, by principal: Principal
    ) async throws {
        guard plan.isValid else { throw SupervisionError.invalid(.dutyTimes, .implausible) }
        let (now, tomorrow) = (time.now(), today + 1)
        let from = principal.role == nil ? day ?? tomorrow : tomorrow
        try await store.write { records in
            let school = try Self.permitted(id, records, for: principal)
            try principal.require(Permission(.planDuties, at: school?.path ?? .county), records)
            try Revision.last(.dutyPlanChanged, of: Self.subject(id), records).require(seen: seen)
            let plans = try records.duties.plans()
            let history = id.map(plans.plans(of:)) ?? plans.county
            let before = history.plan(on: from)
            guard before != plan || (id != nil && plans.schools[id!] == nil) else { return }
            try records.duties.set(plan, from: from, of: id)
            var payload = (before?.ledgerPayload ?? [:]).changes(to: plan.ledgerPayload)
            payload["from"] = .string(from.description)
            try records.ledger.append(
                .dutyPlanChanged, to: Self.subject(id), by: principal.actor, at: now, payload: payload)
        }
    }

    private static func subject(_ id: SchoolID?) -> String { id.map { "school/\($0)" } ?? "county" }

    private static func permitted(_ id: SchoolID?, _ records: Records, for principal: Principal) throws -> School? {
        guard let id else {
            guard principal.may(.planDuties, at: .county) else { throw SupervisionError.notPermitted }
            return nil
        }
        return try records.school(id, .planDuties, for: principal)
    }
}

/// When duties are due somewhere.
public struct DutyPlanSheet: Sendable, Hashable {
    /// nil = the county.
    public var school: School?
    /// What holds tomorrow.
    public var plan: DutyPlan
    /// The first day that counts; nil = none does yet.
    public var start: Day?
    /// false = as the county.
    public var isOwn: Bool
    public var revision: Revision
}

extension DutyPlan {
    var ledgerPayload: [String: JSON] {
        var payload: [String: JSON] = [
            "meals": .array(
                Meal.allCases.compactMap { meal in
                    meals[meal].map { .string("\(meal.rawValue) \(CalendarRules.clock($0))") }
                })
        ]
        payload["dueTimes"] = .array(
            SchoolDuty.allCases.compactMap { duty in
                dueMinutes[duty].map { minutes in
                    .string(
                        "\(duty.rawValue) \(duty.rhythm == .meal ? "+\(minutes)" : CalendarRules.clock(minutes))")
                }
            })
        return payload
    }
}
