import Domain
import Foundation
import Store
import Supervision

/// The folder of everything that is kept: database, keys, checkpoints, lock, recordings.
struct DataFolder: Sendable {
    let path: String

    enum Failure: Error, CustomStringConvertible {
        case cannotMake(String, reason: String)
        case inUse(String)

        var description: String {
            switch self {
            case .cannotMake(let path, let reason): "can't make \(path): \(reason)"
            case .inUse(let path):
                "another mingchu serves \(path) already. Stop it first, or name another folder with --data."
            }
        }
    }

    /// Makes the folder when it is missing; only the program's own user may look into it.
    static func open(_ path: String) throws -> DataFolder {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
        } catch {
            throw Failure.cannotMake(path, reason: error.localizedDescription)
        }
        return DataFolder(path: path)
    }

    func openStore(_ records: RecordsAddress) async throws -> Store {
        try await Store.open(
            at: records, key: SealingKey.loadOrCreate(at: path + "/cameras.key"),
            now: TimeSource.system.now())
    }

    /// With the node's signing key, which is made when there is none.
    func checkpoints(of store: Store, time: TimeSource) throws -> Checkpoints {
        Checkpoints(
            store: store, time: time, key: try SigningKey.loadOrCreate(at: path + "/node.key"),
            file: CheckpointFile(path: path + "/checkpoints.jsonl"))
    }

    /// Held for as long as the program serves; the system lets go of it however the program ends.
    func lock() throws -> FileHandle {
        let file = path + "/lock"
        let descriptor = Glibc.open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure.cannotMake(file, reason: String(cString: strerror(errno)))
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw Failure.inUse(path) }
        return handle
    }
}
