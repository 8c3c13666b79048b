public import Domain
import Store

extension Captures {
    /// Only of cameras for which somebody has set anything but the standard: for the program itself.
    public func settings() async throws -> [CameraID: AnalysisSettings] {
        try await store.read { try $0.analysis.settings() }
    }

    public func settings(of camera: CameraID, for principal: Principal) async throws -> AnalysisSettings {
        try await store.read { records in
            try principal.require(.watchLive, at: try records.places.path(of: camera))
            return try records.analysis.settings(of: camera)
        }
    }

    /// When kitchens work, of cameras for whose school or county somebody has set it: for the program itself.
    public func hours() async throws -> [CameraID: WorkingHours] {
        try await store.read { try $0.rules.hoursOfCameras() }
    }

    /// A number that grows whenever any process changes how a camera is analysed: cheap enough to ask every second.
    public func settingsRevision() async throws -> Int64 {
        try await store.read { try $0.ledger.lastSequence(of: [.analysisChanged, .calendarChanged]) }
    }

    /// Needs ``Permission/configureCameras``. Rules that are the standard ones are not kept as the camera's own.
    public func changeSettings(
        of camera: CameraID, to settings: AnalysisSettings, by principal: Principal
    ) async throws {
        let after = try settings.checked()
        let now = time.now()
        try await store.write { records in
            try principal.require(.configureCameras, records)
            guard try records.cameras.camera(camera) != nil else { throw SupervisionError.notFound }
            let before = try records.analysis.settings(of: camera)
            guard before != after else { return }
            try records.analysis.set(after, of: camera)
            try records.ledger.append(
                .analysisChanged, to: "camera/\(camera)", by: principal.actor, at: now,
                payload: before.ledgerPayload.changes(to: after.ledgerPayload))
        }
    }
}
