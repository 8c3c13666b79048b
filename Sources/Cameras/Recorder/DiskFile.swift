import Glibc

/// An open file. Shared by the writer and the thread that flushes it to the disk; closed when neither needs it.
final class DiskFile: Sendable {
    private let descriptor: Int32
    let path: String

    private init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    /// Makes a new file, its folders too. `EEXIST` when there is one already: nothing is ever overwritten.
    static func create(_ path: String) throws(DiskError) -> DiskFile {
        try makeFolders(of: path)
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw DiskError("create", path) }
        return DiskFile(descriptor: descriptor, path: path)
    }

    static func open(_ path: String, writing: Bool = false) throws(DiskError) -> DiskFile {
        let descriptor = Glibc.open(path, (writing ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw DiskError("open", path) }
        return DiskFile(descriptor: descriptor, path: path)
    }

    static func remove(_ path: String) throws(DiskError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw DiskError("remove", path) }
    }

    static func rename(_ path: String, to other: String) throws(DiskError) {
        guard Glibc.rename(path, other) == 0 else { throw DiskError("rename", path) }
    }

    private static func makeFolders(of path: String) throws(DiskError) {
        var folder = path.hasPrefix("/") ? "" : "."
        for name in path.split(separator: "/").dropLast() {
            folder += "/" + name
            guard mkdir(folder, 0o750) == 0 || errno == EEXIST else { throw DiskError("make the folder", folder) }
        }
    }

    func write(_ bytes: ArraySlice<UInt8>, at offset: Int64) throws(DiskError) {
        var failure: DiskError?
        bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let count = pwrite(
                    descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset) + off_t(done))
                if count > 0 {
                    done += count
                } else if errno != EINTR {
                    failure = DiskError("write", path)
                    return
                }
            }
        }
        if let failure { throw failure }
    }

    /// Up to `count` bytes; fewer only at the end of the file.
    func read(at offset: Int64, count: Int) throws(DiskError) -> [UInt8] {
        var failure: DiskError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(DiskError) {
                filled = try read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Fills the buffer as far as the file goes; returns how far.
    func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(DiskError) -> Int {
        var done = 0
        while done < buffer.count {
            let count = pread(descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset) + off_t(done))
            if count > 0 {
                done += count
            } else if count == 0 {
                break
            } else if errno != EINTR {
                throw DiskError("read", path)
            }
        }
        return done
    }

    func size() throws(DiskError) -> Int64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw DiskError("look at", path) }
        return Int64(status.st_size)
    }

    func truncate(to size: Int64) throws(DiskError) {
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw DiskError("cut", path) }
    }

    /// Returns when the bytes are on the medium.
    func flush() throws(DiskError) {
        guard fdatasync(descriptor) == 0 else { throw DiskError("flush", path) }
    }
}

/// What the operating system said: what was being done, to which path, and why it couldn't be.
struct DiskError: Error, Hashable, CustomStringConvertible {
    let action: String
    let path: String
    let code: Int32

    init(_ action: String, _ path: String) {
        self.action = action
        self.path = path
        code = errno
    }

    var isNameTaken: Bool { code == EEXIST }
    var isFull: Bool { code == ENOSPC || code == EDQUOT }
    var description: String { "can't \(action) \(path): \(String(cString: strerror(code)))" }
}

/// Bytes that an unprivileged process may still write where `path` is; nil when nobody knows.
func freeBytes(at path: String) -> Int64? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    return Int64(status.f_bavail) * Int64(status.f_frsize)
}
