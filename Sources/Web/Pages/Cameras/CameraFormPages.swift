import Cameras
import Domain
import Hummingbird
import Supervision

/// Adding, changing and removing a camera.
struct CameraFormPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.newCamera.route, use: new)
        routes.post(SiteURL.newCamera.route, use: add)
        routes.post(SiteURL.probePage.route, use: probe)
        routes.get(SiteURL.camera(.key).route, use: edit)
        routes.post(SiteURL.camera(.key).route, use: change)
        routes.get(SiteURL.removeCamera(.key).route, use: askRemoval)
        routes.post(SiteURL.removeCamera(.key).route, use: remove)
    }

    @Sendable private func new(request: Request, context: WebContext) async throws -> Response {
        try context.require(.configureCameras)
        var form = CameraForm()
        form.area = request.query.text("area") ?? ""
        if let example = request.query.text("example").flatMap(ExampleSource.init(rawValue:)) {
            form.main = "\(example.address)"
            form.areaKind = example.rawValue
            form.name = site.words(context)("area.\(example.rawValue)")
        }
        return try await show(form, camera: nil, request, context)
    }

    @Sendable private func add(request: Request, context: WebContext) async throws -> Response {
        try context.require(.configureCameras)
        let principal = try context.principal()
        let fields = try await request.form(context)
        let words = site.words(context)
        var form = CameraForm(fields)
        do {
            let source = try form.source(password: fields["password"] ?? "", stored: nil, words: words)
            let retention = try form.retention(words: words)
            let area = try await area(of: &form, principal, words)
            let camera = try await site.supervision.cameras.add(
                CameraDraft(
                    area: area, name: form.name, main: source.main, sub: source.sub, credentials: source.credentials,
                    transport: source.transport, client: source.client,
                    verifiesCertificate: source.verifiesCertificate, isEnabled: form.isEnabled,
                    isRecorded: form.isRecorded, retentionDays: retention), by: principal)
            return .redirect(to: SiteURL.kitchen(.value(camera.id)).path)
        } catch {
            return try await show(form, camera: nil, faults: faults(error, words), request, context)
        }
    }

    @Sendable private func edit(request: Request, context: WebContext) async throws -> Response {
        let camera = try await camera(context)
        return try await show(
            CameraForm(camera), camera: camera, isSaved: request.query.flag("saved"), request, context)
    }

    @Sendable private func change(request: Request, context: WebContext) async throws -> Response {
        let camera = try await camera(context)
        let principal = try context.principal()
        let fields = try await request.form(context)
        let words = site.words(context)
        var form = CameraForm(fields)
        do {
            let password = fields["password"] ?? ""
            let source = try form.source(password: password, stored: camera.credentials, words: words)
            let retention = try form.retention(words: words)
            guard fields["stamp"] == CameraForm.stamp(of: camera) else {
                return try await conflict(form, camera, losesPassword: !password.isEmpty, request, context)
            }
            var changed = camera
            changed.area = try await area(of: &form, principal, words)
            changed.name = form.name
            (changed.main, changed.sub, changed.credentials) = (source.main, source.sub, source.credentials)
            (changed.transport, changed.client) = (source.transport, source.client)
            changed.verifiesCertificate = source.verifiesCertificate
            (changed.isEnabled, changed.isRecorded) = (form.isEnabled, form.isRecorded)
            changed.retentionDays = retention
            try await site.supervision.cameras.change(changed, by: principal)
            return .redirect(to: SiteURL.camera(.value(camera.id)).with([("saved", "1")]))
        } catch {
            return try await show(form, camera: camera, faults: faults(error, words), request, context)
        }
    }

    @Sendable private func askRemoval(request: Request, context: WebContext) async throws -> Response {
        let camera = try await camera(context)
        let principal = try context.principal()
        let wording = site.wording(context)
        let area = try await site.supervision.places.area(camera.area, for: principal)
        let school = try await site.supervision.places.school(area.school, for: principal)
        let days = camera.retentionDays ?? site.settings.retentionDays
        let kept = TimeSpan(start: wording.now - .seconds(days * 86_400), end: wording.now)
        let timeline = try await site.supervision.footage.timeline(of: camera.id, in: kept, for: principal)
        let page = CameraRemovalPage(
            name: camera.name, place: "\(school.name) · \(wording.area(area))",
            action: SiteURL.removeCamera(.value(camera.id)).path, back: SiteURL.camera(.value(camera.id)).path,
            retention: wording.words("camera.removal.footage", ["days": "\(days)"]),
            lastFootage: timeline.recorded.last.map { wording.moment($0.end) })
        return site.page(
            page, title: wording.words("camera.removal.title", ["name": camera.name]), section: .cameras,
            request: request, context: context)
    }

    @Sendable private func remove(request: Request, context: WebContext) async throws -> Response {
        let camera = try await camera(context)
        _ = try await request.form(context)
        try await site.supervision.cameras.remove(camera.id, by: try context.principal())
        return .redirect(to: SiteURL.cameras.with([("removed", "1")]))
    }

    /// The probe for browsers without scripts: in a tab of its own, so that the form stays as it is. For scripts: the
    /// part of that page which says what was found.
    @Sendable private func probe(request: Request, context: WebContext) async throws -> Response {
        try context.require(.configureCameras)
        let fields = try await request.form(context)
        let wording = site.wording(context)
        var form = CameraForm(fields)
        var stored: Credentials?
        if let id = fields.text("camera").flatMap(CameraID.init(_:)) {
            stored = try await site.supervision.cameras.camera(id, for: try context.principal()).credentials
        }
        let page: ProbePage
        do {
            let source = try form.source(password: fields["password"] ?? "", stored: stored, words: wording.words)
            page = ProbePage(try await site.look(at: source), address: form.main, wording: wording)
        } catch let error as FormFaults {
            page = ProbePage(
                fault: error.byField.values.sorted().joined(separator: " "), advice: nil, address: form.main)
        } catch let error as SourceFailure {
            page = ProbePage(error, address: form.main, wording: wording)
        }
        if request.headers[.fetchSite] != nil, request.headers[.accept]?.contains("text/x-fragment") == true {
            return site.renderer.fragment(page, template: ProbePage.fragment, context: context)
        }
        return site.page(
            page, title: wording.words("probe.title"), section: .cameras, request: request, context: context)
    }

    private func camera(_ context: WebContext) async throws -> Camera {
        let camera = try await site.supervision.cameras.camera(
            try context.parameter("camera"), for: try context.principal())
        try context.require(.configureCameras)
        return camera
    }

    /// The area that the form names; makes it, and its school, when the form says so.
    private func area(of form: inout CameraForm, _ principal: Principal, _ words: Words) async throws -> AreaID {
        guard form.area == CameraForm.newArea else {
            guard let area = AreaID(form.area) else {
                throw FormFaults.fault("area", words(.area, form.area.isEmpty ? .empty : .unknown))
            }
            return area
        }
        guard let kind = Area.Kind(rawValue: form.areaKind) else {
            throw FormFaults.fault("area", words(.area, .unknown))
        }
        guard !form.name.isEmpty else { throw FormFaults.fault("name", words(.name, .empty)) }
        let school: SchoolID
        if form.school.isEmpty || form.school == CameraForm.newSchool {
            school = try await site.supervision.places.addSchool(form.schoolName, by: principal).id
            form.school = "\(school)"
        } else if let id = SchoolID(form.school) {
            school = id
        } else {
            throw FormFaults.fault("school", words(.school, .unknown))
        }
        let area = try await site.supervision.places.addArea(
            to: school, kind: kind, name: form.areaName, by: principal)
        form.area = "\(area.id)"
        return area.id
    }

    private func show(
        _ form: CameraForm, camera: Camera?, faults: FormFaults = FormFaults(), isSaved: Bool = false,
        _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let wording = site.wording(context)
        let trees = try await site.supervision.places.tree(for: try context.principal())
        let page = CameraFormPage(
            form, camera: camera, trees: trees, faults: faults, isSaved: isSaved,
            status: camera.map { wording.status(site.fleet.status(of: $0.id), showsDetail: true) },
            settings: site.settings, wording: wording)
        return site.page(
            page, title: page.heading, section: .cameras, request: request, context: context,
            status: faults.byField.isEmpty ? .ok : .unprocessableContent)
    }

    /// What is wrong with the form, by field.
    /// - Throws: `error` itself when the person who filled in the form can't mend it.
    private func faults(_ error: any Error, _ words: Words) throws -> FormFaults {
        if let faults = error as? FormFaults { return faults }
        guard let text = words.mendable(error) else { throw error }
        if case SupervisionError.invalid(let field, _) = error { return .fault(field.rawValue, text) }
        return .fault("name", text)
    }

    private func conflict(
        _ form: CameraForm, _ camera: Camera, losesPassword: Bool, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let wording = site.wording(context)
        let words = wording.words
        let trees = try await site.supervision.places.tree(for: try context.principal())
        let theirs = CameraForm(camera)
        func place(_ id: String) -> String {
            for tree in trees {
                for area in tree.areas where "\(area.area.id)" == id {
                    return "\(tree.school.name) · \(wording.area(area.area))"
                }
            }
            return words("camera.newArea")
        }
        func yesNo(_ value: Bool) -> String { words(value ? "word.yes" : "word.no") }
        let pairs = [
            ("field.area", place(theirs.area), place(form.area)), ("field.name", theirs.name, form.name),
            ("field.main", theirs.main, form.main), ("field.sub", theirs.sub, form.sub),
            ("field.user", theirs.user, form.user), ("field.transport", theirs.transport, form.transport),
            ("field.client", words("client.\(theirs.client)"), words("client.\(form.client)")),
            (
                "field.verifiesCertificate", yesNo(theirs.verifiesCertificate), yesNo(form.verifiesCertificate)
            ), ("field.isEnabled", yesNo(theirs.isEnabled), yesNo(form.isEnabled)),
            ("field.isRecorded", yesNo(theirs.isRecorded), yesNo(form.isRecorded)),
            ("field.retentionDays", theirs.retentionDays, form.retentionDays),
        ]
        let page = CameraConflictPage(
            name: camera.name, action: SiteURL.camera(.value(camera.id)).path, form: form,
            stamp: CameraForm.stamp(of: camera),
            differences: pairs.filter { $0.1 != $0.2 }.map {
                CameraConflictPage.Difference(name: words($0.0), theirs: $0.1, yours: $0.2)
            }, losesPassword: losesPassword, back: SiteURL.camera(.value(camera.id)).path)
        return site.page(
            page, title: words("camera.conflict.title"), section: .cameras, request: request, context: context,
            status: .conflict)
    }
}
