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
            let ending = try Self.checked(ending, of: file, records, for: principal)
            guard file.ended == nil,
                try records.warnings.end(id, WarningFile.Ended(ending, by: person.id, at: now))
            else { throw SupervisionError.conflict(.changedMeanwhile) }
            try records.ledger.append(
                .warningEnded, to: file.ledgerSubject, by: principal.actor, at: now,
                payload: ["ending": .string(try WarningRecords.text(of: ending))])
        }
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
