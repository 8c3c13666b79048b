import Domain
import Hummingbird
import Supervision

/// 通知渠道: the ways by which news leave the product.
struct ChannelPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.channels.route, use: list)
        routes.get(SiteURL.newChannel.route) { request, context in
            try context.require(.managePeople)
            return try await form(ChannelForm(), of: nil, request, context)
        }
        routes.post(SiteURL.newChannel.route, use: add)
        routes.get(SiteURL.channel(.key).route) { request, context in
            let channel = try await channel(context)
            return try await form(ChannelForm(channel), of: channel, request, context)
        }
        routes.post(SiteURL.channel(.key).route, use: change)
        routes.post(SiteURL.tryChannel(.key).route, use: attempt)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        try context.require(.managePeople)
        let principal = try context.principal()
        let wording = site.wording(context)
        let words = wording.words
        let names = try await names(principal)
        let channels = try await site.supervision.channels.list(for: principal)
        let page = ChannelsPage(
            rows: channels.map { channel in
                ChannelsPage.Row(
                    name: channel.name, address: SiteURL.channel(.value(channel.id)).path, kind: words(channel.kind),
                    owner: names.name(channel.owner, wording), target: channel.shownAddress,
                    scope: words(channel.scope), isEnabled: channel.isEnabled,
                    deliveries: SiteURL.deliveries.with([("channel", "\(channel.id)")]))
            },
            countText: words("channels.count", ["count": "\(channels.count)"]),
            failed: try await site.supervision.deliveries.count(of: .failed, for: principal),
            uncertain: try await site.supervision.deliveries.count(of: .uncertain, for: principal),
            lacksMail: !site.notices.sendsMail && channels.contains { $0.kind == .mail && $0.isEnabled },
            lacksAddress: site.settings.publicAddress == nil, isSaved: request.query.flag("saved"), words: words)
        return site.page(page, title: words("channels.title"), section: .channels, request: request, context: context)
    }

    @Sendable private func add(request: Request, context: WebContext) async throws -> Response {
        try context.require(.managePeople)
        let form = ChannelForm(try await request.form(context))
        do {
            let added = try await site.supervision.channels.add(form.draft(), by: try context.principal())
            return .redirect(to: SiteURL.channel(.value(added.id)).with([("saved", "1")]))
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await self.form(form, of: nil, fault: fault, request, context)
        }
    }

    @Sendable private func change(request: Request, context: WebContext) async throws -> Response {
        let channel = try await channel(context)
        let form = ChannelForm(try await request.form(context))
        do {
            try await site.supervision.channels.change(channel.id, form.draft(), by: try context.principal())
            return .redirect(to: SiteURL.channels.with([("saved", "1")]))
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await self.form(form, of: channel, fault: fault, request, context)
        }
    }

    /// Sends a message that says that it is only a test, and shows the answer.
    @Sendable private func attempt(request: Request, context: WebContext) async throws -> Response {
        let channel = try await channel(context)
        _ = try await request.form(context)
        let outcome = await site.notices.trial(site.trialMessage(in: channel.language), channel)
        try await site.supervision.channels.noteTrial(of: channel.id, outcome, by: try context.principal())
        return try await form(ChannelForm(channel), of: channel, trial: outcome, request, context)
    }

    private func channel(_ context: WebContext) async throws -> NoticeChannel {
        try context.require(.managePeople)
        return try await site.supervision.channels.channel(
            try context.parameter("channel"), for: try context.principal())
    }

    private func names(_ principal: Principal) async throws -> OwnerNames {
        try await OwnerNames(site, people: try await site.supervision.people.list(for: principal), for: principal)
    }

    private func form(
        _ form: ChannelForm, of channel: NoticeChannel?, fault: String? = nil, trial: SendOutcome? = nil,
        _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let wording = site.wording(context)
        let names = try await names(try context.principal())
        let page = ChannelFormPage(
            form, of: channel, names: names, fault: fault, trial: trial,
            isSaved: fault == nil && trial == nil && request.query.flag("saved"), wording: wording)
        return site.page(
            page, title: page.heading, section: .channels, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }
}
