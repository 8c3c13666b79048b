import Documents
import Domain
import Hummingbird
import NIOCore
import Supervision

/// 办结证明: all captures of a span and how each ended, made anew from the ledger: a page, a table and a file that
/// anybody can make again.
struct ProofPages: Sendable {
    private static let pageSize = 200

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.proof.route, use: show)
        for format in TableExport.Format.allCases {
            routes.get(SiteURL.proofTable(format).route) { request, context in
                try await table(format, request, context)
            }
        }
        routes.get(SiteURL.proofFile.route, use: file)
    }

    private func question(_ query: FormFields, _ wording: Wording) async throws -> ProofQuestion {
        let span = try query.daySpan(zone: site.settings.zone) ?? FiguresPages.span(days: 30, wording)
        guard span.duration <= .seconds(370 * 86_400) else { throw WebError.spanTooLong(maximumHours: 370 * 24) }
        var school: SchoolID?
        if let text = query.text("school") {
            guard let id = SchoolID(text) else { throw WebError.notFound }
            school = id
        }
        var head = try await site.supervision.cases.ledgerHead()
        // A proof that was made before is made again as the ledger was then.
        if let text = query.text("until") {
            guard let sequence = Int64(text), sequence > 0, let now = head, sequence <= now.sequence else {
                throw WebError.badRequest("number")
            }
            head = try await site.supervision.cases.ledgerHead(at: sequence)
        }
        let dates = FiguresPages.dates(span, wording)
        return ProofQuestion(
            span: span, school: school, head: head,
            pairs: [
                ("from", dates.from), ("to", dates.to), ("school", query.text("school")),
                ("until", head.map { "\($0.sequence)" }),
            ])
    }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.lookAtCases) else { throw WebError.notPermitted }
        let wording = site.wording(context)
        let words = wording.words
        let question = try await question(request.query, wording)
        let trees = try await site.supervision.places.tree(for: principal)
        let names = PlaceNames(trees, wording)
        var count = OutcomeCount()
        var open: [ProofPage.Row] = []
        var ended: [ProofPage.Row] = []
        var reading = ProofReading(site.supervision.cases, question, principal)
        while let rows = try await reading.next() {
            for row in rows {
                count.counts[row.outcome, default: 0] += 1
                if row.outcome.isHandled {
                    if ended.count < Self.pageSize { ended.append(ProofPage.Row(row, names, wording)) }
                } else if open.count < Self.pageSize {
                    open.append(ProofPage.Row(row, names, wording))
                }
            }
        }
        let dates = FiguresPages.dates(question.span, wording)
        let page = ProofPage(
            from: dates.from, to: dates.to,
            schools: trees.map {
                Choice(value: "\($0.school.id)", label: $0.school.name, isSelected: $0.school.id == question.school)
            },
            finding: words(
                "proof.finding",
                ["captured": wording.count(count.captured), "handled": wording.count(count.handled)]),
            isWhole: count.captured == count.handled,
            counts: CaptureOutcome.allCases.filter { count[$0] > 0 }.map {
                FiguresPage.Outcome(
                    label: words("outcome.\($0.rawValue)"), count: wording.count(count[$0]),
                    means: words("outcome.\($0.rawValue).means"), isHandled: $0.isHandled)
            }, open: open, ended: ended, hasOpen: !open.isEmpty, hasEnded: !ended.isEmpty,
            isCut: count.captured > open.count + ended.count, head: question.head.map { "\($0.sequence)" } ?? "0",
            hash: question.head?.hash.hexadecimal ?? "–", made: wording.exact(wording.now),
            tableAddress: SiteURL.proofTable(.csv).with(question.pairs),
            sheetAddress: SiteURL.proofTable(.xlsx).with(question.pairs),
            fileAddress: SiteURL.proofFile.with(question.pairs),
            again: SiteURL.proof.with(question.pairs))
        return site.page(
            page, title: words("proof.title"), section: .insight, request: request, context: context)
    }

    private func table(
        _ format: TableExport.Format, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.lookAtCases) else { throw WebError.notPermitted }
        let wording = site.wording(context)
        let question = try await question(request.query, wording)
        return TableExport(
            title: wording.words("proof.title"), columns: ProofTable.columns(wording), format: format,
            zone: site.settings.zone, now: wording.now
        ).response(
            ProofTable(
                reading: ProofReading(site.supervision.cases, question, principal),
                names: PlaceNames(try await site.supervision.places.tree(for: principal), wording), wording: wording))
    }

    /// JSON lines: first what it binds, then each capture with the ledger's entries that say so.
    @Sendable private func file(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.lookAtCases) else { throw WebError.notPermitted }
        let wording = site.wording(context)
        let question = try await question(request.query, wording)
        let head = JSON.object([
            "from": .integer(question.span.start.milliseconds), "to": .integer(question.span.end.milliseconds),
            "school": .string(question.school.map { "\($0)" }),
            // The last entry of the ledger that counts, and its hash.
            "ledgerSequence": .integer(question.head?.sequence),
            "ledgerSHA256": .string(question.head?.hash.hexadecimal),
        ])
        let body = ResponseBody { writer in
            var first = head.text + "\n"
            var reading = ProofReading(site.supervision.cases, question, principal)
            while let rows = try await reading.next() {
                for row in rows { first += row.json.text + "\n" }
                try await writer.write(ByteBuffer(string: first))
                first = ""
            }
            if !first.isEmpty { try await writer.write(ByteBuffer(string: first)) }
            try await writer.finish(nil)
        }
        let name = "\(wording.words("proof.title"))-\(site.settings.zone.civil(wording.now).date).json"
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/x-ndjson; charset=utf-8",
                .contentDisposition: Response.contentDisposition(name), .cacheControl: "no-store",
            ], body: body)
    }
}

/// What a proof is asked for.
struct ProofQuestion: Sendable {
    let span: TimeSpan
    let school: SchoolID?
    let head: LedgerHead?
    let pairs: [(name: String, value: String?)]
}

/// The rows in pages, newest first.
struct ProofReading: Sendable {
    let cases: Cases
    let question: ProofQuestion
    let principal: Principal
    private var before: Int64?
    private var hasEnded = false

    init(_ cases: Cases, _ question: ProofQuestion, _ principal: Principal) {
        self.cases = cases
        self.question = question
        self.principal = principal
    }

    mutating func next() async throws -> [ClosureRow]? {
        guard !hasEnded, let head = question.head else { return nil }
        let (rows, next) = try await cases.closure(
            of: question.span, school: question.school, until: head, before: before, limit: 1000, for: principal)
        before = next
        hasEnded = next == nil
        return rows
    }
}

/// The proof as rows of a file.
private struct ProofTable: TablePages {
    var reading: ProofReading
    let names: PlaceNames
    let wording: Wording

    static func columns(_ wording: Wording) -> [TableColumn] {
        let words = wording.words
        return [
            TableColumn(words("captures.id"), width: 38), TableColumn(words("captures.item")),
            TableColumn(words("fact.school"), width: 28), TableColumn(words("fact.camera"), width: 20),
            TableColumn(words("proof.made"), .dateTime(wording.zone)), TableColumn(words("proof.outcome")),
            TableColumn(words("verdict.title")), TableColumn(words("proof.case"), width: 38),
            TableColumn(words("field.state")), TableColumn(words("proof.madeBy"), .integer),
            TableColumn(words("proof.judgedBy"), .integer), TableColumn(words("proof.caseBy"), .integer),
        ]
    }

    mutating func next() async throws -> [[TableValue]]? {
        guard let rows = try await reading.next() else { return nil }
        let words = wording.words
        func entry(_ sequence: Int64?) -> TableValue { sequence.map { .integer(Int($0)) } ?? .empty }
        return rows.map { row in
            [
                .text("\(row.capture)"), .text(words(row.item)), .text(names.school(row.place?.school)),
                .text(names.camera(row.camera)), .time(row.time), .text(words("outcome.\(row.outcome.rawValue)")),
                .text(row.verdict.map { words($0) } ?? ""), .text(row.caseID.map { "\($0)" } ?? ""),
                .text(row.caseState.map { words($0) } ?? ""), entry(row.madeBy), entry(row.judgedBy), entry(row.caseBy),
            ]
        }
    }
}

extension ClosureRow {
    /// Times are UTC milliseconds, entries the ledger's sequences.
    fileprivate var json: JSON {
        .object([
            "capture": .string("\(capture)"), "item": .string(item.rawValue), "camera": .string("\(camera)"),
            "time": .integer(time.milliseconds), "outcome": .string(outcome.rawValue),
            "isHandled": .bool(outcome.isHandled), "captureEntry": .integer(madeBy), "verdictEntry": .integer(judgedBy),
            "case": .string(caseID.map { "\($0)" }), "caseState": .string(caseState?.rawValue),
            "caseEntry": .integer(caseBy),
        ])
    }
}

/// Names of schools and cameras.
struct PlaceNames: Sendable {
    private var schools: [SchoolID: String] = [:]
    private var cameras: [CameraID: String] = [:]

    init(_ trees: [SchoolTree], _ wording: Wording) {
        for tree in trees {
            schools[tree.school.id] = tree.school.name
            for area in tree.areas {
                for camera in area.cameras { cameras[camera.id] = "\(wording.area(area.area)) · \(camera.name)" }
            }
        }
    }

    func school(_ id: SchoolID?) -> String { id.flatMap { schools[$0] } ?? "–" }
    func camera(_ id: CameraID) -> String { cameras[id] ?? "…\("\(id)".suffix(6))" }
}

struct ProofPage: Page {
    struct Row: Sendable {
        let address: String
        let item: String
        let place: String
        let time: Moment
        let outcome: String
        let style: String
        let caseAddress: String?
        let entries: String

        init(_ row: ClosureRow, _ names: PlaceNames, _ wording: Wording) {
            let words = wording.words
            address = SiteURL.capture(.value(row.capture)).path
            item = words(row.item)
            place = "\(names.school(row.place?.school)) · \(names.camera(row.camera))"
            time = wording.moment(row.time)
            outcome = words("outcome.\(row.outcome.rawValue)")
            style = row.outcome.rawValue
            caseAddress = row.caseID.map { SiteURL.casePage(.value($0)).path }
            entries = [row.madeBy, row.judgedBy, row.caseBy].compactMap { $0.map { "\($0)" } }.joined(separator: " → ")
        }
    }

    static let template = "proof"
    let from: String
    let to: String
    let schools: [Choice]
    let finding: String
    let isWhole: Bool
    let counts: [FiguresPage.Outcome]
    let open: [Row]
    let ended: [Row]
    let hasOpen: Bool
    let hasEnded: Bool
    /// The page shows the newest of each; the files have all.
    let isCut: Bool
    let head: String
    let hash: String
    let made: String
    let tableAddress: String
    let sheetAddress: String
    let fileAddress: String
    let again: String
}
