public import NIOCore
import NIOPosix

/// Why footage could not be given out.
public enum PlaybackError: Error, Hashable, Sendable {
    case nothingRecorded
    /// The index has it, the disk doesn't: `mingchu check` says more.
    case fileMissing(String)
    case cancelled
    /// In the operating system's or the file format's words.
    case failed(String)
}

/// Reads recordings back. Works on rows that somebody else has read from the index and checked for permission.
public struct Playback: Sendable {
    let root: String

    public init(root: String) { self.root = root }

    /// Size in bytes of a recorded file on disk; nil when it isn't there.
    public func size(ofFile path: String) async -> Int64? {
        try? await onDisk { try DiskFile.open(root + "/" + path).size() }
    }

    /// The bytes of a recorded file, in chunks of at most 1 MiB.
    public func read(
        file path: String, range: Range<Int64>, _ write: (ByteBuffer) async throws -> Void
    ) async throws {
        guard FootageFolder.isPath(path) else { throw PlaybackError.fileMissing(path) }
        let disk = try await onDisk {
            do throws(DiskError) {
                return try DiskFile.open(root + "/" + path)
            } catch {
                throw PlaybackError.fileMissing(path)
            }
        }
        var offset = range.lowerBound
        while offset < range.upperBound {
            let count = Int(min(range.upperBound - offset, 1 << 20))
            let position = offset
            let chunk = try await onDisk { try disk.readBuffer(at: position, count: count) }
            guard chunk.readableBytes > 0 else { break }
            offset += Int64(chunk.readableBytes)
            try await write(chunk)
        }
    }

    func onDisk<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await NIOThreadPool.singleton.runIfActive(work)
    }
}

extension DiskFile {
    func readBuffer(at offset: Int64, count: Int) throws(DiskError) -> ByteBuffer {
        var failure: DiskError?
        var buffer = ByteBufferAllocator().buffer(capacity: count)
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { target in
            do throws(DiskError) {
                return try read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: target[..<count]))
            } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw failure }
        return buffer
    }
}
