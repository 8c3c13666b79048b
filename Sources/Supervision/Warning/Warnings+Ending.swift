public import Domain
import Store

extension Warnings {
    /// Says what came of a warning; once.
    ///
    /// - Throws: ``SupervisionError/invalid(_:_:)`` for a case of another place and for a missing or too long note;
    ///   ``SupervisionError/conflict(_:)`` with `.changedMeanwhile` when somebody has said so before.
    public func end(_ id: WarningID, _ ending: WarningEnding, by principal: Principal) async throws {
        guard case .person(let person) = principal else { throw SupervisionError.notPermitted }
        let now = time.now()
        try await store.write { records in
            let file = try Self.file(id, records, for: principal)
            try principal.require(Permission(.endWarnings, at: file.path), records)
            try Self.end(
                file, try Self.checked(ending, of: file, records, for: principal), records, by: person, at: now)
        }
    }

    /// Opens a case at the warning's school, or reopens the one about the same matter; with that the warning has ended.
    /// (预警立案) Needs ``Act/openCase`` as well.
    ///
    /// - Throws: ``SupervisionError/invalid(_:_:)`` for a matter that can't be; ``SupervisionError/notFound`` for a warning
    ///   about a township or the county; ``SupervisionError/conflict(_:)`` with `.changedMeanwhile` when somebody has ended
    ///   it before.
    public func openCase(
        _ matter: CaseMatter, _ grade: Grade, note: String = "", from id: WarningID, by principal: Principal
    ) async throws -> CaseOpened {
        guard case .person(let person) = principal else { throw SupervisionError.notPermitted }
        let now = time.now()
        let cases = cases
        let (opened, draft) = try await store.write { records in
            let file = try Self.file(id, records, for: principal)
            try principal.require(Permission(.endWarnings, at: file.path), records)
            try principal.require(Permission(.openCase, at: file.path), records)
            guard case .school(let school) = file.warning.place else { throw SupervisionError.notFound }
            let finding = CaseOpening.Finding(.warning, "\(id)", at: file.givenAt)
            let draft = CaseDraft(.finding(finding, at: .init(school), matter, grade), note: note)
            let opened = try cases.open(draft, records, by: principal, at: now)
            try Self.end(file, .becameCase(opened.id), records, by: person, at: now)
            return (opened, draft)
        }
        cases.tell(opened, of: draft)
        return opened
    }

    private static func end(
        _ file: WarningFile, _ ending: WarningEnding, _ records: Records, by person: Person, at now: UTCTime
    ) throws {
        guard file.ended == nil,
            try records.warnings.end(file.id, WarningFile.Ended(ending, by: person.id, at: now))
        else { throw SupervisionError.conflict(.changedMeanwhile) }
        try records.ledger.append(
            .warningEnded, to: file.ledgerSubject, by: .person(person.id), at: now,
            payload: ["ending": .string(try WarningRecords.text(of: ending))])
    }

    private static func checked(
        _ ending: WarningEnding, of file: WarningFile, _ records: Records, for principal: Principal
    ) throws -> WarningEnding {
        func note(_ typed: String) throws -> String {
            let note = Names.trimmed(typed)
            guard !note.isEmpty else { throw SupervisionError.invalid(.note, .empty) }
            guard note.unicodeScalars.count <= WarningFile.longestNote else {
                throw SupervisionError.invalid(.note, .tooLong(maximum: WarningFile.longestNote))
            }
            return note
        }
        switch ending {
        case .settled(let text): return .settled(note: try note(text))
        case .unfounded(let text): return .unfounded(note: try note(text))
        case .becameCase(let id):
            guard let summary = try records.cases.summary(id), principal.may(.lookAtCases, at: summary.place),
                file.warning.place.contains(PlacePath(township: summary.school.township, school: summary.school.id))
            else { throw SupervisionError.invalid(.caseNumber, .unknown) }
            return ending
        }
    }
}
