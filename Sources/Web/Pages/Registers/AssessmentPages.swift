import Documents
import Domain
import Hummingbird
import Supervision

/// 影响评估报告: an impact assessment as a paper, with the questions of the law and its version, to be signed and kept.
struct AssessmentPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) { routes.get(SiteURL.register(.document(.key)).route, use: show) }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await site.supervision.registers.entry(
            try context.parameter("entry"), for: try context.principal())
        let entry = sheet.entry
        guard entry.kind == .assessments else { throw WebError.notFound }
        let wording = site.wording(context)
        let words = wording.words
        let issuer = words("notice.issuer", ["territory": site.settings.territory])
        var blocks: [PDFBlock] = [
            .letterhead(issuer), .title(words("register.assessments.paper")),
            .paragraph([PDFSpan(entry.values["title"] ?? "")], style: .centered),
            .facts([
                PDFFact(words.field("doneOn", of: .assessments), entry.values["doneOn"] ?? "–"),
                PDFFact(words.field("assessor", of: .assessments), entry.values["assessor"] ?? "–"),
                PDFFact(words("register.version"), "\(entry.version)"),
                PDFFact(words("register.changed"), wording.exactMinute(entry.changedAt)),
            ]),
        ]
        for field in entry.kind.fields where !["title", "doneOn", "assessor"].contains(field.name) {
            blocks.append(.heading(words.field(field.name, of: .assessments)))
            let value = words.value(entry.values[field.name], of: field, in: .assessments)
            let paragraphs =
                value.isEmpty ? [words("register.notAnswered")] : value.split(separator: "\n").map(String.init)
            blocks += paragraphs.map { .paragraph([PDFSpan($0)]) }
        }
        blocks.append(.signatures([PDFSignature(words("notice.signed")), PDFSignature(words("notice.signedAt"))]))
        blocks.append(
            .paragraph(
                [PDFSpan(words("register.keptYears", ["years": "\(RegisterKind.keptYears)"]))], style: .note))
        let document = PDFDocument(
            title: entry.values["title"] ?? "", author: issuer, created: entry.changedAt, zone: site.settings.zone,
            pageLabel: words("notice.page", ["page": "{page}", "pages": "{pages}"]), numbering: words.numbering,
            blocks: blocks)
        return try await site.paper("\(words("register.assessments.paper"))-\(entry.version)", "assessment") {
            try document.rendered()
        }
    }
}
