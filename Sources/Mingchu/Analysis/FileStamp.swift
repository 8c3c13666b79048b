import Glibc

/// Which file it is and when it was last touched: a file that is written to gets another one, whatever its dates are set to.
struct FileStamp: Hashable {
    private let inode: UInt64
    private let size: Int64
    private let changedNanoseconds: Int64

    /// nil when there is none.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        changedNanoseconds = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
    }
}
