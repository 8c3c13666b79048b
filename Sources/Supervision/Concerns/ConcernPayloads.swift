import Crypto
import Domain
import Store

extension ConcernChange {
    /// Never a word of what was written: it may be about people, and the ledger keeps everything for good.
    func ledgerPayload(at school: SchoolID) -> [String: JSON] {
        var payload: [String: JSON] = ["school": .string("\(school)")]
        if let text { payload["textSHA256"] = .string(Array(SHA256.hash(data: Array(text.utf8))).hexadecimal) }
        if case .received(_, let photos) = self, !photos.isEmpty {
            payload["photos"] = .array(photos.map { .string($0.sha256) })
        }
        if case .caseOpened(let id) = self { payload["case"] = .string("\(id)") }
        return payload
    }
}
