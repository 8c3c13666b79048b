import Domain
import Hummingbird
import NIOCore
import NIOPosix
import Store
import Supervision

/// What phones ask and send: the inspections to take along, photographs one by one, and the report.
///
/// Everything that is sent has a name that the phone made; sent again, in a day or in a week, it is there once. That holds for
/// longer than an `Idempotency-Key` does.
struct InspectionAPI: Sendable {
    /// Sixty items with the longest notes.
    private static let mostBytes = 512 << 10

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.api(.inspection(.list)).route, use: list)
        routes.get(SiteURL.api(.inspection(.sheet(.key))).route, use: one)
        routes.post(SiteURL.api(.inspection(.begin(.key))).route, use: begin)
        routes.post(SiteURL.api(.inspection(.report(.key))).route, use: report)
        routes.post(SiteURL.api(.inspection(.file(.key, .key))).route, use: upload)
        // The same bytes as on the page, at an address that tokens may ask.
        routes.get(SiteURL.api(.inspection(.file(.key, .key))).route, use: InspectionPages(site: site).file)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        var stage: InspectionFilter.Stage?
        if let text = request.query.text("stage") {
            guard let known = InspectionFilter.Stage(rawValue: text) else { throw WebError.badRequest("choice") }
            stage = known
        }
        let onlyMine = request.query.flag("mine")
        let all = try await site.supervision.inspections.list(InspectionFilter(stage: stage), for: principal)
        let wording = site.wording(context)
        return .conditional(
            .object([
                "inspections": .array(
                    all.filter { !onlyMine || $0.isMine }.map { .members(wording.members($0)) })
            ]), to: request)
    }

    @Sendable private func one(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await site.supervision.inspections.sheet(
            try context.parameter("inspection"), for: try context.principal())
        return .conditional(
            .members(site.wording(context).wholeMembers(sheet)), version: Int64(sheet.inspection.version), to: request)
    }

    @Sendable private func begin(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: SpotInspectionID = try context.parameter("inspection")
        let inspections = site.supervision.inspections
        try Self.refuseForms(request)
        try await inspections.begin(id, by: principal)
        let sheet = try await inspections.sheet(id, for: principal)
        return Response(.members(site.wording(context).wholeMembers(sheet)))
    }

    @Sendable private func report(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: SpotInspectionID = try context.parameter("inspection")
        let inspections = site.supervision.inspections
        let before = try await inspections.sheet(id, for: principal)
        var body = try await JSONBody(request, context, mostBytes: Self.mostBytes)
        let isSupplement = try body.flag("supplement") ?? false
        let report = try InspectionReport(
            &body, template: before.inspection.template.id, by: try context.signedIn().person.id,
            zone: site.settings.zone, now: site.time.now())
        try body.finish()
        let wording = site.wording(context)
        do {
            let sheet = try await inspections.handIn(report, for: id, asSupplement: isSupplement, by: principal)
            return Response(.members(wording.wholeMembers(sheet)))
        } catch SupervisionError.inspection(let fault) where fault.isConflict {
            // The inspection as it is now, so that the phone can show both.
            let problem = Problem(SupervisionError.inspection(fault), words: wording.words)
            let sheet = try await inspections.sheet(id, for: principal)
            return Response(
                .object([
                    "error": .members(problem.members(request: context.requestID)),
                    "inspection": .members(wording.wholeMembers(sheet)),
                ]), status: .conflict)
        }
    }

    @Sendable private func upload(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let person = try context.signedIn().person.id
        let id: SpotInspectionID = try context.parameter("inspection")
        let photo: InspectionFileID = try context.parameter("photo")
        let inspections = site.supervision.inspections
        // Before anything is read: nobody fills the disk with what can't be named.
        _ = try await inspections.expect(photo, of: id, for: principal)
        try Self.refuseForms(request)
        guard let kind = InspectionFile.Kind(rawValue: request.query.text("kind") ?? "") else {
            throw WebError.badRequest("choice")
        }
        guard let shelf = site.attachments else { throw WebError.evidenceMissing }
        let name = request.query.text("name") ?? ""
        let now = site.time.now()
        let file = try await Self.take(name, request.body, shelf, at: now) {
            (incoming) throws(AttachmentShelf.Failure) in
            try incoming.finish(name, as: photo, of: id, kind, by: person, at: now)
        }
        do {
            let (kept, isNew) = try await inspections.keep(file, by: principal)
            // It was there already.
            if !isNew { await Self.discard(file, shelf) }
            return Response(
                .members(site.wording(context).members(kept)), status: isNew ? .created : .ok)
        } catch {
            await Self.discard(file, shelf)
            throw error
        }
    }

    /// Other sites' forms can't send these types; that and the check of the origin stand in for a form's token.
    private static func refuseForms(_ request: Request) throws(WebError) {
        let type = request.headers[.contentType]?.lowercased() ?? ""
        guard type.hasPrefix("application/octet-stream") || type.hasPrefix("application/json") else {
            throw .wrongContentType
        }
    }

    private static func take(
        _ name: String, _ body: RequestBody, _ shelf: AttachmentShelf, at now: UTCTime,
        _ finish: @escaping @Sendable (IncomingAttachment) throws(AttachmentShelf.Failure) -> InspectionFile
    ) async throws -> InspectionFile {
        do {
            let incoming = try await NIOThreadPool.singleton.runIfActive { try shelf.begin(at: now) }
            for try await piece in body {
                let bytes = Array(piece.readableBytesView)
                try await NIOThreadPool.singleton.runIfActive { try incoming.write(bytes) }
            }
            return try await NIOThreadPool.singleton.runIfActive { try finish(incoming) }
        } catch let failure as AttachmentShelf.Failure {
            throw CaseForm.FileFault(name: name, failure: failure)
        }
    }

    private static func discard(_ file: InspectionFile, _ shelf: AttachmentShelf) async {
        try? await NIOThreadPool.singleton.runIfActive { shelf.discard(file) }
    }
}

extension InspectionReport {
    /// As the phone sends it.
    fileprivate init(
        _ body: inout JSONBody, template: InspectionTemplateID, by person: PersonID, zone: TerritoryZone, now: UTCTime
    ) throws {
        guard let id: InspectionReportID = try body.identifier("id") else { throw WebError.badMember("id") }
        guard let begun = try body.time("begun", zone: zone) else { throw WebError.badMember("begun") }
        guard let finished = try body.time("finished", zone: zone) else { throw WebError.badMember("finished") }
        guard let number = try body.integer("template").flatMap(Int.init(exactly:)) else {
            throw WebError.badMember("template")
        }
        guard let sent = try body.objects("answers", atMost: InspectionTemplate.mostItems) else {
            throw WebError.badMember("answers")
        }
        var answers: [InspectionAnswer] = []
        for var answer in sent {
            guard let item = try answer.text("item") else { throw WebError.badMember("item") }
            guard let outcome = try answer.text("outcome").flatMap(InspectionAnswer.Outcome.init) else {
                throw WebError.badMember("outcome")
            }
            answers.append(
                InspectionAnswer(
                    item, outcome, note: try answer.text("note") ?? "",
                    photos: try answer.identifiers("photos", atMost: InspectionAnswer.mostPhotos) ?? []))
            try answer.finish()
        }
        guard let signature: InspectionFileID = try body.identifier("inspectorSignature") else {
            throw WebError.badMember("inspectorSignature")
        }
        guard var school = try body.object("school") else { throw WebError.badMember("school") }
        let schoolSignature: SchoolSignature
        if let reason = try school.text("refused") {
            schoolSignature = .refused(reason: reason)
        } else {
            guard let file: InspectionFileID = try school.identifier("signature"), let name = try school.text("name")
            else { throw WebError.badMember("signature") }
            schoolSignature = .signed(file, name: name)
        }
        try school.finish()
        var position: Position?
        if var place = try body.object("position") {
            guard let latitude = try place.number("latitude"), let longitude = try place.number("longitude"),
                let known = Position(
                    latitude: latitude, longitude: longitude, accuracyMetres: try place.number("accuracy") ?? 0)
            else { throw WebError.badMember("position") }
            position = known
            try place.finish()
        }
        self.init(
            id: id, by: person, received: now, begun: begun, finished: finished,
            template: InspectionTemplate.Version(template, number), answers: answers,
            remark: try body.text("remark") ?? "", inspectorSignature: signature, schoolSignature: schoolSignature,
            position: position)
    }
}
