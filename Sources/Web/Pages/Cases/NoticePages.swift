import Documents
import Domain
import Glibc
import Hummingbird
import Supervision

/// 抄告件: the numbered notice of a case, to be printed, with a QR code that leads to the case.
struct NoticePages: Sendable {
    private static let mostPictures = 4
    private static let largestPicture = 8 << 20

    let site: Site

    func add(to routes: RouterGroup<WebContext>) { routes.get(SiteURL.caseNotice(.key).route, use: show) }

    @Sendable func show(request: Request, context: WebContext) async throws -> Response {
        let id: CaseID = try context.parameter("case")
        let sheet = try await site.supervision.cases.sheet(id, for: try context.principal())
        let wording = site.wording(context)
        guard let sent = sheet.history.last(where: { $0.event.change.isDispatch }),
            let number = sheet.current.notices.last
        else { throw WebError.notFound }
        let pictures = sheet.captures.prefix(Self.mostPictures).compactMap { record in
            (record[.first] ?? record[.picture]).map { file in
                (path: "\(site.desk.evidenceRoot)/\(file.path)", caption: caption(record, wording))
            }
        }
        let document = try document(
            sheet, sent, number, address: address(of: id, request), wording: wording, pictures: [])
        return try await site.paper("\(number)", "notice") {
            var whole = document
            whole.add(
                pictures: pictures.compactMap { picture in
                    Self.read(picture.path).map { PDFPicture($0, caption: picture.caption) }
                }, heading: wording.words("notice.pictures"))
            return try whole.rendered()
        }
    }

    private func document(
        _ sheet: CaseSheet, _ sent: CaseSheet.Act, _ number: NoticeNumber, address: String, wording: Wording,
        pictures: [PDFPicture]
    ) throws -> NoticeDocument {
        let words = wording.words
        let issuer = words("notice.issuer", ["territory": site.settings.territory])
        let matter = words(sheet.summary.matter)
        let due = sheet.clocks.last { $0.kind == .rectify }
        let acknowledge = sheet.clocks.last { $0.kind == .acknowledge }
        var facts = [
            PDFFact(words("fact.school"), sheet.summary.school.name),
            PDFFact(words("field.matter"), "\(matter)（\(words(sheet.current.grade))）"),
        ]
        if let area = sheet.area { facts.append(PDFFact(words("fact.area"), wording.area(area))) }
        let found =
            sheet.captures.first?.capture.metAt ?? sheet.current.opening.patrol?.time
            ?? sheet.current.opening.finding?.time
        if let found { facts.append(PDFFact(words("notice.foundAt"), wording.exactMinute(found))) }
        facts.append(
            PDFFact(
                words("cases.office"),
                wording.body(sheet.current.handler, schools: sheet.schools, offices: sheet.offices)))
        if let acknowledge { facts.append(PDFFact(words("clock.acknowledge"), wording.exactMinute(acknowledge.due))) }
        if let due { facts.append(PDFFact(words("clock.rectify"), wording.exactMinute(due.due))) }
        var copies: [Body] = [.educationBureau, .school(sheet.summary.school.id)]
        if sheet.current.office != nil { copies.insert(sheet.current.handler, at: 0) }
        let receivers = copies.map { wording.body($0, schools: sheet.schools, offices: sheet.offices) }
        var before: [PDFBlock] = [
            .letterhead(issuer), .title(words("notice.title")), .reference("\(number)"),
            .paragraph([PDFSpan("\(sheet.summary.school.name)：")], style: .plain),
            .paragraph([
                PDFSpan(
                    words(
                        "notice.body",
                        ["matter": matter, "due": due.map { wording.exactMinute($0.due) } ?? "–"]))
            ]),
            .heading(words("case.facts")), .facts(facts),
        ]
        let texts = sent.event.texts.filter { $0 != "\(number)" }
        let note = ([sheet.current.opening.note] + texts).filter { !$0.isEmpty }
        if !note.isEmpty {
            before.append(.heading(words("notice.note")))
            before += note.map { .paragraph([PDFSpan($0)]) }
        }
        let after: [PDFBlock] = [
            .qrCode(try QRCode(address), caption: words("notice.qr")),
            .signatures(
                [PDFSignature(issuer, ""), PDFSignature(wording.exactMinute(sent.event.time), "")],
                stamp: words("notice.stamp")),
            .signatures([PDFSignature(words("notice.signed")), PDFSignature(words("notice.signedAt"))]),
            .paragraph(
                [PDFSpan(words("notice.copies", ["bodies": receivers.joined(separator: words("list.comma"))]))],
                style: .note),
        ]
        return NoticeDocument(
            title: "\(words("notice.title")) \(number)", author: issuer, created: sent.event.time,
            zone: site.settings.zone, number: "\(number)",
            pageLabel: words("notice.page", ["page": "{page}", "pages": "{pages}"]), numbering: words.numbering,
            before: before, after: after
        )
    }

    private func caption(_ record: CaptureRecord, _ wording: Wording) -> String {
        let place = "\(wording.area(record.area)) · \(record.cameraName)"
        let simulated = record.isSimulated ? " · \(wording.words("camera.simulated"))" : ""
        return "\(wording.words(record.capture.item)) · \(place) · \(wording.exact(record.capture.metAt))\(simulated)"
    }

    /// Where this site was asked for: what a phone that reads the code will open.
    private func address(of id: CaseID, _ request: Request) -> String {
        let scheme = site.settings.usesSecureCookies ? "https" : "http"
        return "\(scheme)://\(request.head.authority ?? "localhost")\(SiteURL.casePage(.value(id)).path)"
    }

    /// nil = it can't be read: the notice goes without it, the page of the case says why.
    private static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { break }
            bytes += buffer[..<count]
            guard bytes.count <= largestPicture else { return nil }
        }
        return bytes.isEmpty ? nil : bytes
    }
}

/// A notice whose pictures have still to be read.
private struct NoticeDocument: Sendable {
    let title: String
    let author: String
    let created: UTCTime
    let zone: TerritoryZone
    let number: String
    let pageLabel: String
    let numbering: PDFDocument.Numbering
    var before: [PDFBlock]
    let after: [PDFBlock]

    mutating func add(pictures: [PDFPicture], heading: String) {
        guard !pictures.isEmpty else { return }
        before += [.heading(heading), .pictures(pictures)]
    }

    func rendered() throws(PDFError) -> [UInt8] {
        try PDFDocument(
            title: title, author: author, created: created, zone: zone, number: number, pageLabel: pageLabel,
            numbering: numbering, blocks: before + after
        ).rendered()
    }
}

extension CaseChange {
    fileprivate var isDispatch: Bool {
        if case .dispatched = self { true } else { false }
    }
}
