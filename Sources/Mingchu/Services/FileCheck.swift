import Domain
import Supervision

/// Holds the files of inspections, registers, schools, activities, concerns and reports against their rows and the
/// ledger. (文件核验)
struct FileCheck: Sendable {
    enum Finding: Hashable, Sendable, CustomStringConvertible {
        case file(FileProof, AttachmentShelf.State)
        /// The row's SHA-256 is of nothing that the ledger was told of.
        case notInLedger(FileProof)
        /// The ledger was told of a file that no row has.
        case rowGone(FileOwner, sha256: String)

        var description: String {
            switch self {
            case .file(let file, .missing): "\(Self.name(file)) is not on the disk"
            case .file(let file, .unreadable(let code)): "\(Self.name(file)) can't be read (error \(code))"
            case .file(let file, _): "\(Self.name(file)): its bytes are not those that were kept"
            case .notInLedger(let file): "\(Self.name(file)): the ledger was never told of its SHA-256"
            case .rowGone(let owner, let sha256):
                "\(owner.rawValue): a file with SHA-256 \(sha256) is in the ledger, not in the records"
            }
        }

        private static func name(_ file: FileProof) -> String {
            "\(file.owner.rawValue) \(file.belongsTo)" + (file.path.map { ": \($0)" } ?? "")
        }
    }

    struct Report: Hashable, Sendable {
        var files = 0
        var bytes: Int64 = 0
        var findings: [Finding] = []
    }

    let proofs: FileProofs
    let shelf: AttachmentShelf

    func run() async throws -> Report {
        var report = Report()
        for owner in FileOwner.allCases {
            var told = try await proofs.told(of: owner)
            var last: String?
            repeat {
                let page = try await proofs.page(of: owner, after: last)
                for checked in page.files {
                    report.files += 1
                    report.bytes += Int64(checked.file.sizeBytes)
                    let state = checked.path.map { shelf.state(at: $0, of: checked.file) } ?? checked.stateInRecords
                    if state != .intact { report.findings.append(.file(checked.file, state)) }
                    if !told.find(checked.file.sha256) { report.findings.append(.notInLedger(checked.file)) }
                }
                last = page.next
            } while last != nil
            report.findings += told.unfound.map { .rowGone(owner, sha256: $0) }
        }
        return report
    }
}
