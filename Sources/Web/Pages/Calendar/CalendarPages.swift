import Domain
import Hummingbird
import Supervision

/// 校历: terms, holidays, make-up days and working hours, of the county and of schools that have their own.
struct CalendarPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.calendar.route) { request, context in try await show(nil, request, context) }
        routes.post(SiteURL.calendar.route) { request, context in try await change(nil, request, context) }
        routes.get(SiteURL.schoolCalendar(.key).route) { request, context in
            try await show(try context.parameter("school"), request, context)
        }
        routes.post(SiteURL.schoolCalendar(.key).route) { request, context in
            try await change(try context.parameter("school"), request, context)
        }
    }

    private func show(_ school: SchoolID?, _ request: Request, _ context: WebContext) async throws -> Response {
        let sheet = try await site.supervision.calendars.sheet(of: school, for: try context.principal())
        return try await page(sheet, CalendarForm(sheet), request, context)
    }

    private func change(_ school: SchoolID?, _ request: Request, _ context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let calendars = site.supervision.calendars
        // Before the form is looked at: what the asker may not even see is not there.
        let sheet = try await calendars.sheet(of: school, for: principal)
        let fields = try await request.form(context)
        let form = CalendarForm(fields, isSchool: school != nil)
        do {
            let concerned = try await calendars.change(
                form.usesOwnCalendar ? try form.calendar() : nil, form.usesOwnHours ? try form.hours() : nil,
                of: school, seen: fields.revision, by: principal)
            return .redirect(to: Self.url(school).with([("saved", "\(concerned)")]))
        } catch SupervisionError.conflict(.changedMeanwhile) {
            let now = try await calendars.sheet(of: school, for: principal)
            let wording = site.wording(context)
            let stale = StaleSave(
                now.revision, differences: form.differences(from: CalendarForm(now), wording.words), wording: wording)
            return try await page(now, form, stale: stale, request, context)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await page(sheet, form, fault: fault, seen: fields.revision, request, context)
        }
    }

    private func page(
        _ sheet: CalendarSheet, _ form: CalendarForm, fault: String? = nil, stale: StaleSave? = nil, seen: Int64? = nil,
        _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let words = site.words(context)
        let today = Day(of: site.time.now(), in: site.settings.zone)
        let year = request.query.text("year").flatMap { Int($0) }.flatMap { (1970...2200).contains($0) ? $0 : nil }
        let principal = try context.principal()
        let exceptions = sheet.school == nil ? try await site.supervision.calendars.exceptions(for: principal) : []
        let model = CalendarPage(
            sheet, form: form, picture: YearPicture(sheet.calendar, year: year, today: today, words: words),
            exceptions: exceptions, url: Self.url(sheet.school?.id), fault: fault,
            stale: stale, seen: seen ?? sheet.revision.number,
            saved: fault == nil && stale == nil ? request.query.text("saved").flatMap { Int($0) } : nil, words: words)
        return site.page(
            model, title: model.heading, section: sheet.school == nil ? .calendar : .schools, request: request,
            context: context, status: stale != nil ? .conflict : fault == nil ? .ok : .unprocessableContent)
    }

    static func url(_ school: SchoolID?) -> SiteURL { school.map { .schoolCalendar(.value($0)) } ?? .calendar }
}

struct CalendarPage: Page {
    static let template = "calendar"
    let heading: String
    /// For a school; else nil.
    let school: String?
    let action: String
    let fault: String?
    let stale: StaleSave?
    /// What the form is made from.
    let seen: String
    let saved: String?
    let picture: YearPicture
    let earlierAddress: String
    let laterAddress: String
    let form: CalendarForm
    let weekdays: [Choice]
    let workdays: [Choice]
    let isEmpty: Bool
    let exceptions: [Link]
    let hasExceptions: Bool

    struct Link: Sendable {
        let name: String
        let address: String
    }

    init(
        _ sheet: CalendarSheet, form: CalendarForm, picture: YearPicture, exceptions: [School], url: SiteURL,
        fault: String?, stale: StaleSave?, seen: Int64, saved: Int?, words: Words
    ) {
        school = sheet.school?.name
        heading = sheet.school.map { words("calendar.titleOf", ["school": $0.name]) } ?? words("calendar.title")
        action = url.path
        self.fault = fault
        self.stale = stale
        self.seen = "\(seen)"
        self.saved = saved.map { words("calendar.saved", ["count": "\($0)"]) }
        self.picture = picture
        earlierAddress = url.with([("year", "\(picture.firstYear - 1)")])
        laterAddress = url.with([("year", "\(picture.firstYear + 1)")])
        self.form = form
        weekdays = Self.days(form.weekdays, words)
        workdays = Self.days(form.workdays, words)
        isEmpty = sheet.calendar.terms.isEmpty
        self.exceptions = exceptions.map {
            Link(name: $0.name, address: SiteURL.schoolCalendar(.value($0.id)).path)
        }
        hasExceptions = !exceptions.isEmpty
    }

    private static func days(_ chosen: Set<Int>, _ words: Words) -> [Choice] {
        (1...7).map { Choice(value: "\($0)", label: words("weekday.\($0)"), isSelected: chosen.contains($0)) }
    }
}
