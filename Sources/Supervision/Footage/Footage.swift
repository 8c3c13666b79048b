public import Domain
import Store

/// What may be seen of recordings, and the notes of who saw what. (录像)
///
/// Reads need ``Act/replay`` where the camera hangs. A camera that the asker may not even see is not found.
public struct Footage: Sendable {
    let store: Store
    let time: TimeSource
    private let viewings: ViewingLog

    init(store: Store, time: TimeSource) {
        self.store = store
        self.time = time
        viewings = ViewingLog(store: store, time: time)
    }

    /// Throws unless the asker may watch, replay or export this camera. A removed camera counts while its footage lasts.
    public func require(_ act: Act, of camera: CameraID, for principal: Principal) async throws {
        try principal.require(act, at: try await store.read { try $0.places.path(of: camera) })
    }

    public func timeline(of camera: CameraID, in span: TimeSpan, for principal: Principal) async throws -> Timeline {
        try await require(.replay, of: camera, for: principal)
        return Timeline(
            span: span, files: try await store.footage.files(of: camera, overlapping: span),
            gaps: try await store.footage.gaps(of: camera, overlapping: span),
            protected: try await store.footage.protectedSpans(of: camera, overlapping: span))
    }

    /// The days of the zone's calendar that the span touches and on which anything was recorded; at most 400 days are looked at.
    public func days(
        of camera: CameraID, in span: TimeSpan, zone: TerritoryZone, for principal: Principal
    ) async throws -> [CivilTime] {
        try await require(.replay, of: camera, for: principal)
        let end = min(span.end, span.start + .seconds(400 * 86_400))
        return try await store.footage.days(of: camera, in: TimeSpan(start: span.start, end: end), zone: zone)
    }

    /// Ordered by file, then by place in the file.
    public func segments(
        of camera: CameraID, overlapping span: TimeSpan, limit: Int = 20_000, for principal: Principal
    ) async throws -> [RecordedSegment] {
        try await require(.replay, of: camera, for: principal)
        return try await store.footage.segments(of: camera, overlapping: span, limit: limit)
    }

    public func files(
        of camera: CameraID, overlapping span: TimeSpan, for principal: Principal
    ) async throws -> [RecordedFile] {
        try await require(.replay, of: camera, for: principal)
        return try await store.footage.files(of: camera, overlapping: span)
    }

    /// The file of that path; ``SupervisionError/notFound`` when there is none that the asker may see.
    public func file(at path: String, for principal: Principal) async throws -> RecordedFile {
        guard let file = try await store.footage.file(at: path) else { throw SupervisionError.notFound }
        try await require(.replay, of: file.camera, for: principal)
        return file
    }

    /// Notes that somebody watches. At most one ledger entry for the same person, camera and kind in ten minutes:
    /// the first at once, what was watched after it merged into the next. Cheap enough for each media request.
    /// - Parameter reason: Of recordings; nil for live pictures and evidence of captures, which need none.
    public func noteViewing(
        of camera: CameraID, span: TimeSpan, kind: ViewingKind, reason: ViewingReason? = nil, by principal: Principal
    ) async throws {
        let key = Viewings.Key(actor: principal.actor, camera: camera, kind: kind, reason: reason)
        try await viewings.watch(span, key) {
            // For what was shown, its page has asked: a still may be live, a clip may be a capture's.
            try await require(.see, of: camera, for: principal)
        }
    }

    /// Writes down viewings whose ten minutes are over; with `all`, every one that waits. Call it each minute and at shutdown.
    public func settleViewings(all: Bool = false) async throws {
        try await viewings.settle(all: all)
    }

    /// Checks ``Act/export`` and enters the export into the ledger, always.
    /// - Parameter purpose: Why, in the person's words; 200 characters at most.
    public func noteExport(
        of camera: CameraID, span: TimeSpan, purpose: String = "", reason: ViewingReason? = nil,
        by principal: Principal
    ) async throws {
        try await require(.export, of: camera, for: principal)
        let purpose = try Self.checkedReason(purpose)
        let now = time.now()
        var payload: [String: JSON] = [
            "from": .int(span.start.milliseconds), "to": .int(span.end.milliseconds), "purpose": .string(purpose),
        ]
        if let reason { payload["reason"] = .object(reason.ledgerPayload) }
        let entered = payload
        try await store.write { records in
            _ = try records.ledger.append(
                .footageExported, to: "camera/\(camera)", by: principal.actor, at: now, payload: entered)
        }
    }

    /// Keeps retention from deleting the span. Needs ``Act/export``.
    public func protect(_ span: ProtectedSpan, by principal: Principal) async throws {
        try await require(.export, of: span.camera, for: principal)
        guard !span.span.isEmpty else { throw SupervisionError.invalid(.span, .empty) }
        var checked = span
        checked.reason = try Self.checkedReason(span.reason)
        try await store.footage.protect(checked, by: principal.actor, at: time.now())
    }

    /// Ends the protection of exactly this span for exactly this reason. Needs ``Act/export``.
    public func unprotect(_ span: ProtectedSpan, by principal: Principal) async throws {
        try await require(.export, of: span.camera, for: principal)
        guard try await store.footage.unprotect(span, by: principal.actor, at: time.now()) else {
            throw SupervisionError.notFound
        }
    }

    public func protectedSpans(
        of camera: CameraID, overlapping span: TimeSpan, for principal: Principal
    ) async throws -> [ProtectedSpan] {
        try await require(.replay, of: camera, for: principal)
        return try await store.footage.protectedSpans(of: camera, overlapping: span)
    }

    static func checkedReason(_ typed: String) throws -> String {
        let reason = Names.trimmed(typed)
        guard reason.unicodeScalars.count <= 200 else {
            throw SupervisionError.invalid(.reason, .tooLong(maximum: 200))
        }
        guard !Names.hasControlCharacter(reason) else { throw SupervisionError.invalid(.reason, .forbiddenCharacter) }
        return reason
    }
}

public enum ViewingKind: String, Hashable, Sendable, CaseIterable {
    case live
    case replay
    case still
}
