public import Domain

/// What may be seen of recordings, and the notes of who saw what. (录像)
///
/// Reads need ``Permission/watch(_:)`` of the camera's school. A camera that the asker may not even see is not found.
public struct Footage: Sendable {
    /// Throws unless the asker may watch this camera, live or recorded. A removed camera can be watched while its footage lasts.
    public func requireWatch(_ camera: CameraID, for principal: Principal) async throws { fatalError() }

    public func timeline(
        of camera: CameraID, in span: TimeSpan, for principal: Principal
    ) async throws -> Timeline { fatalError() }

    /// The days of the zone's calendar, inside `span`, on which anything was recorded; at most 400 days are looked at.
    public func days(
        of camera: CameraID, in span: TimeSpan, zone: TerritoryZone, for principal: Principal
    ) async throws -> [CivilTime] { fatalError() }

    /// Ordered by file, then by place in the file.
    public func segments(
        of camera: CameraID, overlapping span: TimeSpan, limit: Int = 20_000, for principal: Principal
    ) async throws -> [RecordedSegment] { fatalError() }

    public func files(
        of camera: CameraID, overlapping span: TimeSpan, for principal: Principal
    ) async throws -> [RecordedFile] { fatalError() }

    /// The file of that path; ``SupervisionError/notFound`` when there is none that the asker may watch.
    public func file(at path: String, for principal: Principal) async throws -> RecordedFile { fatalError() }

    /// Notes that somebody watches. At most one ledger entry for the same person, camera and kind in ten minutes:
    /// the first at once, what was watched after it merged into the next. Cheap enough for each media request.
    public func noteViewing(
        of camera: CameraID, span: TimeSpan, kind: ViewingKind, by principal: Principal
    ) async throws { fatalError() }

    /// Writes down viewings whose ten minutes are over; with `all`, every one that waits. Call it each minute and at shutdown.
    public func settleViewings(all: Bool = false) async throws { fatalError() }

    /// Checks ``Permission/export(_:)`` and enters the export into the ledger, always.
    public func noteExport(
        of camera: CameraID, span: TimeSpan, purpose: String = "", by principal: Principal
    ) async throws { fatalError() }

    /// Keeps retention from deleting the span. Needs ``Permission/export(_:)``.
    public func protect(_ span: ProtectedSpan, by principal: Principal) async throws { fatalError() }
    public func unprotect(_ span: ProtectedSpan, by principal: Principal) async throws { fatalError() }
    public func protectedSpans(
        of camera: CameraID, overlapping span: TimeSpan, for principal: Principal
    ) async throws -> [ProtectedSpan] { fatalError() }
}

public enum ViewingKind: String, Hashable, Sendable, CaseIterable {
    case live
    case replay
    case still
}
