import Domain
import Hummingbird
import Supervision

/// Schools' own duties for scripts: what was due and whether it was done, and entering what a school did.
struct DutyAPI: Sendable {
    /// Of one school; of all schools ``mostDaysOfAll``.
    private static let mostDays = 92
    private static let mostDaysOfAll = 7

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.api(.duties).route, use: list)
        routes.post(SiteURL.api(.dutyEntries(.key)).route, use: enter)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.readDuties) else { throw WebError.notPermitted }
        let query = request.query
        let today = Day(of: site.time.now(), in: site.settings.zone)
        let first = try day("from", query) ?? today
        let last = try day("to", query) ?? max(first, today)
        guard first <= last else { throw WebError.badRequest("spanOrder") }
        var school: SchoolID?
        if let text = query.text("school") {
            guard let id = SchoolID(text) else { throw WebError.notFound }
            school = id
        }
        let most = school == nil ? Self.mostDaysOfAll : Self.mostDays
        guard last - first < most else { throw WebError.spanTooLong(maximumHours: most * 24) }
        let found = try await site.supervision.duties.standings(
            DaySpan(first, through: last), of: school, for: principal)
        return .conditional(
            .object([
                "duties": .array(
                    found.flatMap { school, standings in standings.map { Self.json($0, of: school.id) } })
            ]), to: request)
    }

    private func day(_ name: String, _ query: FormFields) throws(WebError) -> Day? {
        guard let text = query.text(name) else { return nil }
        guard let day = Day(text) else { throw .badRequest("time") }
        return day
    }

    private static func json(_ standing: DutyStanding, of school: SchoolID) -> JSON {
        .object([
            "school": .string("\(school)"), "duty": .string(standing.slot.duty.rawValue),
            "period": .string("\(standing.slot.period)"), "meal": .string(standing.slot.meal?.rawValue),
            "due": .integer(standing.due.time.milliseconds), "state": .string(standing.state.rawValue),
            "counts": .bool(standing.due.counts), "entered": .integer(standing.first?.milliseconds),
            "problems": .integer(Int64(standing.problems)),
        ])
    }

    @Sendable private func enter(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let school: SchoolID = try context.parameter("school")
        let duties = site.supervision.duties
        try await duties.require(.enterDuties, at: school, for: principal)
        var body = try await JSONBody(request, context)
        guard let duty = try body.choice("duty", of: SchoolDuty.self) else { throw WebError.badMember("duty") }
        guard let period = try body.text("period").flatMap({ Day($0) }),
            let slot = DutySlot(duty, period: period, meal: try body.choice("meal", of: Meal.self))
        else { throw WebError.badMember("period") }
        guard let seen = try body.integer("version") else { throw WebError.preconditionNeeded }
        guard var record = try body.object("record") else { throw WebError.badMember("record") }
        let entered = try record.record(of: duty, zone: site.settings.zone)
        try record.finish()
        let reason = try body.text("reason") ?? ""
        try body.finish()
        let entry = try await duties.enter(
            entered, for: slot, of: school, seen: Int(exactly: seen) ?? -1, reason: reason, by: principal)
        return Response(
            .object([
                "id": .string("\(entry.id)"), "version": .integer(Int64(entry.version)),
                "time": .integer(entry.time.milliseconds), "problems": .integer(Int64(entry.record.problems)),
            ]), status: .ok)
    }
}

extension JSONBody {
    /// What a school did, by the members that this duty takes.
    fileprivate mutating func record(of duty: SchoolDuty, zone: TerritoryZone) throws(WebError) -> DutyRecord {
        switch duty {
        case .dailyControl: return .dailyControl(try checklist(DutyChecklist.daily))
        case .weeklyInspection: return .weeklyInspection(try checklist(DutyChecklist.weekly))
        case .monthlyMeeting:
            return .monthlyMeeting(
                DutyMeeting(
                    attendees: try text("attendees") ?? "", agenda: try text("agenda") ?? "",
                    decisions: try text("decisions") ?? "", openIssues: try number("openIssues") ?? 0))
        case .morningHealthCheck:
            var staff: [HealthCheck.Worker] = []
            for var worker in try objects("staff", atMost: HealthCheck.mostStaff) ?? [] {
                staff.append(
                    .init(
                        name: try worker.text("name") ?? "", isFit: try worker.flag("isFit") ?? true,
                        tenths: try worker.number("temperatureTenths"), symptom: try worker.text("symptom") ?? ""))
                try worker.finish()
            }
            return .morningHealthCheck(HealthCheck(staff: staff))
        case .accompaniedMeal:
            return .accompaniedMeal(
                AccompaniedMeal(
                    companion: try text("companion") ?? "", parents: try number("parents") ?? 0,
                    quality: try choice("quality") ?? .good, remark: try text("remark") ?? ""))
        case .sampleRetention:
            var samples: [SampleRetention.Sample] = []
            for var sample in try objects("samples", atMost: SampleRetention.mostSamples) ?? [] {
                samples.append(.init(try sample.text("dish") ?? "", grams: try sample.number("grams") ?? 0))
                try sample.finish()
            }
            guard let taken = try time("taken", zone: zone) else { throw .badMember("taken") }
            return .sampleRetention(
                SampleRetention(
                    samples: samples, taken: taken,
                    keptUntil: try time("keptUntil", zone: zone) ?? taken + SampleRetention.leastKept,
                    fridgeTenths: try number("fridgeTenths") ?? DutyForm.nonsense))
        case .disinfection:
            return .disinfection(
                Disinfection(
                    method: try choice("method") ?? .steam, strength: try number("strength") ?? 0,
                    minutes: try number("minutes") ?? 0, items: try text("items") ?? ""))
        }
    }

    private mutating func checklist(_ points: [DutyChecklist.Point]) throws(WebError) -> DutyChecklist {
        var findings: [DutyChecklist.Finding] = []
        for var finding in try objects("findings", atMost: points.count) ?? [] {
            guard let point = try finding.choice("point", of: DutyChecklist.Point.self) else {
                throw .badMember("point")
            }
            findings.append(
                .init(point, what: try finding.text("what") ?? "", remedy: try finding.text("remedy") ?? ""))
            try finding.finish()
        }
        return DutyChecklist(points: points, findings: findings)
    }

    private mutating func number(_ name: String) throws(WebError) -> Int? {
        try integer(name).map { Int(clamping: $0) }
    }
}
