public import Domain
import Store

/// The screen in the supervision hall: its scenes, when which is shown, and what is on them. (智慧监管大厅)
///
/// Watched by whoever may ``Act/watchHall``, each with what lies in their own territory; laid out by whoever may
/// ``Act/manageHall`` in the whole county.
public struct Halls: Sendable {
    let store: Store
    let time: TimeSource
    let zone: TerritoryZone
    let cases: Cases
    let captures: Captures
    let patrols: Patrols
    let memory = HallMemory()
    let subscribers = Subscribers<Void>()

    init(store: Store, time: TimeSource, zone: TerritoryZone, cases: Cases, captures: Captures, patrols: Patrols) {
        self.store = store
        self.time = time
        self.zone = zone
        self.cases = cases
        self.captures = captures
        self.patrols = patrols
    }

    /// Told whenever a screen may have to show something else. Changes of another node are not: screens ask again by themselves.
    public func changes() -> AsyncStream<Void> { subscribers.stream() }

    /// The product's own first, then the county's.
    public func scenes(for principal: Principal) async throws -> [HallScene] {
        try Self.requireWatching(principal)
        return try await store.read { HallScene.all(with: try $0.hall.scenes()) }
    }

    public func plan(for principal: Principal) async throws -> (plan: HallPlan, revision: Revision) {
        try Self.requireWatching(principal)
        return try await store.read { records in
            (try records.hall.plan() ?? HallPlan(), try .last(.hallPlanChanged, records))
        }
    }

    public func scene(_ id: HallSceneID, for principal: Principal) async throws -> (
        scene: HallScene, revision: Revision
    ) {
        try Self.requireWatching(principal)
        return try await store.read { records in
            (try records.hallScene(id), try .last(.hallSceneChanged, of: id.subject, records))
        }
    }

    /// What a screen shows at this moment.
    ///
    /// - Parameter id: nil = what the plan says. While visitors are there every screen shows the scene for visitors.
    public func showing(_ id: HallSceneID? = nil, for principal: Principal) async throws -> HallShowing {
        try Self.requireWatching(principal)
        let (now, zone) = (time.now(), zone)
        return try await store.read { records in
            // A scene that nobody knows is not there, whoever visits.
            let asked = try id.map { try records.hallScene($0) }
            let plan = try records.hall.plan() ?? HallPlan()
            let planned = plan.scene(at: now, in: zone)
            var scene = asked ?? HallScene.overview
            if asked == nil || plan.visit != nil {
                scene = try HallScene.all(with: records.hall.scenes()).first { $0.id == planned } ?? .overview
            }
            return HallShowing(
                scene: scene, revision: try .last(.hallSceneChanged, of: scene.id.subject, records),
                visitingSince: plan.visit?.since)
        }
    }

    static func requireWatching(_ principal: Principal) throws {
        guard principal.maySomewhere(.watchHall) else { throw SupervisionError.notPermitted }
    }
}

/// A scene on a screen.
public struct HallShowing: Sendable {
    public var scene: HallScene
    public var revision: Revision
    /// nil = nobody is visiting.
    public var visitingSince: UTCTime?
}

/// What somebody has laid out or planned can't be shown; everything that is wrong with it.
public enum HallFault: Error, Hashable, Sendable {
    case scene([HallScene.Flaw])
    case plan([HallPlan.Flaw])
    /// As many scenes as a county may have.
    case tooManyScenes
    /// The plan shows it, or the product brings it along.
    case inUse
}

extension HallSceneID {
    var subject: String { "hall-scene/\(self)" }
}

extension Records {
    func hallScene(_ id: HallSceneID) throws -> HallScene {
        guard let scene = try HallScene.all(with: hall.scenes()).first(where: { $0.id == id }) else {
            throw SupervisionError.notFound
        }
        return scene
    }
}
