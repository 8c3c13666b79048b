public import Domain
import Store

/// The last change to rules that people edit whole: what a form was made from, and who has saved since.
public struct Revision: Sendable, Hashable {
    /// Of the ledger entry; 0 = nobody has changed anything yet.
    public var number: Int64
    public var time: UTCTime?
    public var actor: LedgerActor?
    public var person: Person?

    /// Of the entries with this act, and this subject unless nil.
    static func last(_ act: LedgerAct, of subject: String? = nil, _ records: Records) throws -> Revision {
        let filter = LedgerFilter(act: act, subject: subject)
        guard let entry = try records.ledger.entries(filter, before: nil, limit: 1).first else {
            return Revision(number: 0)
        }
        var person: Person?
        if case .person(let id) = entry.actor { person = try records.people.person(id) }
        return Revision(number: entry.sequence, time: entry.time, actor: entry.actor, person: person)
    }

    /// - Parameter seen: What the asker's form was made from; nil = the asker has read nothing before.
    /// - Throws: ``SupervisionError/conflict(_:)`` with `.changedMeanwhile` when somebody has saved since.
    func require(seen: Int64?) throws {
        guard seen == nil || seen == number else { throw SupervisionError.conflict(.changedMeanwhile) }
    }
}
