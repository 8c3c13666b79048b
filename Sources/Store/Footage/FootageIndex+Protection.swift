public import Domain

extension FootageIndex {
    /// Keeps retention from deleting the span; nothing happens when exactly this is protected already.
    public func protect(_ span: ProtectedSpan, by actor: LedgerActor, at time: UTCTime) async throws {
        try await database.write { connection in
            let added = try connection.execute(
                """
                insert into protected_span (camera_id, start_ms, end_ms, reason, created_ms)
                values (\(span.camera), \(span.span.start), \(span.span.end), \(span.reason), \(time))
                on conflict do nothing
                """)
            if added > 0 { try note(span, isProtected: true, by: actor, at: time, connection) }
        }
    }

    /// Ends the protection of exactly this span for exactly this reason. False when there is none.
    public func unprotect(_ span: ProtectedSpan, by actor: LedgerActor, at time: UTCTime) async throws -> Bool {
        try await database.write { connection in
            let removed = try connection.execute(
                """
                delete from protected_span where camera_id = \(span.camera) and start_ms = \(span.span.start)
                  and end_ms = \(span.span.end) and reason = \(span.reason)
                """)
            if removed > 0 { try note(span, isProtected: false, by: actor, at: time, connection) }
            return removed > 0
        }
    }

    /// By start.
    public func protectedSpans(of camera: CameraID, overlapping span: TimeSpan) async throws -> [ProtectedSpan] {
        try await database.read { connection in
            try connection.all(
                """
                select start_ms, end_ms, reason from protected_span
                where camera_id = \(camera) and end_ms > \(span.start) and start_ms < \(span.end)
                order by start_ms, id
                """
            ) { row in
                ProtectedSpan(camera: camera, span: try TimeSpan(row: row, at: 0), reason: try row.value(2))
            }
        }
    }

    private func note(
        _ span: ProtectedSpan, isProtected: Bool, by actor: LedgerActor, at time: UTCTime, _ connection: any Connection
    ) throws {
        try LedgerRecords(connection: connection).append(
            .footageProtected, to: "camera/\(span.camera)", by: actor, at: time,
            payload: [
                "from": .int(span.span.start.milliseconds), "to": .int(span.span.end.milliseconds),
                "reason": .string(span.reason), "protected": .bool(isProtected),
            ])
    }
}
