import Domain
import Hummingbird
import Supervision

/// 编辑场景: panels are dragged, or their places typed.
struct HallEditorPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.hall(.newScene).route) { request, context in
            try context.require(Permission(.manageHall, at: .county))
            return try await show(nil, nil, nil, request, context)
        }
        routes.post(SiteURL.hall(.newScene).route) { request, context in try await save(nil, request, context) }
        routes.get(SiteURL.hall(.editor(.key)).route) { request, context in
            try context.require(Permission(.manageHall, at: .county))
            let (scene, revision) = try await site.supervision.halls.scene(
                try context.parameter("scene"), for: try context.principal())
            return try await show(scene, revision, nil, request, context)
        }
        routes.post(SiteURL.hall(.editor(.key)).route) { request, context in
            try await save(try context.parameter("scene"), request, context)
        }
        routes.post(SiteURL.hall(.remove(.key)).route, use: remove)
    }

    /// - Parameter id: nil = a new one.
    private func save(_ id: HallSceneID?, _ request: Request, _ context: WebContext) async throws -> Response {
        try context.require(Permission(.manageHall, at: .county))
        let principal = try context.principal()
        let halls = site.supervision.halls
        var known: (scene: HallScene, revision: Revision)?
        if let id { known = try await halls.scene(id, for: principal) }
        let fields = try await request.form(context)
        let form = HallSceneForm(fields)
        let words = site.words(context)
        do {
            let scene = try form.scene(id ?? HallSceneID(at: site.time.now()))
            try await halls.save(scene, seen: id == nil ? nil : fields.revision, by: principal)
            return .redirect(to: SiteURL.hall(.editor(.value(scene.id))).with([("done", "saved")]))
        } catch let fault as HallFault {
            return try await show(
                known?.scene, known?.revision, form, faults: words(fault, panels: form.rows.map(\.kind)), request,
                context)
        } catch SupervisionError.conflict(.changedMeanwhile) {
            let stale = known.map { StaleSave($0.revision, differences: [], wording: site.wording(context)) }
            return try await show(known?.scene, known?.revision, form, stale: stale, request, context)
        } catch {
            guard let fault = words.mendable(error) else { throw error }
            return try await show(known?.scene, known?.revision, form, faults: [fault], request, context)
        }
    }

    @Sendable private func remove(request: Request, context: WebContext) async throws -> Response {
        try context.require(Permission(.manageHall, at: .county))
        let id: HallSceneID = try context.parameter("scene")
        let (scene, revision) = try await site.supervision.halls.scene(id, for: try context.principal())
        _ = try await request.form(context)
        do {
            try await site.supervision.halls.remove(id, by: try context.principal())
        } catch let fault as HallFault {
            return try await show(
                scene, revision, nil, faults: site.words(context)(fault, panels: []), request, context)
        }
        return .redirect(to: SiteURL.hall(.scenes).with([("done", "removed")]))
    }

    private func show(
        _ scene: HallScene?, _ revision: Revision?, _ typed: HallSceneForm?, faults: [String] = [],
        stale: StaleSave? = nil, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let words = wording.words
        let form = typed ?? HallSceneForm(scene ?? Self.blank)
        let places = try await places(for: principal, wording)
        let heading = scene.map { wording.name(of: $0) } ?? words("hall.new")
        let id = scene?.id
        let page = HallEditorPage(
            heading: heading, name: form.name, isStandard: scene?.isStandard ?? false,
            standardName: scene.map { wording.name(of: HallScene(id: $0.id, name: "", panels: [])) } ?? "",
            audiences: HallScene.Audience.allCases.map {
                Choice(
                    value: $0.rawValue, label: words("hall.audience.\($0.rawValue)"), isSelected: $0 == form.audience)
            },
            panels: form.rows.enumerated().map { HallEditorPage.Panel($1, "\($0)", places, words) },
            kinds: HallPanel.Kind.allCases.map { HallEditorPage.Kind($0, words) },
            blank: HallPanel.Kind.allCases.map { kind in
                HallEditorPage.Panel(
                    .init(kind: kind, x: "0", y: "0", width: "\(kind.least.width)", height: "\(kind.least.height)"),
                    "#",
                    places, words)
            },
            action: (id.map { SiteURL.hall(.editor(.value($0))) } ?? .hall(.newScene)).path,
            seen: "\(revision?.number ?? 0)",
            // What is as it came has nothing to go back to.
            removeAction: scene.flatMap {
                HallScene.standard.contains($0) ? nil : SiteURL.hall(.remove(.value($0.id))).path
            },
            removeLabel: words(scene?.isStandard == true ? "hall.reset" : "hall.remove"),
            preview: id.map { SiteURL.hall(.scene(.value($0))).path }, faults: faults, hasFaults: !faults.isEmpty,
            stale: stale,
            done: faults.isEmpty && stale == nil && request.query.text("done") == "saved"
                ? words("hall.done.saved") : nil,
            back: SiteURL.hall(.scenes).path, mostPanels: "\(HallScene.mostPanels)")
        return site.page(
            page, title: heading, section: .hall, request: request, context: context,
            status: stale != nil ? .conflict : faults.isEmpty ? .ok : .unprocessableContent)
    }

    private static let blank = HallScene(
        id: HallScene.overview.id, name: "",
        panels: [
            HallPanel(.clock, HallFrame(x: 0, y: 0, width: 24, height: 1)),
            HallPanel(.cameras(HallCameras()), HallFrame(x: 0, y: 1, width: 16, height: 8)),
        ])

    /// Townships and schools by name, after the whole county.
    private func places(for principal: Principal, _ wording: Wording) async throws -> [(value: String, label: String)] {
        let townships = try await site.supervision.places.townships(for: principal)
        let trees = try await site.supervision.places.tree(for: principal)
        return [("", wording.words("hall.everywhere"))]
            + townships.map { ("\(Territory.township($0.id))", $0.name) }
            + trees.map { ("\(Territory.school($0.school.id))", $0.school.name) }
    }
}

extension HallEditorPage.Panel {
    init(_ row: HallSceneForm.Row, _ index: String, _ places: [(value: String, label: String)], _ words: Words) {
        self.index = index
        number = Int(index).map { "\($0 + 1)" } ?? ""
        kind = row.kind.rawValue
        word = words(row.kind)
        x = row.x
        y = row.y
        width = row.width
        height = row.height
        place = "x\(row.x) y\(row.y) w\(row.width) h\(row.height)"
        leastWidth = "\(row.kind.least.width)"
        leastHeight = "\(row.kind.least.height)"
        cameras =
            row.kind == .cameras
            ? .init(
                rows: row.rows, columns: row.columns, seconds: row.seconds,
                places: places.map { Choice(value: $0.value, label: $0.label, isSelected: $0.value == row.place) },
                orders: HallCameras.Order.allCases.map {
                    Choice(
                        value: $0.rawValue, label: words("hall.order.\($0.rawValue)"),
                        isSelected: $0.rawValue == row.order)
                }) : nil
        periods =
            row.kind == .figures
            ? HallPeriod.allCases.map {
                Choice(
                    value: $0.rawValue, label: words("hall.period.\($0.rawValue)"),
                    isSelected: $0.rawValue == row.period)
            } : []
        hasPeriods = row.kind == .figures
        notice = row.kind == .notice ? .init(text: row.text) : nil
    }
}

extension HallEditorPage.Kind {
    init(_ kind: HallPanel.Kind, _ words: Words) {
        self.init(
            kind: kind.rawValue, word: words(kind), leastWidth: "\(kind.least.width)",
            leastHeight: "\(kind.least.height)", isOnlyOnce: kind.isOnlyOnce, isForVisitors: kind.isForVisitors)
    }
}
