import Domain
import Hummingbird
import Supervision

/// 检查表: what is looked at, and one item's form. Each change makes the next version.
struct ChecklistPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.inspection(.checklist).route, use: show)
        routes.get(SiteURL.inspection(.checklistItem).route) { request, context in
            try await form(request.query.text("code") ?? "", nil, fault: nil, request, context)
        }
        routes.post(SiteURL.inspection(.checklistItem).route, use: change)
    }

    private static let permission = Permission(.planInspections, at: .county)

    private func template(_ context: WebContext) async throws -> InspectionTemplate {
        guard let first = try await site.supervision.inspections.templates(for: try context.principal()).first else {
            throw WebError.notFound
        }
        return first
    }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let template = try await template(context)
        let mayChange = try context.principal().may(Self.permission)
        let page = ChecklistPage(template, mayChange: mayChange, site.wording(context))
        return site.page(
            page, title: site.words(context)("checklist.title"), section: .inspections, request: request,
            context: context)
    }

    /// - Parameter code: Empty = a new one.
    private func form(
        _ code: String, _ typed: FormFields?, fault: String?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        try context.require(Self.permission)
        let template = try await template(context)
        guard code.isEmpty || template[code] != nil else { throw WebError.notFound }
        let page = ChecklistItemPage(
            template[code], typed, version: template.version.number, fault: fault, site.wording(context))
        return site.page(
            page, title: page.heading, section: .inspections, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func change(request: Request, context: WebContext) async throws -> Response {
        try context.require(Self.permission)
        let fields = try await request.form(context)
        var template = try await template(context)
        let code = fields["code"] ?? ""
        do {
            guard fields["version"] == "\(template.version.number)" else {
                throw SupervisionError.conflict(.changedMeanwhile)
            }
            let index = template.items.firstIndex { $0.code == code }
            guard code.isEmpty || index != nil else { throw WebError.notFound }
            if let index, fields.flag("remove") {
                template.items.remove(at: index)
            } else {
                guard let severity = InspectionTemplate.Severity(rawValue: fields["severity"] ?? ""),
                    let photo = InspectionTemplate.Photo(rawValue: fields["photo"] ?? "")
                else { throw WebError.badRequest("choice") }
                func text(_ name: String) -> InspectionText {
                    InspectionText(fields.text("\(name).zh") ?? "", fields.text("\(name).en") ?? "")
                }
                let item = InspectionTemplate.Item(
                    code.isEmpty ? template.freeCode : code, severity, photo: photo, title: text("title"),
                    requirement: text("requirement"), law: text("law"))
                if let index { template.items[index] = item } else { template.items.append(item) }
            }
            try await site.supervision.inspections.change(template, by: try context.principal())
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await form(code, fields, fault: fault, request, context)
        }
        return .redirect(to: SiteURL.inspection(.checklist).path)
    }
}

extension InspectionTemplate {
    /// The first of `x1`, `x2` … that no item has.
    fileprivate var freeCode: String { (1...).lazy.map { "x\($0)" }.first { self[$0] == nil } ?? "x" }
}

struct ChecklistPage: Page {
    struct Row: Sendable {
        let number: String
        let title: String
        let requirement: String
        let law: String
        let severity: String
        let severityStyle: String
        let photo: String
        let editAddress: String?
    }

    static let template = "checklist"
    let name: String
    let facts: [String]
    let rows: [Row]
    let addAddress: String?

    init(_ template: InspectionTemplate, mayChange: Bool, _ wording: Wording) {
        let words = wording.words
        name = words(template.name)
        let scale = template.scale
        facts = [
            words(
                "checklist.count",
                ["count": wording.count(template.items.count), "version": "\(template.version.number)"]),
            words("checklist.pointsMean"),
            words("checklist.scale", ["a": "\(scale.a)", "b": "\(scale.b)", "c": "\(scale.c)"]),
        ]
        rows = template.items.enumerated().map { index, item in
            Row(
                number: "\(index + 1)", title: words(item.title), requirement: words(item.requirement),
                law: words(item.law),
                severity: words(
                    "checklist.severityPoints",
                    [
                        "severity": words("checklist.severity.\(item.severity.rawValue)"),
                        "points": "\(item.severity.points)",
                    ]), severityStyle: item.severity.rawValue, photo: words("checklist.photo.\(item.photo.rawValue)"),
                editAddress: mayChange ? SiteURL.inspection(.checklistItem).with([("code", item.code)]) : nil)
        }
        addAddress = mayChange ? SiteURL.inspection(.checklistItem).path : nil
    }
}

struct ChecklistItemPage: Page {
    static let template = "checklist-item"
    let heading: String
    let fault: String?
    let code: String
    let version: String
    let titleChinese: String
    let titleEnglish: String
    let requirementChinese: String
    let requirementEnglish: String
    let lawChinese: String
    let lawEnglish: String
    let severities: [Choice]
    let photos: [Choice]
    let mayRemove: Bool

    init(_ item: InspectionTemplate.Item?, _ typed: FormFields?, version: Int, fault: String?, _ wording: Wording) {
        let words = wording.words
        heading = item.map { words($0.title) } ?? words("checklist.add")
        self.fault = fault
        code = item?.code ?? ""
        self.version = "\(version)"
        titleChinese = typed?["title.zh"] ?? item?.title.chinese ?? ""
        titleEnglish = typed?["title.en"] ?? item?.title.english ?? ""
        requirementChinese = typed?["requirement.zh"] ?? item?.requirement.chinese ?? ""
        requirementEnglish = typed?["requirement.en"] ?? item?.requirement.english ?? ""
        lawChinese = typed?["law.zh"] ?? item?.law.chinese ?? ""
        lawEnglish = typed?["law.en"] ?? item?.law.english ?? ""
        let severity = typed?["severity"] ?? (item?.severity ?? .general).rawValue
        severities = InspectionTemplate.Severity.allCases.map {
            Choice(
                value: $0.rawValue,
                label: words(
                    "checklist.severityPoints",
                    ["severity": words("checklist.severity.\($0.rawValue)"), "points": "\($0.points)"]),
                isSelected: $0.rawValue == severity)
        }
        let photo = typed?["photo"] ?? (item?.photo ?? .whenFailing).rawValue
        photos = InspectionTemplate.Photo.allCases.map {
            Choice(
                value: $0.rawValue, label: words("checklist.photo.\($0.rawValue)"), isSelected: $0.rawValue == photo)
        }
        mayRemove = item != nil
    }
}
