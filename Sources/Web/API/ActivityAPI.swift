import Domain
import Hummingbird
import Supervision

/// Activities for programs: the list, one of them whole, and the counts by year. Nobody's name.
struct ActivityAPI: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.api(.activities).route, use: list)
        routes.get(SiteURL.api(.activity(.key)).route, use: one)
        routes.get(SiteURL.api(.activityCounts).route, use: counts)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let all = try await site.supervision.activities.list(for: try context.principal())
        return .conditional(.object(["activities": .array(all.map { .members(Self.members($0)) })]), to: request)
    }

    @Sendable private func one(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await site.supervision.activities.sheet(
            of: try context.parameter("activity"), for: try context.principal())
        let overview = ActivityOverview(
            activity: sheet.activity, schools: sheet.schools, taken: sheet.guests.taken,
            waiting: sheet.guests.waiting.count, came: sheet.guests.came)
        let plan = sheet.activity.plan
        return .conditional(
            .members(
                Self.members(overview) + [
                    ("organizer", .string(plan.organizer)),
                    (
                        "programme",
                        .array(
                            plan.programme.map {
                                .object(["minute": .integer(Int64($0.minute)), "text": .string($0.text)])
                            })
                    ),
                    ("report", .string(sheet.activity.report)),
                    ("findings", .array(sheet.findings.map(Self.json))),
                    ("stars", sheet.meanStars.map(JSON.number) ?? .null),
                    ("voices", .integer(Int64(sheet.feedback.count))),
                ]), to: request)
    }

    @Sendable private func counts(request: Request, context: WebContext) async throws -> Response {
        let years = try await site.supervision.activities.yearCounts(for: try context.principal())
        let lines = years.flatMap { year in
            Activity.Kind.allCases.map { kind in
                let line = year[kind]
                return JSON.object([
                    "year": .integer(Int64(year.year)), "kind": .string(kind.rawValue),
                    "activities": .integer(Int64(line.activities)), "came": Self.json(line.came),
                    "findings": .integer(Int64(line.findings)), "settled": .integer(Int64(line.settled)),
                    "stars": line.meanStars.map(JSON.number) ?? .null,
                ])
            }
        }
        return .conditional(.object(["counts": .array(lines)]), to: request)
    }

    private static func members(_ overview: ActivityOverview) -> [(key: String, value: JSON)] {
        let (activity, plan) = (overview.activity, overview.activity.plan)
        return [
            ("id", .string("\(activity.id)")), ("url", .string(SiteURL.activity(.sheet(.value(activity.id))).path)),
            ("kind", .string(plan.kind.rawValue)), ("state", .string(activity.state.rawValue)),
            ("title", .string(plan.title)),
            (
                "schools",
                .array(overview.schools.map { .object(["id": .string("\($0.id)"), "name": .string($0.name)]) })
            ),
            ("place", .string(plan.place)), ("from", .integer(plan.span.start.milliseconds)),
            ("until", .integer(plan.span.end.milliseconds)),
            ("signUpUntil", .integer(plan.signUpUntil.milliseconds)),
            ("capacity", .integer(Int64(plan.capacity.total))), ("taken", .integer(Int64(overview.taken.total))),
            ("waiting", .integer(Int64(overview.waiting))), ("came", json(overview.came)),
        ]
    }

    private static func json(_ heads: HeadCount) -> JSON {
        var members: [(key: String, value: JSON)] = [("total", .integer(Int64(heads.total)))]
        for role in ActivityRole.allCases { members.append((role.rawValue, .integer(Int64(heads[role])))) }
        return .members(members)
    }

    private static func json(_ found: ActivitySheet.Finding) -> JSON {
        .object([
            "school": .string("\(found.finding.school)"), "area": .string(found.finding.area.map { "\($0)" }),
            "matter": .string(found.finding.matter), "grade": .integer(Int64(found.finding.grade.rawValue)),
            "time": .integer(found.finding.time.milliseconds), "settled": .bool(found.isSettled),
            "case": .string(found.finding.caseID.map { "\($0)" }),
        ])
    }
}
