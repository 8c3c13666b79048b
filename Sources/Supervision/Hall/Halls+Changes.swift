public import Domain
import Store

extension Halls {
    private static let mostScenes = 50

    /// Keeps a scene, a new or a changed one.
    ///
    /// - Parameter seen: The number of the revision that the asker started from; nil = whatever there is.
    /// - Throws: ``HallFault/scene(_:)``; ``SupervisionError/conflict(_:)`` with `.changedMeanwhile`.
    public func save(_ scene: HallScene, seen: Int64? = nil, by principal: Principal) async throws {
        try Self.requireManaging(principal)
        var scene = scene
        scene.name = try Names.checked(scene.name, .name, mayBeEmpty: scene.isStandard)
        guard scene.flaws.isEmpty else { throw HallFault.scene(scene.flaws) }
        for case .notice(let text) in scene.panels.map(\.content)
        where Names.hasControlCharacter(text.filter { !$0.isNewline }) {
            throw SupervisionError.invalid(.text, .forbiddenCharacter)
        }
        let now = time.now()
        try await store.write { [scene] records in
            try principal.require(Permission(.manageHall, at: .county), records)
            try Revision.last(.hallSceneChanged, of: scene.id.subject, records).require(seen: seen)
            let known = HallScene.all(with: try records.hall.scenes())
            let before = known.first { $0.id == scene.id }
            guard before != scene else { return }
            guard before != nil || known.count < Self.mostScenes else { throw HallFault.tooManyScenes }
            guard scene.name.isEmpty || !known.contains(where: { $0.id != scene.id && $0.name == scene.name }) else {
                throw SupervisionError.conflict(.nameTaken)
            }
            // What visitors are shown stays one for visitors.
            let plan = try records.hall.plan() ?? HallPlan()
            guard plan.visitors != scene.id || scene.audience == .visitors else {
                throw HallFault.plan([.notForVisitors])
            }
            try records.hall.set(scene)
            try records.ledger.append(
                .hallSceneChanged, to: scene.id.subject, by: principal.actor, at: now,
                payload: (before?.ledgerPayload ?? [:]).changes(to: scene.ledgerPayload))
        }
        subscribers.tell(())
    }

    /// A scene of the county's own, which no plan shows; one of the product's own becomes again as it was.
    public func remove(_ id: HallSceneID, by principal: Principal) async throws {
        try Self.requireManaging(principal)
        let now = time.now()
        try await store.write { records in
            try principal.require(Permission(.manageHall, at: .county), records)
            let scene = try records.hallScene(id)
            let isUsed = (try records.hall.plan() ?? HallPlan()).names(id)
            guard scene.isStandard || !isUsed else { throw HallFault.inUse }
            guard try records.hall.scene(id) != nil else { return }
            try records.hall.remove(id)
            try records.ledger.append(
                .hallSceneRemoved, to: id.subject, by: principal.actor, at: now, payload: scene.ledgerPayload)
        }
        subscribers.tell(())
    }

    /// Says which scene is shown when. Whether visitors are there stays as it is.
    public func change(_ plan: HallPlan, seen: Int64? = nil, by principal: Principal) async throws {
        try Self.requireManaging(principal)
        let now = time.now()
        try await store.write { records in
            try principal.require(Permission(.manageHall, at: .county), records)
            try Revision.last(.hallPlanChanged, records).require(seen: seen)
            let before = try records.hall.plan() ?? HallPlan()
            var after = plan
            after.visit = before.visit
            let flaws = after.flaws(HallScene.all(with: try records.hall.scenes()))
            guard flaws.isEmpty else { throw HallFault.plan(flaws) }
            guard before != after else { return }
            try records.hall.set(after)
            try records.ledger.append(
                .hallPlanChanged, to: "hall", by: principal.actor, at: now,
                payload: before.ledgerPayload.changes(to: after.ledgerPayload))
        }
        subscribers.tell(())
    }

    /// Visitors have come, or have gone: all halls follow within seconds.
    public func setVisiting(_ isVisiting: Bool, by principal: Principal) async throws {
        try Self.requireManaging(principal)
        let now = time.now()
        try await store.write { records in
            try principal.require(Permission(.manageHall, at: .county), records)
            var plan = try records.hall.plan() ?? HallPlan()
            guard (plan.visit != nil) != isVisiting else { return }
            let since = plan.visit?.since
            plan.visit = isVisiting ? HallPlan.Visit(since: now) : nil
            try records.hall.set(plan)
            try records.ledger.append(
                isVisiting ? .hallVisitBegun : .hallVisitEnded, to: "hall", by: principal.actor, at: now,
                payload: since.map { ["since": .int($0.milliseconds)] } ?? [:])
        }
        subscribers.tell(())
    }

    static func requireManaging(_ principal: Principal) throws {
        guard principal.may(.manageHall, at: .county) else { throw SupervisionError.notPermitted }
    }
}

extension HallScene {
    var ledgerPayload: [String: JSON] {
        [
            "name": .string(name), "audience": .string(audience.rawValue),
            "panels": .array(panels.map { .string($0.ledgerText) }),
        ]
    }
}

extension HallPanel {
    /// `cameras 14×7+0+1 3×3 county risk 20`
    fileprivate var ledgerText: String {
        let place = "\(kind.rawValue) \(frame.width)×\(frame.height)+\(frame.x)+\(frame.y)"
        return switch content {
        case .cameras(let cameras):
            "\(place) \(cameras.rows)×\(cameras.columns) \(cameras.territory.map { "\($0)" } ?? "all") "
                + "\(cameras.order.rawValue) \(cameras.seconds)"
        case .figures(let period): "\(place) \(period.rawValue)"
        case .notice(let text): "\(place) \(text)"
        case .captures, .map, .warnings, .record, .clock: place
        }
    }
}

extension HallPlan {
    var ledgerPayload: [String: JSON] {
        [
            "standard": .string("\(standard)"), "visitors": .string("\(visitors)"),
            "turns": .array(
                turns.map { turn in
                    .string(
                        "\(turn.scene) \(turn.weekdays.sorted().map(String.init).joined()) "
                            + "\(CalendarRules.clock(turn.startMinute))-\(CalendarRules.clock(turn.endMinute))")
                }),
        ]
    }
}
