import Domain
import Hummingbird
import Supervision

/// 人员: who has an account.
struct PeoplePages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.people.route, use: list)
        routes.get(SiteURL.newPerson.route) { request, context in
            try await form(PersonForm(), of: nil, request, context)
        }
        routes.post(SiteURL.newPerson.route, use: add)
        routes.get(SiteURL.person(.key).route) { request, context in
            let person = try await person(context)
            return try await form(PersonForm(person), of: person, request, context)
        }
        routes.post(SiteURL.person(.key).route, use: change)
        routes.post(SiteURL.personEnabled(.key).route, use: setEnabled)
        routes.get(SiteURL.personPassword(.key).route, use: askReset)
        routes.post(SiteURL.personPassword(.key).route, use: reset)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        try context.require(.managePeople)
        let words = site.words(context)
        let names = try await placeNames(principal)
        let people = try await site.supervision.people.list(for: principal)
        let page = PeoplePage(
            people: people.map { person in
                PeoplePage.Row(
                    account: person.account, name: person.name, role: words("role.\(person.role.rawValue)"),
                    place: person.territory.flatMap { names[$0] } ?? words("territory.county"),
                    isEnabled: person.isEnabled,
                    mustChangePassword: person.mustChangePassword, isOneself: person.id == context.visitor?.person.id,
                    address: SiteURL.person(.value(person.id)).path)
            }, countText: words("people.count", ["count": "\(people.count)"]), isSaved: request.query.flag("saved"))
        return site.page(page, title: words("people.title"), section: .people, request: request, context: context)
    }

    @Sendable private func add(request: Request, context: WebContext) async throws -> Response {
        try context.require(.managePeople)
        let fields = try await request.form(context)
        let form = PersonForm(fields)
        do {
            let ground = try form.parsedGround()
            let added = try await site.supervision.people.add(
                account: form.account, name: form.name, role: try form.parsedRole(), school: ground.school,
                township: ground.township, canteen: ground.canteen, by: try context.principal())
            return handOver(added.initialPassword, to: added.person, isNew: true, request, context)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await self.form(form, of: nil, fault: fault, request, context)
        }
    }

    @Sendable private func change(request: Request, context: WebContext) async throws -> Response {
        let person = try await person(context)
        let form = PersonForm(try await request.form(context))
        do {
            var changed = person
            changed.account = form.account
            changed.name = form.name
            changed.role = try form.parsedRole()
            let ground = try form.parsedGround()
            changed.township = ground.township
            changed.school = ground.school
            changed.canteen = ground.canteen
            try await site.supervision.people.change(changed, by: try context.principal())
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await self.form(form, of: person, fault: fault, request, context)
        }
        return .redirect(to: SiteURL.people.with([("saved", "1")]))
    }

    @Sendable private func setEnabled(request: Request, context: WebContext) async throws -> Response {
        let person = try await person(context)
        let fields = try await request.form(context)
        do {
            try await site.supervision.people.setEnabled(
                fields.flag("enabled"), of: person.id, by: try context.principal())
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await form(PersonForm(person), of: person, fault: fault, request, context)
        }
        return .redirect(to: SiteURL.person(.value(person.id)).with([("saved", "1")]))
    }

    @Sendable private func askReset(request: Request, context: WebContext) async throws -> Response {
        let person = try await person(context)
        let words = site.words(context)
        let page = ConfirmationPage(
            heading: words("people.reset.title", ["name": person.name]),
            consequences: [words("people.reset.sessions"), words("people.reset.password")],
            action: SiteURL.personPassword(.value(person.id)).path, button: words("people.reset.button"),
            back: SiteURL.person(.value(person.id)).path)
        return site.page(page, title: page.heading, section: .people, request: request, context: context)
    }

    @Sendable private func reset(request: Request, context: WebContext) async throws -> Response {
        let person = try await person(context)
        _ = try await request.form(context)
        let password = try await site.supervision.people.resetPassword(of: person.id, by: try context.principal())
        return handOver(password, to: person, isNew: false, request, context)
    }

    /// The only page that ever shows a password; it is not reached by an address, so it can't be opened again.
    private func handOver(
        _ password: Secret, to person: Person, isNew: Bool, _ request: Request, _ context: WebContext
    ) -> Response {
        let words = site.words(context)
        let page = InitialPasswordPage(
            heading: words(isNew ? "people.added" : "people.reset.done", ["name": person.name]),
            account: person.account, password: password.reveal(), back: SiteURL.people.path)
        return site.page(page, title: page.heading, section: .people, request: request, context: context)
    }

    private func person(_ context: WebContext) async throws -> Person {
        try context.require(.managePeople)
        return try await site.supervision.people.person(
            try context.parameter("person"), for: try context.principal())
    }

    private func placeNames(_ principal: Principal) async throws -> [Territory: String] {
        var names: [Territory: String] = [:]
        for township in try await site.supervision.places.townships(for: principal) {
            names[.township(township.id)] = township.name
        }
        for tree in try await site.supervision.places.tree(for: principal) {
            names[.school(tree.school.id)] = tree.school.name
            for canteen in tree.canteens { names[.canteen(canteen.id)] = "\(tree.school.name) · \(canteen.name)" }
        }
        return names
    }

    private func form(
        _ form: PersonForm, of person: Person?, fault: String? = nil, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        try context.require(.managePeople)
        let words = site.words(context)
        let trees = try await site.supervision.places.tree(for: try context.principal())
        let page = PersonFormPage(
            form, of: person, isOneself: person?.id == context.visitor?.person.id && person != nil,
            townships: try await site.supervision.places.townships(for: try context.principal()), trees: trees,
            fault: fault, isSaved: fault == nil && request.query.flag("saved"), words: words)
        return site.page(
            page, title: page.heading, section: .people, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }
}
