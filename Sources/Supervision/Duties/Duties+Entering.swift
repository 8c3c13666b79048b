import Crypto
public import Domain
import Store

extension Duties {
    /// Before a form is looked at: what the asker may not even see is not there.
    public func require(_ act: Act, at id: SchoolID, for principal: Principal) async throws {
        try await store.read { records in _ = try records.school(id, act, for: principal) }
    }

    /// Enters what a school did, or corrects it: the earlier version is kept.
    ///
    /// Who and when are the session's and the server's; after its time it is late, and said to be.
    /// - Parameters:
    ///   - seen: How many versions there were when the form was made.
    ///   - files: Photographs that are on the disk already; of a correction, besides those of the version before.
    ///   - reason: Of a correction: 2…200 characters.
    /// - Throws: ``SupervisionError/conflict(_:)`` with `.changedMeanwhile` when somebody else has entered it since.
    @discardableResult
    public func enter(
        _ record: DutyRecord, for slot: DutySlot, of id: SchoolID, seen: Int, files: [SchoolFile] = [],
        reason: String = "", by principal: Principal
    ) async throws -> DutyEntry {
        guard case .person(let person) = principal else { throw SupervisionError.notPermitted }
        let (now, reason) = (time.now(), Names.trimmed(reason))
        return try await store.write { [zone] records in
            let school = try records.school(id, .enterDuties, for: principal)
            try principal.require(Permission(.enterDuties, at: school.path), records)
            let standings = try DutyStandings(records, zone: zone, now: now, school: school)
            guard record.duty == slot.duty, let due = standings.schedule.due(slot) else {
                throw SupervisionError.notFound
            }
            guard Self.canBeEntered(slot, now: now, zone) else { throw SupervisionError.invalid(.duty, .past) }
            try Self.check(record, at: now)
            let versions = try records.duties.versions(of: slot, at: id)
            guard seen == versions.count else { throw SupervisionError.conflict(.changedMeanwhile) }
            if let last = versions.last {
                guard last.record != record || !files.isEmpty else { return last }
                guard reason.count >= 2 else { throw SupervisionError.invalid(.reason, .tooShort(minimum: 2)) }
                guard reason.count <= DutyEntry.longestReason else {
                    throw SupervisionError.invalid(.reason, .tooLong(maximum: DutyEntry.longestReason))
                }
            }
            let photos = (versions.last?.photos ?? []) + files.map(\.id)
            guard photos.count <= DutyEntry.mostPhotos else {
                throw SupervisionError.invalid(.photos, .outOfRange(minimum: 0, maximum: DutyEntry.mostPhotos))
            }
            for file in files { try records.papers.add(file, at: now) }
            let entry = DutyEntry(
                id: DutyEntryID(at: now), school: id, slot: slot, version: versions.count + 1, record: record,
                photos: photos, by: person.id, time: now, reason: versions.isEmpty ? "" : reason)
            try records.duties.add(entry)
            try records.enter(
                entry, versions.isEmpty ? .dutyEntered : .dutyCorrected, isLate: now > due.time && versions.isEmpty,
                files: files, by: principal)
            return entry
        }
    }

    /// Samples whose time is over were thrown away.
    public func dispose(
        _ slot: DutySlot, of id: SchoolID, by principal: Principal
    ) async throws {
        guard case .person(let person) = principal else { throw SupervisionError.notPermitted }
        let now = time.now()
        try await store.write { records in
            let school = try records.school(id, .enterDuties, for: principal)
            try principal.require(Permission(.enterDuties, at: school.path), records)
            guard var entry = try records.duties.versions(of: slot, at: id).last,
                case .sampleRetention(var samples) = entry.record
            else { throw SupervisionError.notFound }
            guard samples.disposed == nil else { return }
            guard samples.mustGo(at: now) else { throw SupervisionError.invalid(.dutyDisposed, .implausible) }
            samples.disposed = now
            entry = DutyEntry(
                id: DutyEntryID(at: now), school: id, slot: slot, version: entry.version + 1,
                record: .sampleRetention(samples), photos: entry.photos, by: person.id, time: now)
            try records.duties.add(entry)
            try records.enter(entry, .samplesDisposed, isLate: false, files: [], by: principal)
        }
    }

    private static func check(_ record: DutyRecord, at now: UTCTime) throws {
        do {
            try record.check(at: now)
        } catch let flaw {
            throw SupervisionError.invalid(
                SupervisionError.Field(rawValue: flaw.field.rawValue) ?? .duty, SupervisionError.Flaw(flaw.kind))
        }
    }
}

extension SupervisionError.Flaw {
    init(_ kind: DutyFlaw.Kind) {
        self =
            switch kind {
            case .empty: .empty
            case .tooLong(let most): .tooLong(maximum: most)
            case .outOfRange(let least, let most): .outOfRange(minimum: least, maximum: most)
            case .implausible: .implausible
            case .twice: .overlapping
            }
    }
}

extension Records {
    /// What the ledger keeps of an entry: what it was for, and the hash of what stands in it, which may be about people.
    fileprivate func enter(
        _ entry: DutyEntry, _ act: LedgerAct, isLate: Bool, files: [SchoolFile], by principal: Principal
    ) throws {
        let text = try DutyRecords.text(of: entry.record)
        var payload: [String: JSON] = [
            "duty": .string(entry.slot.duty.rawValue), "period": .string(entry.slot.period.description),
            "version": .int(Int64(entry.version)), "problems": .int(Int64(entry.record.problems)),
            "record": .string(Array(SHA256.hash(data: Array(text.utf8))).hexadecimal),
        ]
        if let meal = entry.slot.meal { payload["meal"] = .string(meal.rawValue) }
        if isLate { payload["late"] = .bool(true) }
        if !files.isEmpty { payload["files"] = .array(files.map { .string($0.sha256) }) }
        if !entry.reason.isEmpty { payload["reason"] = .string(entry.reason) }
        try ledger.append(act, to: "school/\(entry.school)", by: principal.actor, at: entry.time, payload: payload)
    }
}
