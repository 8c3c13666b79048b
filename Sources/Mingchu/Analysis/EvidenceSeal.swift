import Domain
import NIOPosix
import Synchronization

/// Whether evidence that is about to be shown is what was kept: its SHA-256 is computed again, once for as long as the
/// file is not touched.
final class EvidenceSeal: Sendable {
    /// What is remembered; beyond it everything is forgotten and computed anew.
    private static let most = 20_000
    private let folder: EvidenceFolder
    private let intact = Mutex<[EvidenceFile: FileStamp]>([:])

    init(folder: EvidenceFolder) { self.folder = folder }

    /// False when the file is gone or another one.
    func isIntact(_ file: EvidenceFile) async -> Bool {
        let proved = try? await NIOThreadPool.singleton.runIfActive { [self] in prove(file) }
        return proved ?? false
    }

    private func prove(_ file: EvidenceFile) -> Bool {
        guard folder.holds(file), let stamp = FileStamp(path: folder.root + "/" + file.path) else { return false }
        if intact.withLock({ $0[file] }) == stamp { return true }
        guard (try? folder.describe(file.kind, path: file.path)) == file else { return false }
        intact.withLock { known in
            if known.count >= Self.most { known = [:] }
            known[file] = stamp
        }
        return true
    }
}
