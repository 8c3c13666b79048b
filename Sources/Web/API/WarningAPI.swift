import Domain
import Hummingbird
import Supervision

/// Early warnings for programs.
struct WarningAPI: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.api(.warnings).route, use: list)
        routes.get(SiteURL.api(.warning(.key)).route, use: one)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.lookAtWarnings) else { throw WebError.notPermitted }
        let query = try WarningQuery(request.query.without("after"), zone: site.settings.zone, standard: nil)
        let limit = try request.query.limit()
        let cursor = PageCursor("warnings", query.pairs)
        var after: WarningID?
        if let text = request.query.text("cursor") {
            let place = try cursor.place(text)
            guard place.count == 1, let id = WarningID(place[0]) else { throw WebError.badRequest("cursor") }
            after = id
        }
        let warnings = site.supervision.warnings
        let found = try await warnings.list(query.filter, after: after, limit: limit + 1, for: principal)
        let shown = found.prefix(limit)
        let wording = site.wording(context)
        return .conditional(
            .object([
                "warnings": .array(shown.map { .members(wording.members($0)) }),
                "count": .integer(Int64(try await warnings.count(query.filter, for: principal))),
                "next": .string(found.count > limit ? shown.last.map { cursor.text(["\($0.file.id)"]) } : nil),
            ]), to: request)
    }

    @Sendable private func one(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await site.supervision.warnings.sheet(
            try context.parameter("warning"), for: try context.principal())
        let wording = site.wording(context)
        let told = sheet.told.map { told in
            JSON.object([
                "body": .string("\(told.body)"), "name": .string(wording.body(told.body, named: told.name)),
                "channels": .array(
                    told.channels.map {
                        .object([
                            "name": .string($0.name), "kind": .string($0.kind.rawValue),
                            "state": .string($0.state.rawValue),
                        ])
                    }),
            ])
        }
        return .conditional(
            .members(wording.members(sheet.entry) + [("told", .array(told))]), to: request)
    }
}

extension Wording {
    func members(_ entry: WarningEntry) -> [(key: String, value: JSON)] {
        let file = entry.file
        let reason = file.warning.reason
        return [
            ("id", .string("\(file.id)")), ("url", .string(SiteURL.warnings(.page(.value(file.id))).path)),
            ("rule", .string("\(reason.subject)")), ("kind", .string(reason.kind.rawValue)),
            ("item", .string(reason.subject.item?.rawValue)), ("place", .string("\(file.warning.place)")),
            ("placeName", .string(entry.place ?? words("warning.county"))),
            ("township", .string(file.path.township.map { "\($0)" })),
            ("school", .string(file.path.school.map { "\($0)" })), ("text", .string(sentence(entry))),
            ("given", .integer(file.givenAt.milliseconds)), ("state", .string(file.state.rawValue)),
            ("over", .integer(file.overAt?.milliseconds)), ("ended", .integer(file.ended?.time.milliseconds)),
            ("ending", ending(file.ended?.ending)), ("numbers", .members(numbers(reason))),
        ]
    }

    private func ending(_ ending: WarningEnding?) -> JSON {
        switch ending {
        case nil: .null
        case .becameCase(let id)?: .object(["kind": .string("becameCase"), "case": .string("\(id)"), "note": .null])
        case .settled(let note)?: .object(["kind": .string("settled"), "case": .null, "note": .string(note)])
        case .unfounded(let note)?: .object(["kind": .string("unfounded"), "case": .null, "note": .string(note)])
        }
    }

    /// What the sentence is made of.
    private func numbers(_ reason: WarningReason) -> [(key: String, value: JSON)] {
        func integer(_ value: Int) -> JSON { .integer(Int64(value)) }
        func day(_ day: Day) -> JSON { .string("\(day)") }
        func time(_ time: UTCTime) -> JSON { .integer(time.milliseconds) }
        switch reason {
        case .rateRise(let rise, _):
            return [
                ("since", day(rise.since)), ("until", day(rise.until)), ("schoolDays", integer(rise.schoolDays)),
                ("count", integer(rise.count)), ("expected", .number(rise.expected)),
                ("schoolDaysPerFalseWarning", integer(rise.schoolDaysPerFalseWarning)),
            ]
        case .repeated(let repeated):
            return [
                ("count", integer(repeated.count)), ("days", integer(repeated.days)),
                ("first", time(repeated.first)), ("last", time(repeated.last)),
            ]
        case .cluster(let cluster):
            return [
                ("since", day(cluster.days.first)), ("until", day(cluster.days.last)),
                ("count", integer(cluster.count)), ("expected", .number(cluster.expected)),
                ("total", integer(cluster.total)), ("townships", integer(cluster.townships)),
                ("probability", .number(cluster.probability)),
            ]
        case .backlog(let backlog):
            return [
                ("late", integer(backlog.late)), ("waiting", integer(backlog.waiting)),
                ("schoolDays", integer(backlog.schoolDays)), ("oldest", time(backlog.oldest)),
            ]
        case .overdue(let overdue):
            return [
                ("cases", integer(overdue.cases)), ("longest", .string("\(overdue.longest)")),
                ("due", time(overdue.due)),
            ]
        case .expiring(let paper):
            return [
                ("paperKind", .string(paper.kind.rawValue)), ("paper", .string(paper.paper)),
                ("validThrough", day(paper.validThrough)), ("daysLeft", integer(paper.daysLeft)),
            ]
        case .dutiesMissed(let missed):
            return [
                ("duty", .string(missed.duty.rawValue)), ("missed", integer(missed.missed)),
                ("due", integer(missed.due)), ("first", day(missed.first)), ("last", day(missed.last)),
            ]
        case .camerasOff(let off):
            return [
                ("day", day(off.day)), ("cameras", integer(off.cameras)), ("ofCameras", integer(off.ofCameras)),
                ("minutes", integer(off.minutes)), ("ofMinutes", integer(off.ofMinutes)),
            ]
        case .nightActivity(let night):
            return [
                ("nights", integer(night.nights)), ("ofNights", integer(night.ofNights)),
                ("sightings", integer(night.sightings)), ("firstNight", day(night.firstNight)),
                ("lastNight", day(night.lastNight)),
            ]
        }
    }
}
