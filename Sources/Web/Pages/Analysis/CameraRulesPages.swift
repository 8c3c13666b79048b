import Cameras
import Domain
import Hummingbird
import Logging
import NIOCore
import Supervision

/// The rules of a camera: shown to those who may watch it, changed by those who may configure cameras.
struct CameraRulesPages: Sendable {
    struct Place: Sendable {
        let camera: Camera
        let area: Area
        let school: School
    }

    let site: Site
    private let trials = TrialSlot()

    init(site: Site) { self.site = site }

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.cameraAnalysis(.key).route, use: show)
        routes.post(SiteURL.cameraAnalysis(.key).route, use: change)
        routes.post(SiteURL.tryAnalysis(.key).route, use: trial)
    }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let place = try await place(context)
        let stored = try await site.supervision.captures.settings(
            of: place.camera.id, for: try context.principal())
        let showsStandard = request.query.flag("standard")
        return try await page(
            place, form: RulesForm(showsStandard ? .standard : stored), stored: stored,
            isSaved: request.query.flag("saved"), showsStandard: showsStandard, request, context)
    }

    @Sendable private func change(request: Request, context: WebContext) async throws -> Response {
        let place = try await place(context)
        try context.require(.configureCameras)
        let principal = try context.principal()
        let fields = try await request.form(context)
        let words = site.words(context)
        let captures = site.supervision.captures
        let stored = try await captures.settings(of: place.camera.id, for: principal)
        let form = RulesForm(fields)
        do {
            let settings = try form.settings(before: stored, asked: asked, words: words)
            guard fields["stamp"] == stored.stamp else {
                return try await page(
                    place, form: form, stored: stored, faults: .fault("stamp", words("rules.conflict")), request,
                    context, status: .conflict)
            }
            try await captures.changeSettings(of: place.camera.id, to: settings, by: principal)
        } catch let error as FormFaults {
            return try await page(
                place, form: form, stored: stored, faults: error, request, context, status: .unprocessableContent)
        }
        return .redirect(to: SiteURL.cameraAnalysis(.value(place.camera.id)).with([("saved", "1")]))
    }

    /// Tries the form's settings on the last hour; lines of JSON as they come, until it is done or the reader leaves.
    @Sendable private func trial(request: Request, context: WebContext) async throws -> Response {
        let place = try await place(context)
        try context.require(.configureCameras)
        let principal = try context.principal()
        let fields = try await request.form(context)
        let wording = site.wording(context)
        let camera = place.camera.id
        let stored = try await site.supervision.captures.settings(of: camera, for: principal)
        let settings: AnalysisSettings
        do throws(FormFaults) {
            settings = try RulesForm(fields).settings(before: stored, asked: asked, words: wording.words)
        } catch {
            return Response(
                .object(["error": .string(error.byField.values.sorted().joined(separator: " "))]),
                status: .unprocessableContent)
        }
        let hour = TimeSpan(start: wording.now - .seconds(3600), end: wording.now)
        let footage = site.supervision.footage
        let recorded = try await footage.timeline(of: camera, in: hour, for: principal).recorded
        guard !recorded.isEmpty else {
            return Response(.object(["error": .string(wording.words("trial.nothingRecorded"))]), status: .notFound)
        }
        guard let slot = trials.take() else {
            return Response(
                .object(["error": .string(wording.words("problem.trialRunning.title"))]), status: .serviceUnavailable)
        }
        // Only the program looks at it, to try rules out: no other reason can be meant.
        try await footage.noteViewing(
            of: camera, span: hour, kind: .replay, reason: ViewingReason(.maintenance), by: principal)
        let events = site.desk.trial(camera, settings, hour)
        let log = site.log
        let body = ResponseBody { writer in
            defer { slot.giveBack() }
            var lines = TrialLines(wording: wording)
            var found = events.makeAsyncIterator()
            var failure: (any Error)?
            while failure == nil {
                let event: TrialEvent?
                do {
                    event = try await found.next()
                } catch {
                    (event, failure) = (nil, error)
                }
                guard let event else { break }
                try await writer.write(ByteBuffer(string: lines.line(event)))
            }
            if let failure {
                log.warning(
                    "try-out of analysis settings failed",
                    metadata: ["camera": "\(camera)", "error": "\(String(reflecting: failure))"])
            }
            try await writer.write(ByteBuffer(string: failure == nil ? lines.end : lines.failure))
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/x-ndjson; charset=utf-8", .cacheControl: "no-store",
                .accelBuffering: "no",
            ], body: body)
    }

    /// Items that the form has fields of: those that can be recognised.
    private var asked: Set<CaptureItem> { Set(CaptureItem.allCases).subtracting(site.desk.missing.keys) }

    private func place(_ context: WebContext) async throws -> Place {
        let principal = try context.principal()
        let camera = try await site.supervision.cameras.camera(try context.parameter("camera"), for: principal)
        try await site.supervision.footage.require(.watchLive, of: camera.id, for: principal)
        let area = try await site.supervision.places.area(camera.area, for: principal)
        return Place(
            camera: camera, area: area,
            school: try await site.supervision.places.school(area.school, for: principal))
    }

    private func page(
        _ place: Place, form: RulesForm, stored: AnalysisSettings, faults: FormFaults = FormFaults(),
        isSaved: Bool = false, showsStandard: Bool = false, _ request: Request, _ context: WebContext,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let wording = site.wording(context)
        let principal = try context.principal()
        let page = CameraRulesPage(
            place, form: form, stored: stored, faults: faults,
            picture: try await picture(of: place.camera.id, context, now: wording.now),
            mayChange: principal.may(.configureCameras), isSaved: isSaved, showsStandard: showsStandard,
            desk: site.desk, hours: try await site.supervision.captures.hours()[place.camera.id], wording: wording)
        return site.page(
            page, title: wording.words("rules.title", ["camera": place.camera.name]), section: .analysis,
            request: request, context: context, status: status)
    }

    /// To draw on: the camera's picture now, else the last one of a week's recordings, for whom a reason for
    /// looking at these holds.
    private func picture(of camera: CameraID, _ context: WebContext, now: UTCTime) async throws -> String? {
        let principal = try context.principal()
        let snapshot = SiteURL.api(.snapshot(.value(camera)))
        if site.fleet.status(of: camera)?.state == .live { return snapshot.with([("width", "1280")]) }
        guard principal.maySomewhere(.replay), try await site.givenReason(of: camera, context) != nil else {
            return nil
        }
        let week = TimeSpan(start: now - .seconds(7 * 86_400), end: now)
        let recorded = try await site.supervision.footage.timeline(of: camera, in: week, for: principal).recorded
        return recorded.last.map { span in
            let at = max(span.start, span.end - .seconds(1))
            return snapshot.with([("at", "\(at.milliseconds)"), ("width", "1280")])
        }
    }
}
