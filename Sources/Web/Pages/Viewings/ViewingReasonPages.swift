import Domain
import Hummingbird
import Supervision

/// Asks why recordings of a school are opened, once in a session of work, and leads back. (查看事由)
struct ViewingReasonPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.viewingReason.route) { request, context in
            try await show(request.query, typed: FormFields(), request, context)
        }
        routes.post(SiteURL.viewingReason.route, use: give)
    }

    private func show(
        _ fields: FormFields, typed: FormFields, fault: String? = nil, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.replay) else { throw WebError.notPermitted }
        let cameras = try cameras(fields)
        let words = site.words(context)
        let schools = try await site.supervision.footage.schools(of: cameras, for: principal)
        // Who comes from a case looks at recordings for it.
        let number = typed.text("case") ?? fields.text("case")
        let kind = typed["why"] ?? (number == nil ? nil : ViewingReason.Kind.caseWork.rawValue)
        let page = ViewingReasonPage(
            cameras: cameras.map { "\($0)" }.joined(separator: ","), next: ReturnAddress.checked(fields["next"]),
            schools: schools.map(\.name).joined(separator: words("list.comma")),
            kinds: ViewingReason.Kind.choices.map {
                Choice(value: $0.rawValue, label: words($0), isSelected: $0.rawValue == kind)
            }, note: typed.text("note") ?? "", caseNumber: number ?? "", fault: fault)
        return site.page(
            page, title: words("viewingReason.title"), section: .replay, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func give(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.replay) else { throw WebError.notPermitted }
        let fields = try await request.form(context)
        let cameras = try cameras(fields)
        do {
            guard let kind = fields["why"].flatMap(ViewingReason.Kind.init(rawValue:)) else {
                throw SupervisionError.invalid(.reason, .empty)
            }
            var reason = ViewingReason(kind, note: fields.text("note") ?? "")
            if let text = fields.text("case") {
                guard let number = Int(text), number > 0 else { throw SupervisionError.invalid(.caseNumber, .unknown) }
                reason.caseNumber = number
            }
            try await site.supervision.footage.give(
                reason, for: cameras, in: try context.signedIn().token, by: principal)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(fields, typed: fields, fault: fault, request, context)
        }
        let list = cameras.map { "\($0)" }.joined(separator: ",")
        return .redirect(to: ReturnAddress.checked(fields["next"]) ?? SiteURL.replay.with([("cameras", list)]))
    }

    private func cameras(_ fields: FormFields) throws(WebError) -> [CameraID] {
        let texts = (fields["cameras"] ?? "").split(separator: ",")
        guard !texts.isEmpty, texts.count <= ReplayPages.mostCameras else { throw .badRequest("choice") }
        var cameras: [CameraID] = []
        for text in texts {
            guard let id = CameraID(String(text)) else { throw .notFound }
            cameras.append(id)
        }
        return cameras
    }
}

struct ViewingReasonPage: Page {
    static let template = "viewing-reason"
    let cameras: String
    let next: String?
    /// Whose recordings will be opened.
    let schools: String
    let kinds: [Choice]
    let note: String
    let caseNumber: String
    let fault: String?
}

extension Site {
    /// What the visitor has said of why recordings of the camera's school are opened in this session.
    ///
    /// Recordings are whatever was filmed before now: files, their index, pictures out of them, and exports. Live
    /// pictures and the evidence of captures are none; a timeline says what there is and shows nothing of it.
    /// - Throws: ``SupervisionError/reasonNeeded(_:)`` when none holds: pages then lead to where it is given.
    func viewingReason(
        to act: Act = .replay, of camera: CameraID, _ context: WebContext
    ) async throws -> ViewingReason? {
        guard try context.signedIn().apiToken != nil else {
            return try await supervision.footage.reason(
                to: act, of: camera, in: try context.signedIn().token, for: try context.principal())
        }
        // A program names it with each request.
        try await supervision.footage.require(act, of: camera, for: try context.principal())
        guard let reason = context.viewingReason else { throw SupervisionError.reasonNeeded([camera]) }
        return reason
    }

    /// Without asking for it; nil when none holds.
    func givenReason(of camera: CameraID, _ context: WebContext) async throws -> ViewingReason? {
        if try context.signedIn().apiToken != nil { return context.viewingReason }
        return try await supervision.footage.givenReason(
            of: camera, in: try context.signedIn().token, for: try context.principal())
    }

    /// Of several cameras: one question for all whose reason is missing.
    func viewingReasons(of cameras: [CameraID], _ context: WebContext) async throws -> [ViewingReason] {
        var reasons: [ViewingReason] = []
        var missing: [CameraID] = []
        for camera in cameras {
            guard let reason = try await givenReason(of: camera, context) else {
                missing.append(camera)
                continue
            }
            if !reasons.contains(reason) { reasons.append(reason) }
        }
        guard missing.isEmpty else { throw SupervisionError.reasonNeeded(missing) }
        return reasons
    }
}

extension Words {
    func callAsFunction(_ kind: ViewingReason.Kind) -> String { self("viewingReason.\(kind.rawValue)") }

    /// `案件核查 · 案件 12 · 看不清`
    func callAsFunction(_ reason: ViewingReason) -> String {
        var parts = [self(reason.kind)]
        if let number = reason.caseNumber { parts.append(self("viewingReason.ofCase", ["number": "\(number)"])) }
        if !reason.note.isEmpty { parts.append(reason.note) }
        return parts.joined(separator: " · ")
    }
}
