import Domain
import Hummingbird
import Supervision

/// 值班表: who answers for a body, and when.
struct RosterPages: Sendable {
    private static let permission = Permission(.manageCalendar, at: .county)

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.roster.route) { request, context in
            try context.require(Self.permission)
            return try await show(request.query, fault: nil, request, context)
        }
        routes.post(SiteURL.roster.route, use: change)
    }

    private func show(
        _ fields: FormFields, fault: String?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let body = try Self.body(fields)
        let rosters = site.supervision.rosters
        let candidates = try await rosters.candidates(for: body, by: principal)
        let names = try await OwnerNames(site, people: candidates, for: principal)
        let page = RosterPage(
            try await rosters.roster(of: body, for: principal), of: body, candidates: candidates, names: names,
            withRoster: Set(try await rosters.list(for: principal).map(\.body)), fault: fault,
            isSaved: fault == nil && fields.flag("saved"), fields: fields, wording: wording)
        return site.page(
            page, title: wording.words("roster.title"), section: .roster, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func change(request: Request, context: WebContext) async throws -> Response {
        try context.require(Self.permission)
        let fields = try await request.form(context)
        let principal = try context.principal()
        let body = try Self.body(fields)
        do {
            let before = try await site.supervision.rosters.roster(of: body, for: principal)
            if fields.text("do") == "remove" {
                try await site.supervision.rosters.remove(body, by: principal)
            } else {
                try await site.supervision.rosters.set(
                    try RosterChange(fields, zone: site.settings.zone).applied(to: before, of: body), by: principal)
            }
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(fields, fault: fault, request, context)
        }
        return .redirect(to: SiteURL.roster.with([("body", "\(body)"), ("saved", "1")]))
    }

    private static func body(_ fields: FormFields) throws(WebError) -> Body {
        guard let text = fields.text("body") else { return .marketRegulation }
        guard let body = Body(text) else { throw .notFound }
        return body
    }
}

/// One act of somebody who keeps a roster.
struct RosterChange: Sendable {
    enum Act: Sendable, Hashable {
        case lead(PersonID)
        case addTurn(DutyRoster.Turn)
        case removeTurn(start: UTCTime, person: PersonID)
        case addAbsence(DutyRoster.Absence)
        case removeAbsence(start: UTCTime, person: PersonID)
    }

    let act: Act

    init(_ fields: FormFields, zone: TerritoryZone) throws {
        guard let person = fields.text("person").flatMap({ PersonID($0) }) else {
            throw SupervisionError.invalid(.roster, .unknown)
        }
        func span() throws -> TimeSpan {
            guard let from = fields.text("from").flatMap(zone.parse), let to = fields.text("to").flatMap(zone.parse),
                from < to
            else { throw SupervisionError.invalid(.span, .notAllowed) }
            return TimeSpan(start: from, end: to)
        }
        func start() throws -> UTCTime {
            guard let milliseconds = fields.text("start").flatMap({ Int64($0) }) else {
                throw WebError.badRequest("choice")
            }
            return UTCTime(milliseconds: milliseconds)
        }
        switch fields.text("do") {
        case "lead": act = .lead(person)
        case "turn":
            let substitutes = ["substitute1", "substitute2"].compactMap { fields.text($0).flatMap { PersonID($0) } }
            act = .addTurn(DutyRoster.Turn(try span(), person: person, substitutes: substitutes))
        case "removeTurn": act = .removeTurn(start: try start(), person: person)
        case "absence": act = .addAbsence(DutyRoster.Absence(person, try span()))
        case "removeAbsence": act = .removeAbsence(start: try start(), person: person)
        default: throw WebError.badRequest("choice")
        }
    }

    /// - Parameter roster: nil = there is none: whoever is named first becomes its lead.
    func applied(to roster: DutyRoster?, of body: Body) -> DutyRoster {
        var roster = roster ?? DutyRoster(of: body, lead: person)
        switch act {
        case .lead(let person): roster.lead = person
        case .addTurn(let turn):
            roster.turns.append(turn)
            roster.turns.sort { $0.span.start < $1.span.start }
        case .removeTurn(let start, let person):
            roster.turns.removeAll { $0.span.start == start && $0.person == person }
        case .addAbsence(let absence):
            roster.absences.append(absence)
            roster.absences.sort { $0.span.start < $1.span.start }
        case .removeAbsence(let start, let person):
            roster.absences.removeAll { $0.span.start == start && $0.person == person }
        }
        return roster
    }

    private var person: PersonID {
        switch act {
        case .lead(let person), .removeTurn(_, let person), .removeAbsence(_, let person): person
        case .addTurn(let turn): turn.person
        case .addAbsence(let absence): absence.person
        }
    }
}

struct RosterPage: Page {
    struct Row: Sendable {
        let person: String
        let personID: String
        let span: String
        let start: String
        let substitutes: String
        let isNow: Bool
    }

    static let template = "roster"
    let bodies: [Choice]
    let body: String
    let name: String
    let action: String
    let exists: Bool
    let hasCandidates: Bool
    let onDuty: String?
    let leads: [Choice]
    let people: [Choice]
    let turns: [Row]
    let absences: [Row]
    let from: String
    let to: String
    let fault: String?
    let isSaved: Bool

    init(
        _ roster: DutyRoster?, of body: Body, candidates: [Person], names: OwnerNames, withRoster: Set<Body>,
        fault: String?, isSaved: Bool, fields: FormFields, wording: Wording
    ) {
        let words = wording.words
        bodies = names.bodies.map {
            Choice(
                value: "\($0)", label: (withRoster.contains($0) ? "● " : "") + names.name($0, wording),
                isSelected: $0 == body)
        }
        self.body = "\(body)"
        name = names.name(body, wording)
        action = SiteURL.roster.path
        exists = roster != nil
        hasCandidates = !candidates.isEmpty
        onDuty = roster.map { roster in
            switch roster.onDuty(at: wording.now) {
            case .onTurn(let person): words("roster.onTurn", ["person": names.name(person, wording)])
            case .substitute(let person, let absent):
                words(
                    "roster.substitute",
                    ["person": names.name(person, wording), "absent": names.name(absent, wording)])
            case .lead(let person): words("roster.leadAnswers", ["person": names.name(person, wording)])
            }
        }
        leads = candidates.map { Choice(value: "\($0.id)", label: $0.name, isSelected: $0.id == roster?.lead) }
        people = candidates.map { Choice(value: "\($0.id)", label: $0.name, isSelected: false) }
        func span(_ span: TimeSpan) -> String {
            "\(wording.exactMinute(span.start)) – \(wording.exactMinute(span.end))"
        }
        // What is over is in the ledger.
        let current = roster?.turns.filter { $0.span.end > wording.now - .seconds(7 * 86_400) } ?? []
        turns = current.map { turn in
            Row(
                person: names.name(turn.person, wording), personID: "\(turn.person)", span: span(turn.span),
                start: "\(turn.span.start.milliseconds)",
                substitutes: turn.substitutes.map { names.name($0, wording) }.joined(
                    separator: words("word.separator")),
                isNow: turn.span.contains(wording.now))
        }
        absences = (roster?.absences.filter { $0.span.end > wording.now - .seconds(7 * 86_400) } ?? []).map { absence in
            Row(
                person: names.name(absence.person, wording), personID: "\(absence.person)", span: span(absence.span),
                start: "\(absence.span.start.milliseconds)", substitutes: "",
                isNow: absence.span.contains(wording.now))
        }
        from = fields.text("from") ?? ""
        to = fields.text("to") ?? ""
        self.fault = fault
        self.isSaved = isSaved
    }
}
