public import Domain
import Store

/// What was found and photographed, and what may be shown of it.
extension Activities {
    /// What somebody found on the day, or wrote down afterwards.
    public struct FindingDraft: Sendable, Hashable {
        public var school: SchoolID
        public var area: AreaID?
        public var matter: String
        public var grade: Grade
        public var note: String
        public var isMended: Bool

        public init(
            school: SchoolID, area: AreaID? = nil, matter: String, grade: Grade, note: String = "",
            isMended: Bool = false
        ) {
            self.school = school
            self.area = area
            self.matter = matter
            self.grade = grade
            self.note = note
            self.isMended = isMended
        }
    }

    @discardableResult
    public func add(
        _ draft: FindingDraft, to id: ActivityID, by principal: Principal
    ) async throws -> ActivityFinding {
        let matter = try Names.checked(draft.matter, .matter, most: 60)
        let note = Names.trimmed(draft.note)
        guard note.unicodeScalars.count <= 500 else { throw SupervisionError.invalid(.note, .tooLong(maximum: 500)) }
        let now = time.now()
        return try await store.write { records in
            let (activity, schools) = try Self.find(id, .planActivities, records, for: principal)
            try Self.require([.running, .done, .reported], activity)
            guard schools.contains(where: { $0.id == draft.school }) else {
                throw SupervisionError.invalid(.school, .unknown)
            }
            if let area = draft.area, try records.places.area(area)?.school != draft.school {
                throw SupervisionError.invalid(.area, .unknown)
            }
            let finding = ActivityFinding(
                id: ActivityFindingID(at: now), activity: id, school: draft.school, area: draft.area, matter: matter,
                grade: draft.grade, note: note, isMended: draft.isMended, time: now)
            try records.activities.add(finding)
            try records.ledger.append(
                .activityFound, to: "activity/\(id)", by: principal.actor, at: now,
                payload: [
                    "finding": .string("\(finding.id)"), "school": .string("\(finding.school)"),
                    "matter": .string(matter), "grade": .int(Int64(finding.grade.rawValue)), "note": .string(note),
                    "mended": .bool(finding.isMended),
                ])
            return finding
        }
    }

    /// Makes a case of a finding, once. Needs ``Act/openCase`` at the school. (立案)
    public func openCase(
        of finding: ActivityFindingID, in id: ActivityID, by principal: Principal
    ) async throws -> CaseOpened {
        let now = time.now()
        let cases = cases
        let (opened, draft) = try await store.write { records in
            _ = try Self.find(id, .lookAtActivities, records, for: principal)
            guard let found = try records.activities.finding(finding), found.activity == id else {
                throw SupervisionError.notFound
            }
            guard found.caseID == nil else { throw SupervisionError.activity(.hasCase) }
            let draft = CaseDraft(
                .finding(
                    .init(.activity, "\(id)", at: found.time), at: .init(found.school, area: found.area),
                    .other(found.matter), found.grade), note: found.note)
            let opened = try cases.open(draft, records, by: principal, at: now)
            try records.activities.set(opened.id, of: finding)
            try records.ledger.append(
                .activityFindingPassedOn, to: "activity/\(id)", by: principal.actor, at: now,
                payload: ["finding": .string("\(finding)"), "case": .string("\(opened.id)")])
            return (opened, draft)
        }
        cases.tell(opened, of: draft)
        return opened
    }

    /// Before a file is taken in.
    public func requirePhotos(of id: ActivityID, for principal: Principal) async throws {
        try await store.read { records in
            let (activity, _) = try Self.find(id, .planActivities, records, for: principal)
            try Self.require([.running, .done, .reported], activity)
            guard try records.activities.photos(of: id).count < ActivityPhoto.mostOfOne else {
                throw SupervisionError.activity(.tooManyPhotos)
            }
        }
    }

    /// - Parameter photo: Its file is on the disk already.
    public func add(_ photo: ActivityPhoto, by principal: Principal) async throws {
        var photo = photo
        photo.caption = Names.trimmed(photo.caption)
        guard photo.caption.unicodeScalars.count <= 100 else {
            throw SupervisionError.invalid(.caption, .tooLong(maximum: 100))
        }
        let kept = photo
        try await store.write { records in
            let (activity, _) = try Self.find(kept.activity, .planActivities, records, for: principal)
            try Self.require([.running, .done, .reported], activity)
            if let finding = kept.finding, try records.activities.finding(finding)?.activity != kept.activity {
                throw SupervisionError.notFound
            }
            guard try records.activities.photos(of: kept.activity).count < ActivityPhoto.mostOfOne else {
                throw SupervisionError.activity(.tooManyPhotos)
            }
            try records.activities.add(kept)
            try records.ledger.append(
                .activityPhotoAdded, to: "activity/\(kept.activity)", by: principal.actor, at: kept.time,
                payload: ["photo": .string("\(kept.id)"), "sha256": .string(kept.sha256.hexadecimal)])
        }
    }

    /// Whether everybody may see it: that those in it have agreed, the person answers for.
    public func setPublic(
        _ isPublic: Bool, _ photo: ActivityPhotoID, of id: ActivityID, by principal: Principal
    ) async throws {
        let now = time.now()
        try await store.write { records in
            _ = try Self.find(id, .planActivities, records, for: principal)
            guard try records.activities.photo(photo)?.activity == id else { throw SupervisionError.notFound }
            try records.activities.setPublic(isPublic, photo)
            try records.ledger.append(
                .activityPhotoJudged, to: "activity/\(id)", by: principal.actor, at: now,
                payload: ["photo": .string("\(photo)"), "public": .bool(isPublic)])
        }
    }

    /// - Returns: What to delete of the disk.
    public func remove(
        _ photo: ActivityPhotoID, of id: ActivityID, by principal: Principal
    ) async throws -> ActivityPhoto {
        let now = time.now()
        return try await store.write { records in
            _ = try Self.find(id, .planActivities, records, for: principal)
            guard let found = try records.activities.photo(photo), found.activity == id else {
                throw SupervisionError.notFound
            }
            try records.activities.remove(photo)
            try records.ledger.append(
                .activityPhotoRemoved, to: "activity/\(id)", by: principal.actor, at: now,
                payload: ["photo": .string("\(photo)"), "sha256": .string(found.sha256.hexadecimal)])
            return found
        }
    }

    public func photo(
        _ photo: ActivityPhotoID, of id: ActivityID, for principal: Principal
    ) async throws -> ActivityPhoto {
        try await store.read { records in
            _ = try Self.find(id, .lookAtActivities, records, for: principal)
            guard let found = try records.activities.photo(photo), found.activity == id else {
                throw SupervisionError.notFound
            }
            return found
        }
    }

    /// For everybody: once the report is public, and only what was let pass.
    public func publicPhoto(_ photo: ActivityPhotoID, of code: PublicCode) async throws -> ActivityPhoto {
        try await store.read { records in
            guard let activity = try records.activities.activity(of: code), activity.state == .reported,
                let found = try records.activities.photo(photo), found.activity == activity.id, found.isPublic
            else { throw SupervisionError.notFound }
            return found
        }
    }

    /// Whether everybody may read somebody's words.
    public func setPublic(
        _ isPublic: Bool, feedbackOf signUp: SignUpID, of id: ActivityID, by principal: Principal
    ) async throws {
        let now = time.now()
        try await store.write { records in
            _ = try Self.find(id, .planActivities, records, for: principal)
            guard var found = try records.activities.feedback(of: id).first(where: { $0.signUp == signUp }) else {
                throw SupervisionError.notFound
            }
            found.isPublic = isPublic
            try records.activities.set(found)
            try records.ledger.append(
                .activityFeedbackJudged, to: "activity/\(id)", by: principal.actor, at: now,
                payload: ["signUp": .string("\(signUp)"), "public": .bool(isPublic)])
        }
    }

    private static func require(_ states: Set<Activity.State>, _ activity: Activity) throws {
        guard states.contains(activity.state) else { throw SupervisionError.activity(.notNow(activity.state)) }
    }
}
