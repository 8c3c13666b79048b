import Domain
import Hummingbird
import Supervision

/// 自查: a school's day, its record, and for those who supervise it who has done what.
struct DutyPages: Sendable {
    let site: Site
    private var duties: Duties { site.supervision.duties }

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.duty(.day).route, use: show)
        for format in TableExport.Format.allCases {
            routes.get(SiteURL.duty(.table(format)).route) { request, context in
                try await table(format, request, context)
            }
        }
        routes.get(SiteURL.duty(.book(.key)).route, use: book)
        routes.post(SiteURL.duty(.disposed(.key)).route, use: dispose)
    }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        guard let school = try context.signedIn().person.school else { return try await week(request, context) }
        return try await day(of: school, fault: nil, request, context)
    }

    private func day(
        of school: SchoolID, fault: String?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let day = try await duties.day(of: school, for: principal)
        let week = DaySpan(day.day - 7, through: day.day - 1)
        let missed = try await duties.book(of: school, week, for: principal).standings.filter(\.isMissed)
        let page = DutyDayPage(
            day, missed: missed.reversed(),
            done: request.query.text("done").flatMap(SchoolDuty.init(rawValue:)).map {
                wording.words("duty.saved", ["duty": wording.words($0)])
            }, fault: fault, wording)
        return site.page(
            page, title: wording.words("duties.title"), section: .duties, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func dispose(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let school: SchoolID = try context.parameter("school")
        try await duties.require(.enterDuties, at: school, for: principal)
        let fields = try await request.form(context)
        guard let slot = DutySlot(fields) else { throw WebError.badRequest("choice") }
        do {
            try await duties.dispose(slot, of: school, by: principal)
        } catch {
            guard let fault = site.fault(error, context) else { throw error }
            return try await day(of: school, fault: fault, request, context)
        }
        return .redirect(to: SiteURL.duty(.day).with([("done", slot.duty.rawValue)]))
    }

    private func asked(_ request: Request) throws(WebError) -> (day: Day?, place: Territory?) {
        let query = request.query
        var place: Territory?
        if let text = query.text("township") {
            guard let township = TownshipID(text) else { throw .notFound }
            place = .township(township)
        }
        guard let text = query.text("week") else { return (nil, place) }
        guard let day = Day(text) else { throw .badRequest("time") }
        return (day, place)
    }

    private func week(_ request: Request, _ context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let (day, place) = try asked(request)
        let wording = site.wording(context)
        let page = DutyWeekPage(
            try await duties.week(of: day, in: place, for: principal), place: place,
            mayPlan: principal.may(.planDuties, at: .county), wording)
        return site.page(
            page, title: wording.words("duties.title"), section: .duties, request: request, context: context)
    }

    private func table(
        _ format: TableExport.Format, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        let (day, place) = try asked(request)
        let wording = site.wording(context)
        let week = try await duties.week(of: day, in: place, for: principal)
        return TableExport(
            title: wording.words("duties.title"), columns: DutyTable.columns(wording), format: format,
            zone: site.settings.zone, now: wording.now
        ).response(DutyTable(week, wording))
    }

    @Sendable private func book(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let school: SchoolID = try context.parameter("school")
        try await duties.require(.readDuties, at: school, for: principal)
        let query = request.query
        let wording = site.wording(context)
        let today = Day(of: wording.now, in: site.settings.zone)
        let last = query.text("to").flatMap { Day($0) } ?? today
        let first = query.text("from").flatMap { Day($0) } ?? last - 6
        guard first <= last else { throw WebError.badRequest("spanOrder") }
        let book: DutyBook
        do {
            book = try await duties.book(of: school, DaySpan(first, through: last), for: principal)
        } catch SupervisionError.invalid(.span, .longerThanDays(let most)) {
            throw WebError.spanTooLong(maximumHours: most * 24)
        }
        let page = DutyBookPage(book, isOwn: try context.signedIn().person.school == school, wording)
        return site.page(page, title: book.school.name, section: .duties, request: request, context: context)
    }
}
