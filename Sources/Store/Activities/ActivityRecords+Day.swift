public import Domain

/// What was found and photographed, and what people think of it.
extension ActivityRecords {
    public func findings(of id: ActivityID) throws -> [ActivityFinding] {
        try connection.all(
            "select \(Self.findingColumns) from activity_finding where activity_id = \(id) order by found_ms, id",
            ActivityFinding.init(row:))
    }

    public func finding(_ id: ActivityFindingID) throws -> ActivityFinding? {
        try connection.first(
            "select \(Self.findingColumns) from activity_finding where id = \(id)", ActivityFinding.init(row:))
    }

    public func add(_ finding: ActivityFinding) throws {
        try connection.execute(
            """
            insert into activity_finding (id, activity_id, school_id, area_id, matter, grade, note, is_mended, found_ms,
              case_id)
            values (\(finding.id), \(finding.activity), \(finding.school), \(finding.area), \(finding.matter),
              \(finding.grade.rawValue), \(finding.note), \(finding.isMended), \(finding.time), \(finding.caseID))
            """)
    }

    public func set(_ caseID: CaseID, of id: ActivityFindingID) throws {
        try connection.execute("update activity_finding set case_id = \(caseID) where id = \(id)")
    }

    public func photos(of id: ActivityID) throws -> [ActivityPhoto] {
        try connection.all(
            "select \(Self.photoColumns) from activity_photo where activity_id = \(id) order by added_ms, id",
            ActivityPhoto.init(row:))
    }

    public func photo(_ id: ActivityPhotoID) throws -> ActivityPhoto? {
        try connection.first(
            "select \(Self.photoColumns) from activity_photo where id = \(id)", ActivityPhoto.init(row:))
    }

    public func add(_ photo: ActivityPhoto) throws {
        try connection.execute(
            """
            insert into activity_photo (id, activity_id, finding_id, caption, is_public, path, size_bytes, sha256, added_ms)
            values (\(photo.id), \(photo.activity), \(photo.finding), \(photo.caption), \(photo.isPublic),
              \(photo.path), \(photo.sizeBytes), \(photo.sha256), \(photo.time))
            """)
    }

    public func setPublic(_ isPublic: Bool, _ id: ActivityPhotoID) throws {
        try connection.execute("update activity_photo set is_public = \(isPublic) where id = \(id)")
    }

    public func remove(_ id: ActivityPhotoID) throws {
        try connection.execute("delete from activity_photo where id = \(id)")
    }

    public func feedback(of id: ActivityID) throws -> [ActivityFeedback] {
        try connection.all(
            """
            select f.sign_up_id, s.activity_id, s.role, f.stars, f.words, f.given_ms, f.is_public
            from activity_feedback as f join sign_up as s on s.id = f.sign_up_id
            where s.activity_id = \(id) order by f.given_ms, f.sign_up_id
            """
        ) { row in
            ActivityFeedback(
                signUp: try row.value(0), activity: try row.value(1), role: try row.value(2),
                stars: try row.value(3), words: try row.value(4), time: try row.value(5), isPublic: try row.value(6))
        }
    }

    /// Once more instead of what was there; words that change have to be let pass again.
    public func set(_ feedback: ActivityFeedback) throws {
        try connection.execute(
            """
            insert into activity_feedback (sign_up_id, stars, words, given_ms, is_public)
            values (\(feedback.signUp), \(feedback.stars), \(feedback.words), \(feedback.time), \(feedback.isPublic))
            on conflict (sign_up_id) do update set stars = excluded.stars, words = excluded.words,
              given_ms = excluded.given_ms, is_public = excluded.is_public
            """)
    }

    private static let findingColumns: SQL =
        "id, activity_id, school_id, area_id, matter, grade, note, is_mended, found_ms, case_id"
    private static let photoColumns: SQL =
        "id, activity_id, finding_id, caption, is_public, path, size_bytes, sha256, added_ms"
}

extension ActivityFinding {
    fileprivate init(row: borrowing Row) throws {
        guard let grade = Grade(rawValue: try row.value(5)) else { throw row.badValue(5, "Grade") }
        self.init(
            id: try row.value(0), activity: try row.value(1), school: try row.value(2), area: try row.value(3),
            matter: try row.value(4), grade: grade, note: try row.value(6), isMended: try row.value(7),
            time: try row.value(8), caseID: try row.value(9))
    }
}

extension ActivityPhoto {
    fileprivate init(row: borrowing Row) throws {
        self.init(
            id: try row.value(0), activity: try row.value(1), finding: try row.value(2), caption: try row.value(3),
            isPublic: try row.value(4), path: try row.value(5), sizeBytes: try row.value(6),
            sha256: try row.value(7), time: try row.value(8))
    }
}
