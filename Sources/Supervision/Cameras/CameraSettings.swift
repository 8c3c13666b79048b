public import Domain
import Store

/// The cameras as their administrator set them up. (摄像机设置) Changes need ``Permission/configureCameras``.
///
/// Ledger entries say which settings changed and never hold a user name or password.
public struct CameraSettings: Sendable {
    let store: Store
    let time: TimeSource

    /// Every camera with its credentials: for the program itself, which connects to them.
    public func all() async throws -> [Camera] {
        try await store.read { try $0.cameras.all() }
    }

    /// Carries credentials only for those who may configure cameras.
    public func camera(_ id: CameraID, for principal: Principal) async throws -> Camera {
        try await store.read { records in
            try principal.require(.see, at: try records.places.path(of: id))
            guard let camera = try records.cameras.camera(id) else { throw SupervisionError.notFound }
            return camera.shown(to: principal)
        }
    }

    public func add(_ draft: CameraDraft, by principal: Principal) async throws -> Camera {
        let now = time.now()
        let camera = try draft.camera(id: CameraID(at: now)).checked()
        try await store.write { records in
            try principal.require(.configureCameras, records)
            guard try records.places.area(camera.area) != nil else { throw SupervisionError.invalid(.area, .unknown) }
            try records.enter(camera, by: principal, at: now)
        }
        return camera
    }

    @discardableResult
    public func change(_ camera: Camera, by principal: Principal) async throws -> Camera {
        let after = try camera.checked()
        let now = time.now()
        try await store.write { records in
            try principal.require(.configureCameras, records)
            guard let before = try records.cameras.camera(after.id) else { throw SupervisionError.notFound }
            guard after != before else { return }
            guard try records.places.area(after.area) != nil else { throw SupervisionError.invalid(.area, .unknown) }
            try unlessNameTaken { try records.cameras.change(after) }
            let payload = before.ledgerPayload.changes(to: after.ledgerPayload)
                .merging(before.hiddenChanges(to: after)) { _, hidden in hidden }
            try records.ledger.append(
                .cameraChanged, to: "camera/\(after.id)", by: principal.actor, at: now, payload: payload)
        }
        return after
    }

    /// Its footage stays until retention deletes it.
    public func remove(_ id: CameraID, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            try principal.require(.configureCameras, records)
            guard let camera = try records.cameras.camera(id) else { throw SupervisionError.notFound }
            try records.cameras.remove(id, at: now)
            try records.ledger.append(
                .cameraRemoved, to: "camera/\(id)", by: principal.actor, at: now, payload: camera.ledgerPayload)
        }
    }

    /// A number that grows whenever any process changes schools, areas or cameras: cheap enough to ask every second.
    public func revision() async throws -> Int64 {
        // Each such change is an entry of the ledger, so nothing else needs to count them.
        try await store.read { try $0.ledger.lastSequence(of: Self.changes) }
    }

    private static let changes: [LedgerAct] = [
        .cameraAdded, .cameraChanged, .cameraRemoved, .schoolAdded, .schoolChanged, .schoolRemoved, .areaAdded,
        .areaChanged, .areaRemoved, .townshipAdded, .townshipChanged, .townshipRemoved, .canteenAdded, .canteenChanged,
        .canteenRemoved,
    ]
}

extension Camera {
    func shown(to principal: Principal) -> Camera {
        guard !principal.may(.configureCameras) else { return self }
        var camera = self
        camera.credentials = nil
        return camera
    }

    /// With its name trimmed; throws what is wrong with it.
    func checked() throws -> Camera {
        var camera = self
        camera.name = try Names.checked(name, .name)
        guard main.isStorable else { throw SupervisionError.invalid(.main, .forbiddenCharacter) }
        guard sub?.isStorable != false else { throw SupervisionError.invalid(.sub, .forbiddenCharacter) }
        if let credentials {
            // A line break would end a header of the request in which they are sent.
            guard !Names.hasControlCharacter(credentials.user + credentials.password.reveal()) else {
                throw SupervisionError.invalid(.credentials, .forbiddenCharacter)
            }
            guard credentials.user.utf8.count <= 256, credentials.password.reveal().utf8.count <= 256 else {
                throw SupervisionError.invalid(.credentials, .tooLong(maximum: 256))
            }
        }
        if let retentionDays, !(7...3650).contains(retentionDays) {
            throw SupervisionError.invalid(.retentionDays, .outOfRange(minimum: 7, maximum: 3650))
        }
        return camera
    }
}
