public import Domain

/// Captures that somebody has left to a colleague.
extension CaptureRecords {
    public func handOver(of id: CaptureID) throws -> HandOver? {
        try connection.first(
            "select capture_id, from_id, to_id, note, given_ms from capture_hand_over where capture_id = \(id)"
        ) { row in
            HandOver(
                try row.value(0), from: try row.value(1), to: try row.value(2), note: try row.value(3),
                at: try row.value(4))
        }
    }

    /// Takes the place of an earlier one.
    public func set(_ handOver: HandOver) throws {
        try connection.execute(
            """
            insert into capture_hand_over (capture_id, from_id, to_id, note, given_ms)
            values (\(handOver.capture), \(handOver.from), \(handOver.to), \(handOver.note), \(handOver.time))
            on conflict (capture_id) do update set from_id = excluded.from_id, to_id = excluded.to_id,
              note = excluded.note, given_ms = excluded.given_ms
            """)
    }

    /// Those that wait for this person, the one left first first.
    public func handed(to person: PersonID, limit: Int) throws -> [CaptureID] {
        try connection.all(
            """
            select h.capture_id from capture_hand_over as h join capture as c on c.id = h.capture_id
            where h.to_id = \(person) and c.judgement = 'waiting' order by h.given_ms, h.capture_id limit \(limit)
            """
        ) { try $0.value(0) }
    }

    /// Which of these were left to somebody else than this person.
    public func handedAway(_ ids: [CaptureID], from person: PersonID) throws -> Set<CaptureID> {
        Set(try ids.filter { try handOver(of: $0).map { $0.to != person } == true })
    }
}
