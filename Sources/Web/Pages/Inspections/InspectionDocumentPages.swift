import Cameras
import Documents
import Domain
import Glibc
import Hummingbird
import Supervision

/// 现场检查记录: the result on paper, with pictures, both signatures, and a code that leads to the inspection.
struct InspectionDocumentPages: Sendable {
    private static let mostPictures = 20

    let site: Site

    @Sendable func show(request: Request, context: WebContext) async throws -> Response {
        let id: SpotInspectionID = try context.parameter("inspection")
        let sheet = try await site.supervision.inspections.sheet(id, for: try context.principal())
        guard let report = sheet.inspection.report, let shelf = site.attachments else { throw WebError.notFound }
        let document = InspectionDocument(
            sheet, report, territory: site.settings.territory, address: address(of: id, request),
            site.wording(context))
        var thumbnails: [PDFPicture] = []
        for (file, caption) in document.photos.prefix(Self.mostPictures) {
            guard let bytes = try? await Thumbnail.jpeg(path: shelf.path(of: file), isVideo: false) else { continue }
            thumbnails.append(PDFPicture(bytes, caption: caption))
        }
        // What can't be decoded is left out rather than the whole document.
        var signed: [(path: String, caption: String)] = []
        for (file, caption) in document.signatures {
            let path = shelf.path(of: file)
            if (try? await Thumbnail.jpeg(path: path, isVideo: false)) != nil { signed.append((path, caption)) }
        }
        let (pictures, readable) = (thumbnails, signed)
        return try await site.paper("\(document.number)", "inspection sheet") {
            let signatures = readable.compactMap { path, caption in
                Self.read(path).map { PDFPicture($0, caption: caption) }
            }
            return try document.rendered(pictures, signatures: signatures)
        }
    }

    /// Where this site was asked for: what a phone that reads the code will open.
    private func address(of id: SpotInspectionID, _ request: Request) -> String {
        let scheme = site.settings.usesSecureCookies ? "https" : "http"
        return "\(scheme)://\(request.head.authority ?? "localhost")\(SiteURL.inspection(.sheet(.value(id))).path)"
    }

    /// A signature is small; nil = it can't be read.
    private static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&buffer, 1, buffer.count, file)
        return count > 0 && count < buffer.count ? Array(buffer[..<count]) : nil
    }
}

/// What stands on the paper.
struct InspectionDocument: Sendable {
    private let sheet: InspectionSheet
    private let report: InspectionReport
    private let territory: String
    private let address: String
    private let wording: Wording
    private let view: InspectionItems

    init(
        _ sheet: InspectionSheet, _ report: InspectionReport, territory: String, address: String, _ wording: Wording
    ) {
        self.sheet = sheet
        self.report = report
        self.territory = territory
        self.address = address
        self.wording = wording
        view = InspectionItems(sheet, wording)
    }

    private var words: Words { wording.words }

    /// The day and the identifier's last six digits.
    var number: String {
        "\(String(wording.exact(report.received).prefix(10)).replacing("-", with: ""))-"
            + "\(sheet.inspection.id)".suffix(6)
    }

    /// Those of what failed first.
    var photos: [(file: InspectionFile, caption: String)] {
        let items = sheet.template.items
        let failed = items.filter { report[$0.code]?.extent != nil }
        let rest = items.filter { report[$0.code]?.extent == nil }
        return (failed + rest).flatMap { item in
            (report[item.code]?.photos ?? []).compactMap { id in
                sheet.files[id].map { ($0, words(item.title)) }
            }
        }
    }

    var signatures: [(file: InspectionFile, caption: String)] {
        var all: [(InspectionFile, String)] = []
        func add(_ id: InspectionFileID, _ who: String, _ name: String) {
            if let file = sheet.files[id] {
                all.append((file, words("inspection.signedBy", ["who": who, "name": name])))
            }
        }
        add(report.inspectorSignature, words("inspection.inspector"), sheet.people[report.by] ?? "–")
        if case .signed(let file, let name) = report.schoolSignature {
            add(file, words("inspection.schoolSigner"), name)
        }
        return all
    }

    func rendered(_ pictures: [PDFPicture], signatures: [PDFPicture]) throws -> [UInt8] {
        let issuer = words("notice.issuer", ["territory": territory])
        var blocks: [PDFBlock] = [
            .letterhead(issuer), .title(words("inspection.document.title")), .reference(number),
            .facts(
                [
                    PDFFact(words("fact.school"), sheet.summary.school.name),
                    PDFFact(words("inspection.document.result"), result),
                ] + view.facts.map { PDFFact($0.name, $0.value) }),
            .heading(words("inspection.document.items")), .table(table),
        ]
        if !report.remark.isEmpty {
            blocks += [.heading(words("inspection.remark")), .paragraph([PDFSpan(report.remark)])]
        }
        if !pictures.isEmpty { blocks += [.heading(words("inspection.document.photos")), .pictures(pictures)] }
        blocks.append(.heading(words("inspection.document.signatures")))
        if !signatures.isEmpty { blocks.append(.pictures(signatures)) }
        if case .refused(let reason) = report.schoolSignature {
            blocks.append(.paragraph([PDFSpan(words("inspection.notSigned", ["reason": reason]))], style: .plain))
        }
        blocks += [
            .qrCode(try QRCode(address), caption: words("inspection.document.qr")),
            .paragraph([PDFSpan(words("inspection.document.means"))], style: .note),
        ]
        return try PDFDocument(
            title: "\(words("inspection.document.title")) \(number)", author: issuer, created: report.received,
            zone: wording.zone, number: number,
            pageLabel: words("notice.page", ["page": "{page}", "pages": "{pages}"]), numbering: words.numbering,
            blocks: blocks
        ).rendered()
    }

    private var result: String {
        guard let result = sheet.summary.result else { return "–" }
        let grade = words(
            "inspection.document.grade", ["grade": words(result.grade), "points": wording.count(result.points)])
        return sheet.standing == .underReview ? "\(grade) · \(words("inspection.standing.underReview"))" : grade
    }

    private var table: PDFTable {
        PDFTable(
            columns: [
                PDFTable.Column(words("ledger.sequence"), weight: 0.5, alignment: .center),
                PDFTable.Column(words("checklist.item"), weight: 2),
                PDFTable.Column(words("inspection.document.outcome"), weight: 1.7),
                PDFTable.Column(words("inspection.document.pointsColumn"), weight: 0.7, alignment: .trailing),
                PDFTable.Column(words("field.note"), weight: 2.6), PDFTable.Column(words("checklist.law"), weight: 2.4),
            ],
            rows: sheet.template.items.enumerated().compactMap { index, item in
                guard let answer = report[item.code] else { return nil }
                let wasRevoked = sheet.inspection.decision?.items.contains(item.code) == true
                let points = wasRevoked ? nil : answer.extent.map { $0 * item.severity.points }
                return [
                    "\(index + 1)", words(item.title), view.outcome(answer, wasRevoked: wasRevoked),
                    points.map { "\($0)" } ?? "0", answer.note, words(item.law),
                ]
            })
    }
}
