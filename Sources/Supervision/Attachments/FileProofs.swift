import Crypto
public import Domain
import Store

/// Files of inspections, registers, schools, activities, concerns and reports, to be held against the ledger. (文件核验)
public struct FileProofs: Sendable {
    let store: Store

    public struct Checked: Hashable, Sendable {
        public var file: FileProof
        /// Below the folder of attachments; nil = the bytes are in the records.
        public var path: String?
        /// Of one whose bytes are in the records.
        public var stateInRecords: AttachmentShelf.State
    }

    private static let pageSize = 500

    /// What the ledger says of the files of an owner.
    public func told(of owner: FileOwner) async throws -> ToldFiles {
        var told = ToldFiles()
        for act in owner.acts {
            var last: Int64?
            while true {
                let entries = try await store.read { [last] in
                    try $0.ledger.entries(LedgerFilter(act: act), before: last, limit: Self.pageSize)
                }
                for entry in entries { told.add(entry) }
                guard entries.count == Self.pageSize, let end = entries.last else { break }
                last = end.sequence
            }
        }
        return told
    }

    /// - Parameter last: `next` of the page before; nil = from the first.
    /// - Returns: `next` is nil after the last page.
    public func page(of owner: FileOwner, after last: String?) async throws -> (files: [Checked], next: String?) {
        try await store.read { records in
            let page = try records.files.page(of: owner, after: last, limit: Self.pageSize)
            let files = try page.files.map { file in
                Checked(
                    file: file, path: file.path.map { owner.folder + $0 },
                    stateInRecords: owner == .report ? try Self.state(ofReport: file, records) : .intact)
            }
            return (files, page.next)
        }
    }

    private static func state(ofReport file: FileProof, _ records: Records) throws -> AttachmentShelf.State {
        guard let id = ReportIssueID(file.belongsTo), let document = try records.reports.document(of: id) else {
            return .missing
        }
        return Array(SHA256.hash(data: document)).hexadecimal == file.sha256 ? .intact : .changed
    }
}

/// SHA-256s that the ledger was told of, each as often as it was, without those that were removed with an entry.
public struct ToldFiles: Sendable {
    private var counts: [String: Int] = [:]

    /// Of no row so far, in order.
    public var unfound: [String] { counts.filter { $0.value > 0 }.keys.sorted() }

    /// A row has it.
    /// - Returns: Whether the ledger was told of it, as often as rows have it.
    public mutating func find(_ sha256: String) -> Bool {
        guard let count = counts[sha256], count > 0 else { return false }
        counts[sha256] = count - 1
        return true
    }

    mutating func add(_ entry: LedgerEntry) {
        guard let payload = JSON(parsing: entry.payload) else { return }
        for hash in Self.hashes(in: payload) {
            counts[hash, default: 0] += entry.act == .activityPhotoRemoved ? -1 : 1
        }
    }

    /// Under the names by which payloads keep hashes of files.
    private static func hashes(in payload: JSON) -> [String] {
        if let hash = payload["sha256"]?.string { return [hash] }
        let list = payload["files"] ?? payload["photos"]
        let all = list?["to"] ?? list
        guard case .array(let hashes)? = all else { return [] }
        return hashes.compactMap(\.string)
    }
}

extension FileOwner {
    /// Under which the ledger is told of its files.
    fileprivate var acts: [LedgerAct] {
        switch self {
        case .inspection: [.inspectionFileKept]
        case .register: [.registerFileAdded]
        case .school: [.dutyEntered, .dutyCorrected, .paperAdded, .paperChanged]
        case .activity: [.activityPhotoAdded, .activityPhotoRemoved]
        case .concern: [.concernReceived]
        case .report: [.reportIssued]
        }
    }

    /// Below that of attachments.
    fileprivate var folder: String {
        switch self {
        case .inspection, .register, .school, .report: ""
        case .activity: "activities/"
        case .concern: "concerns/"
        }
    }
}
