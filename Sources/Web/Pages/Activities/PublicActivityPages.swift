import Domain
import Hummingbird
import NIOCore
import Supervision

/// What everybody may open without an account: an activity's page, and the page of one's own sign-up.
struct PublicActivityPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.activity(.board(.key)).route) { request, context in
            try await board(fault: nil, typed: nil, request, context)
        }
        routes.post(SiteURL.activity(.board(.key)).route, use: signUp)
        routes.get(SiteURL.activity(.publicPhoto(.key, .key)).route, use: photo)
        routes.get(SiteURL.activity(.place(.key)).route) { request, context in
            try await place(fault: nil, typed: nil, request, context)
        }
        routes.post(SiteURL.activity(.cancelPlace(.key)).route, use: cancel)
        routes.post(SiteURL.activity(.rate(.key)).route, use: rate)
    }

    private func board(
        fault: String?, typed: FormFields?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let board = try await site.supervision.activities.board(try context.parameter("code"))
        let page = ActivityBoardPage(
            board, territory: site.settings.territory, fault: fault, typed: typed, site.wording(context))
        return site.page(
            page, title: page.title, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func signUp(request: Request, context: WebContext) async throws -> Response {
        let code: PublicCode = try context.parameter("code")
        // A code that is none is told before anything that was typed is looked at.
        _ = try await site.supervision.activities.board(code)
        let fields = try await request.unguardedForm(context)
        do {
            let guest = try ActivityGuestsPages.guest(fields, context.language)
            guard fields.flag("agrees") else {
                return try await board(
                    fault: site.words(context)("activityBoard.mustAgree"), typed: fields, request, context)
            }
            let signUp = try await site.supervision.activities.signUp(
                guest, for: code, form: fields["form"] ?? "", from: context.remoteAddress)
            return .redirect(to: SiteURL.activity(.place(.value(signUp.code))).with([("new", "1")]))
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await board(fault: fault, typed: fields, request, context)
        }
    }

    @Sendable private func photo(request: Request, context: WebContext) async throws -> Response {
        let photo = try await site.supervision.activities.publicPhoto(
            try context.parameter("photo"), of: try context.parameter("code"))
        return try await site.response(photo, isPublic: true)
    }

    private func place(
        fault: String?, typed: FormFields?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let code: PublicCode = try context.parameter("code")
        let place = try await site.supervision.activities.place(code)
        let page = try SignUpPlacePage(
            place, code: code, base: site.base(request), isNew: request.query.flag("new"),
            isThanked: fault == nil && request.query.flag("thanks"), fault: fault, typed: typed,
            site.wording(context))
        return site.page(
            page, title: page.title, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func cancel(request: Request, context: WebContext) async throws -> Response {
        let code: PublicCode = try context.parameter("code")
        _ = try await site.supervision.activities.place(code)
        _ = try await request.unguardedForm(context)
        do {
            try await site.supervision.activities.cancel(code, from: context.remoteAddress)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await place(fault: fault, typed: nil, request, context)
        }
        return .redirect(to: SiteURL.activity(.place(.value(code))).path)
    }

    @Sendable private func rate(request: Request, context: WebContext) async throws -> Response {
        let code: PublicCode = try context.parameter("code")
        _ = try await site.supervision.activities.place(code)
        let fields = try await request.unguardedForm(context)
        do {
            try await site.supervision.activities.rate(
                code, stars: fields.text("stars").flatMap { Int($0) } ?? 0, words: fields["words"] ?? "",
                from: context.remoteAddress)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await place(fault: fault, typed: fields, request, context)
        }
        return .redirect(to: SiteURL.activity(.place(.value(code))).with([("thanks", "1")]))
    }
}
