import Glibc

/// A secret of 32 bytes in a file that only the program's own user may read.
enum KeyFile {
    /// Reads the file; makes it, with mode 0600, when there is none.
    /// - Throws: ``StoreError/Kind/badKeyFile`` when it is not 32 bytes long or others may read it.
    static func loadOrCreate(at path: String) throws(StoreError) -> [UInt8] {
        // O_EXCL: of two processes that start at once, one makes the file and the other reads it.
        let created = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if created >= 0 {
            defer { close(created) }
            var random = SystemRandomNumberGenerator()
            let bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
            guard write(created, bytes, 32) == 32, fsync(created) == 0 else {
                let failure = failure(path, errno)
                unlink(path)
                throw failure
            }
            return bytes
        }
        guard errno == EEXIST else { throw failure(path, errno) }
        return try load(at: path)
    }

    private static func load(at path: String) throws(StoreError) -> [UInt8] {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path, errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure(path, errno) }
        guard status.st_mode & 0o077 == 0 else {
            throw StoreError(
                .badKeyFile, doing: "reading the key file \(path)", detail: "others may read it: chmod 600")
        }
        // One byte more than a key has: a longer file is no key.
        var bytes = [UInt8](repeating: 0, count: 33)
        guard read(file, &bytes, 33) == 32 else {
            throw StoreError(.badKeyFile, doing: "reading the key file \(path)", detail: "it must hold 32 bytes")
        }
        return Array(bytes.prefix(32))
    }

    private static func failure(_ path: String, _ code: Int32) -> StoreError {
        StoreError(.badKeyFile, doing: "opening the key file \(path)", detail: String(cString: strerror(code)))
    }
}
