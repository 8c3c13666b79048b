import Foundation

/// Which file it is and when it was last written to.
struct FileStamp: Hashable {
    private let number: UInt64
    private let size: UInt64
    private let written: Date

    /// nil when there is none.
    init?(path: String) {
        guard let facts = try? FileManager.default.attributesOfItem(atPath: path),
            let number = facts[.systemFileNumber] as? UInt64, let size = facts[.size] as? UInt64,
            let written = facts[.modificationDate] as? Date
        else { return nil }
        (self.number, self.size, self.written) = (number, size, written)
    }
}
