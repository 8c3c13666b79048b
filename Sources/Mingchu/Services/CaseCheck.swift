import Domain
import Supervision

/// Makes each case anew out of the ledger and holds it against its row; holds its files against what was sent. (案件核验)
struct CaseCheck: Sendable {
    enum Finding: Hashable, Sendable, CustomStringConvertible {
        case record(CaseID, CaseProof.Fault)
        case file(CaseID, path: String, AttachmentShelf.State)
        /// The ledger has so many cases more than the records.
        case casesGone(Int)

        var description: String {
            switch self {
            case .record(let id, .noHistory): "case \(id): its entries in the ledger are no history of a case"
            case .record(let id, .rowDiffers(let columns)):
                "case \(id): \(columns.joined(separator: ", ")) of its row is not what the ledger leaves"
            case .record(let id, .capturesDiffer): "case \(id): its captures are not those in the ledger"
            case .record(let id, .attachmentsDiffer): "case \(id): its files are not those in the ledger"
            case .record(let id, .noticesDiffer): "case \(id): its notices' numbers are not those in the ledger"
            case .file(let id, let path, .missing): "case \(id): \(path) is not on the disk"
            case .file(let id, let path, .unreadable(let code)): "case \(id): \(path) can't be read (error \(code))"
            case .file(let id, let path, _): "case \(id): the bytes of \(path) are not those that were sent"
            case .casesGone(let count): "\(count) cases are in the ledger, not in the records"
            }
        }
    }

    struct Report: Hashable, Sendable {
        var cases = 0
        var files = 0
        var bytes: Int64 = 0
        var findings: [Finding] = []
    }

    let cases: Cases
    let shelf: AttachmentShelf

    func run() async throws -> Report {
        var report = Report()
        var last: CaseID?
        while true {
            let page = try await cases.proofs(after: last)
            guard let end = page.last else { break }
            for proof in page {
                report.cases += 1
                report.findings += proof.faults.map { .record(proof.id, $0) }
                for file in proof.files {
                    report.files += 1
                    report.bytes += Int64(file.sizeBytes)
                    let state = shelf.state(of: file)
                    if state != .intact { report.findings.append(.file(proof.id, path: file.path, state)) }
                }
            }
            last = end.id
        }
        let gone = try await cases.countMissing()
        if gone > 0 { report.findings.append(.casesGone(gone)) }
        return report
    }
}
