import Domain
import Hummingbird
import Supervision

/// Opening a case: from a capture, or from what live or recorded video shows. (立案)
struct CaseOpeningPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.captureCase(.key).route, use: askAboutCapture)
        routes.post(SiteURL.captureCase(.key).route, use: openFromCapture)
        routes.get(SiteURL.patrolCase(.key).route, use: askAboutPatrol)
        routes.post(SiteURL.patrolCase(.key).route, use: openFromPatrol)
    }

    @Sendable private func askAboutCapture(request: Request, context: WebContext) async throws -> Response {
        try await captureForm(request, context, fault: nil, note: "")
    }

    private func captureForm(
        _ request: Request, _ context: WebContext, fault: String?, note: String,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let principal = try context.principal()
        let record = try await site.supervision.captures.require(
            .openCase, of: try context.parameter("capture"), for: principal)
        let wording = site.wording(context)
        let words = wording.words
        let there = try await site.supervision.cases.summary(of: record.capture.id, for: principal)
        let running = try await site.supervision.cases.running(like: record, for: principal)
        let page = CaseOpeningPage(
            heading: words("opening.captureTitle"),
            place: "\(record.school.name) · \(wording.area(record.area)) · \(record.cameraName)",
            card: CaptureCard(record, wording: wording), matters: [], hasMatters: false,
            grades: words.grades(chosen: record.capture.grade), isLive: false, time: "",
            running: running.map { summary in
                CaseOpeningPage.Running(
                    value: "\(summary.id):\(summary.version)",
                    label: words(
                        "opening.join",
                        [
                            "number": "\(summary.number)", "state": words(summary.state),
                            "time": wording.exactMinute(summary.openedAt),
                        ]))
            },
            hasRunning: !running.isEmpty, note: note, fault: fault,
            action: SiteURL.captureCase(.value(record.capture.id)).path,
            back: SiteURL.capture(.value(record.capture.id)).path,
            there: there.map { SiteURL.casePage(.value($0.id)).path })
        return site.page(
            page, title: page.heading, section: .cases, request: request, context: context, status: status)
    }

    @Sendable private func openFromCapture(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: CaptureID = try context.parameter("capture")
        try await site.supervision.captures.require(.openCase, of: id, for: principal)
        let fields = try await request.form(context)
        let note = fields.text("note") ?? ""
        do {
            if let text = fields.text("join") {
                let parts = text.split(separator: ":")
                guard parts.count == 2, let joined = CaseID(String(parts[0])), let version = Int(parts[1]) else {
                    throw WebError.badRequest("choice")
                }
                try await site.supervision.cases.add([id], to: joined, seen: version, by: principal)
                return .redirect(to: SiteURL.casePage(.value(joined)).with([("opened", "added")]))
            }
            let opened = try await site.supervision.cases.open(
                CaseDraft(.captures([id]), grade: try fields.caseGrade(), note: note), by: principal)
            return .redirect(to: opened.address)
        } catch let error as SupervisionError {
            guard let fault = fault(error, site.words(context)) else { throw error }
            return try await captureForm(request, context, fault: fault, note: note, status: .conflict)
        }
    }

    @Sendable private func askAboutPatrol(request: Request, context: WebContext) async throws -> Response {
        try await patrolForm(request, context, fields: request.query, fault: nil)
    }

    private func patrolForm(
        _ request: Request, _ context: WebContext, fields: FormFields, fault: String?,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let principal = try context.principal()
        let id: CameraID = try context.parameter("camera")
        try await site.supervision.footage.require(.openCase, of: id, for: principal)
        let wording = site.wording(context)
        let words = wording.words
        let time = try fields.time("at", zone: site.settings.zone)
        var place = ""
        for tree in try await site.supervision.places.tree(for: principal) {
            for area in tree.areas {
                for camera in area.cameras where camera.id == id {
                    place = "\(tree.school.name) · \(wording.area(area.area)) · \(camera.name)"
                }
            }
        }
        let page = CaseOpeningPage(
            heading: words("opening.patrolTitle"), place: place, card: nil,
            matters: words.matters(chosen: fields.text("matter")), hasMatters: true,
            grades: [Choice(value: "", label: words("opening.gradeOfMatter"), isSelected: true)]
                + words.grades(chosen: nil),
            isLive: time == nil,
            time: time.map { wording.field($0) } ?? "",
            running: [], hasRunning: false, note: fields.text("note") ?? "", fault: fault,
            action: SiteURL.patrolCase(.value(id)).path, back: SiteURL.kitchen(.value(id)).path, there: nil,
            other: fields.text("other") ?? "")
        return site.page(
            page, title: page.heading, section: .cases, request: request, context: context, status: status)
    }

    @Sendable private func openFromPatrol(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: CameraID = try context.parameter("camera")
        try await site.supervision.footage.require(.openCase, of: id, for: principal)
        let fields = try await request.form(context)
        let time = try fields.time("at", zone: site.settings.zone)
        do {
            let matter = try fields.caseMatter()
            let now = site.time.now()
            if let time, time > now { throw SupervisionError.invalid(.span, .notAllowed) }
            let patrol = CaseOpening.Patrol(camera: id, time: time ?? now, isLive: time == nil)
            let opened = try await site.supervision.cases.open(
                CaseDraft(
                    .patrol(patrol, matter, try fields.caseGrade() ?? matter.item?.grade(inWorkingHours: true) ?? .two),
                    note: fields.text("note") ?? ""), by: principal)
            return .redirect(to: opened.address)
        } catch let error as SupervisionError {
            guard let fault = fault(error, site.words(context)) else { throw error }
            return try await patrolForm(
                request, context, fields: fields, fault: fault, status: .unprocessableContent)
        }
    }

    /// What somebody can put right; nil for all other errors.
    private func fault(_ error: SupervisionError, _ words: Words) -> String? {
        switch error {
        case .invalid(let field, let flaw): words(field, flaw)
        case .conflict(let conflict): words(conflict)
        case .refused(let refusal): words(refusal)
        default: nil
        }
    }
}

struct CaseOpeningPage: Page {
    struct Running: Sendable {
        let value: String
        let label: String
    }

    static let template = "case-opening"
    let heading: String
    let place: String
    let card: CaptureCard?
    let matters: [Choice]
    let hasMatters: Bool
    let grades: [Choice]
    let isLive: Bool
    let time: String
    /// Cases that the capture may be more of.
    let running: [Running]
    let hasRunning: Bool
    let note: String
    let fault: String?
    let action: String
    let back: String
    /// The case that the capture is part of already.
    let there: String?
    var other = ""
}
