import Domain
import Hummingbird
import Supervision

/// 定期报告: which report goes to whom, and when.
struct ReportSchedulePages: Sendable {
    let site: Site

    private static let permission = Permission(.scheduleReports, at: .county)

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.report(.schedules).route) { request, context in
            try await show(typed: nil, fault: nil, request, context)
        }
        routes.post(SiteURL.report(.schedules).route, use: add)
        routes.post(SiteURL.report(.scheduleEnabled(.key)).route, use: setEnabled)
        routes.post(SiteURL.report(.scheduleRemoved(.key)).route, use: remove)
    }

    private func show(
        typed: FormFields?, fault: String?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        try context.require(Self.permission)
        let principal = try context.principal()
        let wording = site.wording(context)
        let page = ReportSchedulesPage(
            try await site.supervision.reports.schedules(for: principal), names: try await names(principal),
            owners: try await owners(principal), typed: typed, fault: fault, lacksMail: !site.notices.sendsMail,
            done: fault == nil ? request.query.text("done") : nil, wording: wording)
        return site.page(
            page, title: wording.words("reportSchedule.title"), section: .reports, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    private func names(_ principal: Principal) async throws -> ReportNames {
        try await ReportNames(site, for: principal)
    }

    /// People only for who may look at people.
    private func owners(_ principal: Principal) async throws -> OwnerNames {
        let people =
            principal.may(.managePeople) ? try await site.supervision.people.list(for: principal) : []
        return try await OwnerNames(site, people: people, for: principal)
    }

    @Sendable private func add(request: Request, context: WebContext) async throws -> Response {
        try context.require(Self.permission)
        let fields = try await request.form(context)
        do {
            try await site.supervision.reports.schedule(try Self.draft(fields), by: try context.principal())
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(typed: fields, fault: fault, request, context)
        }
        return .redirect(to: SiteURL.report(.schedules).with([("done", "added")]))
    }

    @Sendable private func setEnabled(request: Request, context: WebContext) async throws -> Response {
        try context.require(Self.permission)
        let fields = try await request.form(context)
        try await site.supervision.reports.setEnabled(
            fields.flag("enabled"), of: try context.parameter("schedule"), by: try context.principal())
        return .redirect(to: SiteURL.report(.schedules).with([("done", "changed")]))
    }

    @Sendable private func remove(request: Request, context: WebContext) async throws -> Response {
        try context.require(Self.permission)
        _ = try await request.form(context)
        try await site.supervision.reports.removeSchedule(
            try context.parameter("schedule"), by: try context.principal())
        return .redirect(to: SiteURL.report(.schedules).with([("done", "removed")]))
    }

    private static func draft(_ fields: FormFields) throws -> ReportScheduleDraft {
        guard let kind = fields.text("kind").flatMap(ReportKind.init(rawValue:)),
            let language = fields.text("language").flatMap(NoticeChannel.Language.init(rawValue:))
        else { throw WebError.badRequest("choice") }
        guard let territory = Territory(fields.text("place") ?? "") else {
            throw SupervisionError.invalid(.school, .unknown)
        }
        guard let receiver = NoticeChannel.Owner(fields.text("receiver") ?? "") else {
            throw SupervisionError.invalid(.owner, .unknown)
        }
        guard let minute = CalendarForm.minute(fields.text("time") ?? "") else {
            throw SupervisionError.invalid(.hours, .implausible)
        }
        guard let delay = Int(fields.text("delay") ?? "") else { throw SupervisionError.invalid(.delay, .implausible) }
        return ReportScheduleDraft(
            kind: kind, territory: territory, receiver: receiver, language: language, delayDays: delay, minute: minute)
    }
}

struct ReportSchedulesPage: Page {
    struct Row: Sendable {
        let kind: String
        let place: String
        let receiver: String
        let when: String
        let next: String
        /// Why it reaches nobody; nil = it does.
        let trouble: String?
        let isEnabled: Bool
        let enabledAddress: String
        let removeAddress: String
    }

    static let template = "report-schedules"
    let rows: [Row]
    let hasRows: Bool
    let kinds: [Choice]
    let places: [Choice]
    let receivers: [Choice]
    let languages: [Choice]
    let delay: String
    let time: String
    let fault: String?
    let done: String?
    let lacksMail: Bool

    init(
        _ sheets: [ReportScheduleSheet], names: ReportNames, owners: OwnerNames, typed: FormFields?, fault: String?,
        lacksMail: Bool, done: String?, wording: Wording
    ) {
        let words = wording.words
        rows = sheets.map { sheet in
            let schedule = sheet.schedule
            return Row(
                kind: words("report.kind.\(schedule.kind.rawValue)"), place: names.place(schedule.territory, words),
                receiver: owners.name(schedule.receiver, wording),
                when: words(
                    "reportSchedule.when.\(schedule.kind.rawValue)",
                    ["days": "\(schedule.delayDays + 1)", "time": wording.clock(minute: schedule.minute)]),
                next: sheet.next.map { wording.exactMinute($0) } ?? "–",
                trouble: !sheet.mayReceive
                    ? words("reportSchedule.mayNot") : sheet.channels == 0 ? words("reportSchedule.noChannel") : nil,
                isEnabled: schedule.isEnabled,
                enabledAddress: SiteURL.report(.scheduleEnabled(.value(schedule.id))).path,
                removeAddress: SiteURL.report(.scheduleRemoved(.value(schedule.id))).path)
        }
        hasRows = !rows.isEmpty
        func chosen(_ name: String, _ value: String, _ standard: Bool = false) -> Bool {
            typed.map { $0.text(name) == value } ?? standard
        }
        kinds = ReportKind.allCases.map {
            Choice(
                value: $0.rawValue, label: words("report.kind.\($0.rawValue)"),
                isSelected: chosen("kind", $0.rawValue, $0 == .month))
        }
        places =
            [Choice(value: "county", label: names.place(.county, words), isSelected: chosen("place", "county", true))]
            + names.choices.map {
                Choice(value: "\($0.territory)", label: $0.name, isSelected: chosen("place", "\($0.territory)"))
            }
        receivers =
            owners.bodies.map { body in
                let value = "\(NoticeChannel.Owner.body(body))"
                return Choice(
                    value: value, label: owners.name(body, wording), isSelected: chosen("receiver", value))
            }
            + owners.people.values.sorted { $0.account < $1.account }.map { person in
                let value = "\(NoticeChannel.Owner.person(person.id))"
                return Choice(
                    value: value, label: "\(person.name) (\(person.account))", isSelected: chosen("receiver", value))
            }
        languages = NoticeChannel.Language.allCases.map {
            Choice(
                value: $0.rawValue, label: words("channel.language.\($0.rawValue)"),
                isSelected: chosen("language", $0.rawValue, $0 == .simplifiedChinese))
        }
        delay = typed?.text("delay") ?? "0"
        time = typed?.text("time") ?? "07:30"
        self.fault = fault
        self.lacksMail = lacksMail
        self.done = done.flatMap { ["added", "changed", "removed"].contains($0) ? words("reportSchedule.\($0)") : nil }
    }
}
