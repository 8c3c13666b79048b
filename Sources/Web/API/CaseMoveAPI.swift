import Domain
import Hummingbird
import NIOCore
import NIOPosix
import Supervision

/// Handling cases from scripts: what people do on the case's page, and the files that go with it.
struct CaseMoveAPI: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.post(SiteURL.api(.caseMoves(.key)).route, use: move)
        routes.post(SiteURL.api(.caseCaptures(.key)).route, use: addCaptures)
        routes.post(SiteURL.api(.caseFiles(.key)).route, use: upload)
        // The same bytes as on the page, at an address that tokens may ask.
        routes.get(SiteURL.api(.caseFile(.key, .key)).route, use: CasePages(site: site).file)
    }

    @Sendable private func move(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: CaseID = try context.parameter("case")
        let cases = site.supervision.cases
        try await cases.require(CaseMove.allCases, on: id, for: principal)
        var body = try await JSONBody(request, context)
        let once = try OnceRequest(request, context, body: body.bytes)
        if let kept = try await site.replay(once) { return kept }
        guard let move = try body.choice("move", of: CaseMove.self) else { throw WebError.badMember("move") }
        let version = try body.integer("version")
        let (isByTag, seen) = (version == nil, version ?? EntityTag.version(ifMatch: request))
        guard let seen else { throw WebError.preconditionNeeded }
        let uploads = try Self.takesFiles(move, &body)
        let form = CaseForm(
            fields: try fields(of: move, &body), files: try await cases.uploads(uploads, of: id, for: principal))
        try body.finish()
        let wording = site.wording(context)
        let answering = Answering<CaseSheet>(once) { sheet in
            Answer(.ok, .members(wording.wholeMembers(sheet)), version: Int64(sheet.current.version))
        }
        do {
            let seen = Int(exactly: seen) ?? -1
            guard let command = try form.command(move, zone: site.settings.zone) else {
                return Response(
                    try await cases.dispatch(
                        id, due: try form.fields.time("due", zone: site.settings.zone),
                        message: form.fields["text"] ?? "", seen: seen, by: principal, answering: answering))
            }
            return Response(
                try await cases.act(
                    command, on: id, seen: seen, uploads: uploads, by: principal, answering: answering))
        } catch SupervisionError.refused(.conflict(let current)) {
            return try await conflict(on: id, current, isByTag: isByTag, request, context)
        }
    }

    private static func takesFiles(_ move: CaseMove, _ body: inout JSONBody) throws(WebError) -> [AttachmentID] {
        guard move.takesFiles else { return [] }
        return try body.identifiers("files", atMost: CaseForm.mostFiles) ?? []
    }

    /// The members that this move takes, as the page's form would send them. Others are left, to be refused.
    private func fields(of move: CaseMove, _ body: inout JSONBody) throws(WebError) -> FormFields {
        var fields = FormFields()
        if move.takesText, let text = try body.text("text") { fields.append("text", text) }
        if move.dueLabel != nil, let due = try body.time("due", zone: site.settings.zone) {
            fields.append("due", "\(due.milliseconds)")
        }
        if move.takesMethod, let method = try body.choice("method", of: Inspection.Method.self) {
            fields.append("method", method.rawValue)
        }
        if move == .transfer, let office: TownshipID = try body.identifier("office") {
            fields.append("office", "\(office)")
        }
        return fields
    }

    /// Somebody was faster: the case as it is now, so that the asker can decide anew without asking again.
    func conflict(
        on id: CaseID, _ current: Int, isByTag: Bool, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let wording = site.wording(context)
        let sheet = try await site.supervision.cases.sheet(id, for: try context.principal())
        let problem = Problem(SupervisionError.refused(.conflict(current: current)), words: wording.words)
        let json = JSON.object([
            "error": .members(
                problem.members(request: context.requestID) + [("version", .integer(Int64(sheet.current.version)))]),
            "case": .members(wording.wholeMembers(sheet)),
        ])
        return Response(json, status: isByTag ? .preconditionFailed : .conflict)
    }

    /// Takes a file in, to be named by an act within a day.
    @Sendable private func upload(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: CaseID = try context.parameter("case")
        let cases = site.supervision.cases
        // Before anything is read: nobody fills the disk with what can't be named.
        try await cases.require(CaseMove.allCases.filter(\.takesFiles), on: id, for: principal)
        // Browsers send no such header to another site without asking: it stands in for a form's token.
        guard
            let name = request.headers[.fileName].map({ FormFields("name=" + $0.replacing("+", with: "%2B")) })?[
                "name"],
            !name.isEmpty
        else { throw WebError.badRequest("fileName") }
        guard let shelf = site.attachments else { throw WebError.evidenceMissing }
        if let length = request.headers[.contentLength].flatMap(Int.init), length > AttachmentShelf.largestBytes {
            throw CaseForm.FileFault(name: name, failure: .tooLarge)
        }
        try await cases.discardOldUploads { file in await Self.discard(file, shelf) }
        let file = try await Self.take(name, request.body, of: id, shelf, at: site.time.now())
        do {
            let once = try OnceRequest(request, context, body: Array("\(name)\n\(file.attachment.sha256)".utf8))
            let wording = site.wording(context)
            let answer = try await cases.keep(
                file, by: principal, answering: Answering(once) { Answer(.created, .members(wording.members($0))) })
            if answer.isReplayed { await Self.discard(file, shelf) }
            return Response(answer)
        } catch {
            await Self.discard(file, shelf)
            throw error
        }
    }

    private static func take(
        _ name: String, _ body: RequestBody, of id: CaseID, _ shelf: AttachmentShelf, at now: UTCTime
    ) async throws -> AttachmentFile {
        do {
            let incoming = try await blocking { () throws(AttachmentShelf.Failure) in try shelf.begin(at: now) }
            for try await piece in body {
                let bytes = Array(piece.readableBytesView)
                try await blocking { () throws(AttachmentShelf.Failure) in try incoming.write(bytes) }
            }
            return try await blocking { () throws(AttachmentShelf.Failure) in
                try incoming.finish(name, of: id, at: now)
            }
        } catch let failure as AttachmentShelf.Failure {
            throw CaseForm.FileFault(name: name, failure: failure)
        }
    }

    private static func discard(_ file: AttachmentFile, _ shelf: AttachmentShelf) async {
        try? await NIOThreadPool.singleton.runIfActive { shelf.discard(file) }
    }

    /// On a thread that may wait for the disk.
    private static func blocking<T: Sendable>(
        _ body: @escaping @Sendable () throws(AttachmentShelf.Failure) -> T
    ) async throws -> T {
        try await NIOThreadPool.singleton.runIfActive { try body() }
    }
}
