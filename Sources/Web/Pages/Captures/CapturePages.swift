import Domain
import Hummingbird
import NIOCore
import Supervision

/// One capture with its evidence: the page, and the files.
struct CapturePages: Sendable {
    static let dataFile = "data.json"

    let site: Site
    private let files = FileIO()

    init(site: Site) { self.site = site }

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.capture(.key).route, use: show)
        routes.get(SiteURL.captureFile(.key, .key).route, use: file)
    }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: CaptureID = try context.parameter("capture")
        let captures = site.supervision.captures
        let record = try await captures.capture(id, for: principal)
        let sides = try await captures.neighbours(of: id, for: principal)
        let wording = site.wording(context)
        let mayJudge = principal.may(.judgeCaptures, at: record.path)
        let waiting =
            mayJudge ? try await captures.count(CaptureFilter(judged: .waiting), for: principal) : nil
        let page = try CapturePage(
            record, earlier: sides.earlier, later: sides.later,
            panel: VerdictPanel(
                record, earlier: sides.earlier, by: try await captures.judge(of: record)?.name, mayJudge: mayJudge,
                waiting: waiting, caseOf: try await site.supervision.cases.summary(of: id, for: principal),
                running: try await running(record, principal, mayJudge: mayJudge),
                undo: VerdictPanel.Undo(try await undone(request.query, principal), by: principal, wording),
                next: try await next(after: id, request.query, principal, mayJudge: mayJudge),
                handed: try await captures.handedTo(principal, id),
                colleagues: mayJudge ? try await captures.colleagues(for: id, of: principal) : [],
                mayOpen: principal.may(.openCase, at: record.path), query: request.query, wording: wording),
            desk: site.desk, wording: wording)
        return site.page(
            page, title: "\(page.card.itemWord) · \(page.camera)", section: .captures, request: request,
            context: context)
    }

    /// Cases that the capture can be more of, with the version that the reader sees.
    private func running(
        _ record: CaptureRecord, _ principal: Principal, mayJudge: Bool
    ) async throws -> [(CaseSummary, version: Int)] {
        guard mayJudge else { return [] }
        var running: [(CaseSummary, version: Int)] = []
        for summary in try await site.supervision.cases.running(like: record, for: principal).prefix(3) {
            let sheet = try await site.supervision.cases.sheet(summary.id, for: principal)
            running.append((summary, sheet.current.version))
        }
        return running
    }

    /// The capture that was judged just before this one was shown.
    private func undone(_ query: FormFields, _ principal: Principal) async throws -> CaptureRecord? {
        guard let id = query.text("undo").flatMap({ CaptureID($0) }) else { return nil }
        return try? await site.supervision.captures.capture(id, for: principal)
    }

    /// What comes after this one in triage, so that its picture is there when it is asked for.
    private func next(
        after id: CaptureID, _ query: FormFields, _ principal: Principal, mayJudge: Bool
    ) async throws -> CaptureRecord? {
        guard mayJudge, query.flag("triage"),
            let next = try await site.supervision.captures.nextWaiting(after: id, for: principal)
        else { return nil }
        return try await site.supervision.captures.capture(next, for: principal)
    }

    /// Evidence, whole or in part. Only what the records name is ever opened.
    @Sendable func file(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let record = try await site.supervision.captures.capture(
            try context.parameter("capture"), for: principal)
        let capture = record.capture
        let name: String = try context.parameter("file")
        if name == Self.dataFile {
            return Response(
                status: .ok, headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: try capture.dataText)))
        }
        guard let kind = EvidenceFile.Kind.allCases.first(where: { $0.fileName == name }), let file = record[kind]
        else { throw WebError.notFound }
        guard file.staysBelow else { throw WebError.evidenceMissing }
        let path = site.desk.evidenceRoot + "/" + file.path
        let whole: ResponseBody
        do {
            whole = try await files.loadFile(path: path, context: context)
        } catch {
            throw WebError.evidenceMissing
        }
        guard await site.desk.isIntact(file) else { throw WebError.evidenceChanged }
        let size = Int64(whole.contentLength ?? 0)
        let range = try ByteRange.parse(request.headers[.range], size: size)
        var headers: HTTPFields = [
            .contentType: kind.contentType, .acceptRanges: "bytes", .cacheControl: "private, max-age=600",
            .contentLength: "\(range?.count ?? Int(size))",
        ]
        if let range { headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)" }
        if request.method != .head { try await note(capture, kind, principal) }
        guard let range else { return Response(status: .ok, headers: headers, body: whole) }
        let part = try await files.loadFile(
            path: path, range: Int(range.lowerBound)...Int(range.upperBound - 1), context: context)
        return Response(status: .partialContent, headers: headers, body: part)
    }

    private func note(_ capture: Capture, _ kind: EvidenceFile.Kind, _ principal: Principal) async throws {
        let time = kind == .first ? capture.metAt : capture.bestAt
        let span =
            kind == .clip
            ? TimeSpan(start: time - .seconds(10), end: time + .seconds(10))
            : TimeSpan(start: time, duration: .milliseconds(1))
        try await site.supervision.footage.noteViewing(
            of: capture.camera, span: span, kind: kind == .clip ? .replay : .still, by: principal)
    }
}
