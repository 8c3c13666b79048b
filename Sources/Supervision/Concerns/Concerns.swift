import Domain
import Store

/// What people without an account report of a school's kitchen, and what becomes of it. (群众反映)
///
/// Sent through a school's public page; followed with a code; answered by whoever may ``Act/answerConcerns`` at the
/// school. Words that people wrote stand in records, their hashes in the ledger.
public struct Concerns: Sendable {
    let store: Store
    let time: TimeSource
    let zone: TerritoryZone
    let cases: Cases
    let gate = ConcernGate()

    init(store: Store, time: TimeSource, zone: TerritoryZone, cases: Cases) {
        self.store = store
        self.time = time
        self.zone = zone
        self.cases = cases
    }

    /// One step of a concern, by whoever may take it, in one transaction with its entry.
    ///
    /// - Parameter seen: The version that the asker decided on; nil = whatever there is.
    func step(
        _ change: ConcernChange, on current: Concern, seen: Int?, _ records: Records, by actor: LedgerActor,
        at now: UTCTime
    ) throws {
        if let seen, seen != current.version { throw SupervisionError.conflict(.changedMeanwhile) }
        guard current.allows(change) else { throw SupervisionError.conflict(.changedMeanwhile) }
        var after = current
        try after.apply(ConcernStep(change, by: actor, at: now))
        guard try records.concerns.append(after) else { throw SupervisionError.conflict(.changedMeanwhile) }
        try records.ledger.append(
            change.ledgerAct, to: "concern/\(current.id)", by: actor, at: now,
            payload: change.ledgerPayload(at: current.school))
    }

    /// - Throws: ``SupervisionError/notFound`` when there is none, or none that the asker may look at.
    func current(
        _ id: ConcernID, _ act: Act, _ records: Records, for principal: Principal
    ) throws -> (concern: Concern, school: School) {
        guard let concern = try records.concerns.concern(id), let school = try records.places.school(concern.school),
            principal.may(.lookAtConcerns, at: school.path)
        else { throw SupervisionError.notFound }
        guard principal.may(act, at: school.path) else { throw SupervisionError.notPermitted }
        return (concern, school)
    }
}

/// What somebody wrote for others to read.
enum ConcernText {
    static func checked(
        _ typed: String, _ field: SupervisionError.Field = .text, in length: ClosedRange<Int> = 1...2000
    ) throws(SupervisionError) -> String {
        // Browsers send line breaks as two signs.
        let text = Names.trimmed(typed.replacing("\r\n", with: "\n"))
        guard !text.isEmpty else { throw .invalid(field, .empty) }
        guard text.count >= length.lowerBound else { throw .invalid(field, .tooShort(minimum: length.lowerBound)) }
        guard text.count <= length.upperBound else { throw .invalid(field, .tooLong(maximum: length.upperBound)) }
        let isForbidden = text.unicodeScalars.contains {
            $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t"
        }
        guard !isForbidden else { throw .invalid(field, .forbiddenCharacter) }
        return text
    }
}

extension Concerns {
    /// What somebody wrote, as it would be kept.
    public static func checked(_ typed: String) throws(SupervisionError) -> String { try ConcernText.checked(typed) }
}
