import Cameras
import Domain
import Hummingbird
import NIOPosix
import Supervision

/// 我要反映: what everybody may send without an account, and where they find the answer.
struct PublicConcernPages: Sendable {
    let site: Site
    private let budget = PhotoBudget()

    init(site: Site) { self.site = site }

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.concern(.form(.key)).route, use: ask)
        routes.post(SiteURL.concern(.form(.key)).route, use: send)
        routes.get(SiteURL.concern(.find).route, use: find)
        routes.get(SiteURL.concern(.follow(.key)).route, use: follow)
        routes.post(SiteURL.concern(.add(.key)).route, use: add)
        routes.post(SiteURL.concern(.withdraw(.key)).route, use: withdraw)
    }

    @Sendable private func ask(request: Request, context: WebContext) async throws -> Response {
        try await form(FormFields(), fault: nil, request, context)
    }

    private func form(
        _ fields: FormFields, fault: String?, photosLost: Bool = false, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let code: PublicCode = try context.parameter("code")
        let school = try await site.supervision.concerns.school(of: code)
        let words = site.words(context)
        let isParent = try await site.parent(request)?.school.id == school.id
        let page = ConcernFormPage(
            school: school.name, address: SiteURL.publicPage(.value(code)).path,
            action: SiteURL.concern(.form(.value(code))).path, text: fields["text"] ?? "",
            contact: fields["contact"] ?? "", fault: fault, photosLost: photosLost,
            isParent: isParent, takesPhotos: site.attachments != nil, textMost: "\(Concern.textLength.upperBound)",
            textLeast: "\(Concern.textLength.lowerBound)", contactMost: "\(Concern.longestContact)",
            photosHint: words("concern.photosHint", ["count": "\(Concern.mostPhotos)"]))
        return site.page(
            page, title: words("concern.formTitle", ["school": school.name]), request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func send(request: Request, context: WebContext) async throws -> Response {
        let code: PublicCode = try context.parameter("code")
        let concerns = site.supervision.concerns
        // What isn't there is not read at length.
        _ = try await concerns.school(of: code)
        let budget = budget.share()
        let form = try await PhotoForm.read(
            request, most: Concern.mostPhotos, budget: budget, context: context)
        // A field that people don't see: whoever fills it is none.
        guard form.fields.text("website") == nil else {
            return .redirect(to: SiteURL.publicPage(.value(code)).path)
        }
        let words = site.words(context)
        func again(_ fault: String) async throws -> Response {
            try await self.form(
                form.fields, fault: fault, photosLost: !form.photos.isEmpty || form.isTooMuch, request, context)
        }
        guard !form.isTooMuch else {
            return try await again(words("concern.photosFault", ["count": "\(Concern.mostPhotos)"]))
        }
        var draft = ConcernDraft(text: form.fields["text"] ?? "", contact: form.fields["contact"] ?? "")
        do {
            try concerns.check(draft)
            try await concerns.admit(to: code, from: context.remoteAddress)
        } catch SupervisionError.tooManyAttempts(let wait) {
            return try await again(words("concern.tooMany", ["time": words(wait)]))
        } catch {
            guard let fault = words.mendable(error) else { throw error }
            return try await again(fault)
        }
        let parent = try await site.parent(request)?.parent.id
        guard let shelf = site.attachments.map(ConcernShelf.init(beside:)) else {
            return .redirect(to: sent(try await concerns.submit(draft, to: code, of: parent)))
        }
        do {
            for bytes in form.photos {
                let now = site.time.now()
                let jpeg = try await PlainPhoto.jpeg(of: bytes)
                draft.photos.append(
                    try await NIOThreadPool.singleton.runIfActive { try shelf.keep(jpeg, at: now) })
            }
            return .redirect(to: sent(try await concerns.submit(draft, to: code, of: parent)))
        } catch {
            let photos = draft.photos
            try? await NIOThreadPool.singleton.runIfActive { shelf.discard(photos) }
            guard !(error is SupervisionError) else { throw error }
            guard error is AttachmentShelf.Failure else { return try await again(words("concern.photoUnreadable")) }
            throw error
        }
    }

    private func sent(_ code: ConcernCode) -> String { SiteURL.concern(.follow(.value(code))).with([("sent", "1")]) }

    @Sendable private func find(request: Request, context: WebContext) async throws -> Response {
        let words = site.words(context)
        let typed = request.query.text("code")
        if let typed, let code = ConcernCode(typed: typed) {
            return .redirect(to: SiteURL.concern(.follow(.value(code))).path)
        }
        let page = ConcernFindPage(typed: typed ?? "", fault: typed == nil ? nil : words("concern.badCode"))
        return site.page(
            page, title: words("concern.findTitle"), request: request, context: context,
            status: typed == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func follow(request: Request, context: WebContext) async throws -> Response {
        try await follow(fault: nil, typed: "", request, context)
    }

    private func follow(
        fault: String?, typed: String, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let view = try await site.supervision.concerns.view(try context.parameter("concern"))
        let wording = site.wording(context)
        let page = ConcernFollowPage(
            view, isNew: request.query.flag("sent"), typed: typed, fault: fault, wording: wording)
        return site.page(
            page, title: wording.words("concern.followTitle"), request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func add(request: Request, context: WebContext) async throws -> Response {
        let code: ConcernCode = try context.parameter("concern")
        _ = try await site.supervision.concerns.view(code)
        let fields = try await request.unguardedForm(context)
        do {
            try await site.supervision.concerns.add(fields["text"] ?? "", to: code)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await follow(fault: fault, typed: fields["text"] ?? "", request, context)
        }
        return .redirect(to: SiteURL.concern(.follow(.value(code))).path)
    }

    @Sendable private func withdraw(request: Request, context: WebContext) async throws -> Response {
        let code: ConcernCode = try context.parameter("concern")
        _ = try await site.supervision.concerns.view(code)
        _ = try await request.unguardedForm(context)
        do {
            try await site.supervision.concerns.withdraw(code)
        } catch SupervisionError.conflict(.changedMeanwhile) {
            // It has ended already: the page says how.
        }
        return .redirect(to: SiteURL.concern(.follow(.value(code))).path)
    }
}
