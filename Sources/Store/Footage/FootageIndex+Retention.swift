public import Domain

/// Why footage was deleted; the raw value is what the ledger keeps.
public enum DeletionReason: String, Sendable, CaseIterable {
    /// Older than the camera's retention.
    case age
    /// The oldest there was when the disk budget was used up.
    case budget
    /// The index spoke of a file that is not there.
    case missing
    /// Nothing in the file could be played.
    case unreadable
}

extension FootageIndex {
    /// Whole files that ended before a moment and are not protected, oldest first.
    public func deletableFiles(
        of camera: CameraID, endedBefore time: UTCTime, limit: Int
    ) async throws -> [RecordedFile] {
        try await database.read { connection in
            try connection.all(
                """
                select \(RecordedFile.columns) from recorded_file as f
                where f.camera_id = \(camera) and f.start_ms < \(time) and f.end_ms <= \(time) and \(deletable)
                order by f.start_ms, f.id limit \(limit)
                """, RecordedFile.init(row:))
        }
    }

    /// Whole files of any camera that are not protected, oldest first.
    public func oldestDeletableFiles(limit: Int) async throws -> [RecordedFile] {
        try await database.read { connection in
            try connection.all(
                """
                select \(RecordedFile.columns) from recorded_file as f where \(deletable)
                order by f.start_ms, f.id limit \(limit)
                """, RecordedFile.init(row:))
        }
    }

    /// Forgets files and says so in the ledger, with a digest of each one's segments: the proof outlives the footage.
    /// Paths that the index does not know are passed over.
    public func removeFiles(
        _ paths: [String], because reason: DeletionReason, by actor: LedgerActor = .node, at time: UTCTime
    ) async throws {
        try await database.write { connection in
            var removed: [CameraID: [JSON]] = [:]
            for path in paths {
                guard
                    let file = try connection.first(
                        "select \(RecordedFile.columns) from recorded_file as f where f.path = \(path)",
                        RecordedFile.init(row:)),
                    let digest = try SegmentDigest.ofFile(path, connection)
                else { continue }
                removed[file.camera, default: []].append([
                    "path": .string(path), "from": .int(file.start.milliseconds),
                    "to": .int(file.span.end.milliseconds), "bytes": .int(file.sizeBytes), "segments": digest.json,
                ])
                try connection.execute("delete from recorded_file where path = \(path)")
            }
            for (camera, files) in removed.sorted(by: { $0.key < $1.key }) {
                try LedgerRecords(connection: connection).append(
                    .footageDeleted, to: "camera/\(camera)", by: actor, at: time,
                    payload: ["reason": .string(reason.rawValue), "files": .array(files)])
            }
        }
    }

    /// Forgets gaps that ended before a moment: they say nothing once the footage around them is gone.
    public func removeGaps(of camera: CameraID, endedBefore time: UTCTime) async throws {
        try await database.write { connection in
            _ = try connection.execute("delete from recording_gap where camera_id = \(camera) and end_ms <= \(time)")
        }
    }
}

private let deletable: SQL = """
    f.is_closed = 1 and not exists (select 1 from protected_span as p
      where p.camera_id = f.camera_id and p.start_ms < f.end_ms and p.end_ms > f.start_ms)
    """
