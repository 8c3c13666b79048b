import Dispatch
public import Domain
import Glibc

/// Checkpoints beside the records, a line of text each, only ever added to: records that were put back to an earlier
/// state together with their table of checkpoints don't match it.
public struct CheckpointFile: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    /// Adds those that come after the last line, and returns when they are on the disk.
    ///
    /// A line that a crash has cut short is completed when it is the beginning of the first of them.
    public func append(_ checkpoints: [Checkpoint]) async throws {
        guard !checkpoints.isEmpty else { return }
        try await offPool { try add(checkpoints) }
    }

    /// The highest number in it; 0 when there is none.
    public func lastNumber() async throws -> Int64 {
        try await offPool { Self.lastNumber(try readAll() ?? []) }
    }

    /// nil when there is no such file. The last line is without its line break when it has none.
    func lines() async throws -> [ArraySlice<UInt8>]? {
        try await offPool { try readAll().map(Self.lines) }
    }

    /// Each with its line break, so that a last line without one shows.
    private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
            lines.append(rest[..<end])
            rest = rest[end...]
        }
        return lines
    }

    /// nil for a line that is not, to the byte, what we write.
    static func checkpoint(in line: ArraySlice<UInt8>) -> Checkpoint? {
        guard line.last == UInt8(ascii: "\n"), let text = String(validating: line.dropLast(), as: UTF8.self) else {
            return nil
        }
        return Checkpoint(parsing: text)
    }

    private static func lastNumber(_ bytes: [UInt8]) -> Int64 {
        lines(bytes).compactMap { checkpoint(in: $0)?.number }.max() ?? 0
    }

    private func add(_ checkpoints: [Checkpoint]) throws(StoreError) {
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o640)
        guard file >= 0 else { throw failure(errno) }
        defer { close(file) }
        // The service and somebody at the command line may both have one to add.
        guard flock(file, LOCK_EX) == 0 else { throw failure(errno) }
        let present = try readAll() ?? []
        let last = Self.lastNumber(present)
        let new = checkpoints.filter { $0.number > last }
        guard !new.isEmpty else { return }
        var bytes = new.flatMap { Array($0.text.utf8) + [UInt8(ascii: "\n")] }
        if let torn = Self.lines(present).last, torn.last != UInt8(ascii: "\n") {
            bytes = bytes.starts(with: torn) ? Array(bytes.dropFirst(torn.count)) : [UInt8(ascii: "\n")] + bytes
        }
        guard write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else { throw failure(errno) }
    }

    private func readAll() throws(StoreError) -> [UInt8]? {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw failure(errno)
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &chunk, chunk.count)
            guard count >= 0 else { throw failure(errno) }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }

    private func failure(_ code: Int32) -> StoreError {
        let kind: StoreError.Kind =
            switch code {
            case ENOSPC, EDQUOT: .diskFull
            case EACCES, EPERM, EROFS: .readOnly
            case ENOENT, ENOTDIR, EISDIR: .cannotOpen
            default: .diskFailure
            }
        return StoreError(kind, doing: "keeping checkpoints in \(path)", detail: String(cString: strerror(code)))
    }

    private func offPool<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "mingchu.store.checkpoints").async {
                continuation.resume(with: Result(catching: body))
            }
        }
    }
}
