import Domain
import Hummingbird
import NIOCore
import NIOPosix
import Supervision

/// One entry of a register: its form, its papers, and every version of it.
struct RegisterEntryPages: Sendable {
    let site: Site
    private let files = FileIO()

    init(site: Site) { self.site = site }

    func add(to routes: RouterGroup<WebContext>) {
        for kind in RegisterKind.allCases {
            routes.get(SiteURL.register(.new(kind)).route) { request, context in
                try await showNew(kind, FormFields(), fault: nil, request, context)
            }
            routes.post(SiteURL.register(.new(kind)).route) { request, context in
                try await add(kind, request, context)
            }
        }
        routes.get(SiteURL.register(.entry(.key)).route) { request, context in
            try await show(nil, fault: nil, request, context)
        }
        routes.post(SiteURL.register(.entry(.key)).route, use: change)
        routes.post(SiteURL.register(.files(.key)).route, use: addFile)
        routes.get(SiteURL.register(.entryFile(.key, .key)).route, use: file)
    }

    private func showNew(
        _ kind: RegisterKind, _ fields: FormFields, fault: String?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        let schools = try await schools(kind, principal)
        let asked = (fields.text("school") ?? request.query.text("school")).flatMap { SchoolID($0) }
        if kind.isOfSchool {
            // One's own school needs no choice.
            let school = asked ?? (schools.count == 1 ? schools.first?.id : nil)
            if let school {
                try await site.supervision.registers.require(.keepRegisters, kind, at: school, for: principal)
            } else if !principal.maySomewhere(.keepRegisters) {
                throw WebError.notPermitted
            }
        } else {
            try await site.supervision.registers.require(.keepRegisters, kind, at: nil, for: principal)
        }
        let wording = site.wording(context)
        let page = RegisterEntryPage(
            kind: kind,
            values: Dictionary(fields.pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }),
            schools: kind.isOfSchool
                ? schools.map {
                    Choice(
                        value: "\($0.id)", label: $0.name, isSelected: $0.id == asked || schools.count == 1)
                } : [], fault: fault, wording: wording)
        return site.page(
            page, title: wording.words(kind), section: .registers, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    private func schools(_ kind: RegisterKind, _ principal: Principal) async throws -> [School] {
        guard kind.isOfSchool else { return [] }
        return try await site.supervision.places.tree(for: principal).map(\.school)
            .filter { principal.may(.keepRegisters, at: $0.path) }
    }

    private func add(_ kind: RegisterKind, _ request: Request, _ context: WebContext) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.keepRegisters),
            kind.isOfSchool || principal.may(Permission(.keepRegisters, at: .county))
        else { throw WebError.notPermitted }
        let fields = try await request.form(context)
        let words = site.words(context)
        do {
            var school: SchoolID?
            if kind.isOfSchool {
                guard let typed = fields.text("school").flatMap({ SchoolID($0) }) else {
                    throw SupervisionError.invalid(.school, .empty)
                }
                school = typed
            }
            let id = try await site.supervision.registers.add(
                kind, at: school, kind.typed(fields), by: principal)
            return .redirect(to: SiteURL.register(.entry(.value(id))).with([("done", "1")]))
        } catch let fault as RegisterFault {
            return try await showNew(kind, fields, fault: words(fault, of: kind), request, context)
        } catch SupervisionError.conflict(.nameTaken) {
            return try await showNew(kind, fields, fault: words("register.there"), request, context)
        } catch {
            guard let fault = words.mendable(error) else { throw error }
            return try await showNew(kind, fields, fault: fault, request, context)
        }
    }

    private func show(
        _ typed: [String: String]?, fault: String?, _ request: Request, _ context: WebContext,
        status: HTTPResponse.Status? = nil
    ) async throws -> Response {
        let sheet = try await site.supervision.registers.entry(
            try context.parameter("entry"), for: try context.principal())
        let wording = site.wording(context)
        let page = RegisterEntryPage(
            sheet, typed: typed, fault: fault, isSaved: request.query.flag("done"),
            takesFiles: site.attachments != nil, wording: wording)
        return site.page(
            page, title: "\(wording.words(sheet.entry.kind)) · \(sheet.entry.name(sheet.school, wording.words))",
            section: .registers, request: request, context: context,
            status: status ?? (fault == nil ? .ok : .unprocessableContent))
    }

    @Sendable private func change(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: RegisterEntryID = try context.parameter("entry")
        let registers = site.supervision.registers
        // A guessed entry is not there, whatever is sent to it.
        let kind = try await registers.entry(id, for: principal).entry.kind
        let fields = try await request.form(context)
        let typed = kind.typed(fields)
        do {
            try await registers.change(id, to: typed, seen: fields.text("seen").flatMap(Int.init), by: principal)
        } catch let fault as RegisterFault {
            return try await show(typed, fault: site.words(context)(fault, of: kind), request, context)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(typed, fault: fault, request, context, status: .conflict)
        }
        return .redirect(to: SiteURL.register(.entry(.value(id))).with([("done", "1")]))
    }

    @Sendable private func addFile(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: RegisterEntryID = try context.parameter("entry")
        let registers = site.supervision.registers
        // Before anything is read: nobody fills the disk with what can't be kept.
        do {
            try await registers.requireFile(to: id, for: principal)
            guard let shelf = site.attachments else { throw WebError.evidenceMissing }
            guard let file = try await RegisterUpload.read(request, shelf: shelf, at: site.time.now(), context: context)
            else { throw SupervisionError.invalid(.attachment, .empty) }
            do {
                try await registers.add(file, to: id, by: principal)
            } catch {
                try? await NIOThreadPool.singleton.runIfActive { shelf.discard(file) }
                throw error
            }
        } catch let fault as CaseForm.FileFault {
            return try await show(nil, fault: site.words(context)(fault), request, context)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(nil, fault: fault, request, context)
        }
        return .redirect(to: SiteURL.register(.entry(.value(id))).with([("done", "1")]))
    }

    /// As it was sent.
    @Sendable private func file(request: Request, context: WebContext) async throws -> Response {
        let file = try await site.supervision.registers.file(
            try context.parameter("file"), of: try context.parameter("entry"), for: try context.principal())
        guard let shelf = site.attachments else { throw WebError.evidenceMissing }
        let body: ResponseBody
        do {
            body = try await files.loadFile(path: shelf.path(of: file), context: context)
        } catch {
            throw WebError.evidenceMissing
        }
        guard body.contentLength == file.sizeBytes else { throw WebError.evidenceChanged }
        return Response(
            status: .ok,
            headers: [
                .contentType: file.mediaType, .cacheControl: "private, max-age=600",
                // Nothing that somebody sent is ever run by a browser in our name.
                .contentSecurityPolicy: "default-src 'none'; sandbox",
                .contentDisposition: Response.contentDisposition(file.name, isInline: true),
            ], body: body)
    }
}

extension RegisterKind {
    /// The fields of the register out of a form.
    fileprivate func typed(_ fields: FormFields) -> [String: String] {
        Dictionary(self.fields.map { ($0.name, fields[$0.name] ?? "") }, uniquingKeysWith: { first, _ in first })
    }
}
