import CDocuments
import Glibc

/// A zip archive in memory, read a piece at a time. Counts what it unpacks, whatever the archive says of its sizes.
struct ZipArchive: ~Copyable {
    private static let mostEntries: Int64 = 10_000

    private let archive: OpaquePointer
    private var unpackedLeft: Int
    private let limit: Int

    private init(owning archive: OpaquePointer, limit: Int) {
        self.archive = archive
        self.limit = limit
        unpackedLeft = limit
    }

    deinit { zip_discard(archive) }

    /// - Parameter bytes: must outlive the archive.
    static func open(_ bytes: UnsafeRawBufferPointer, unpackedLimit: Int) throws(SheetError) -> ZipArchive {
        var problem = zip_error_t()
        zip_error_init(&problem)
        defer { zip_error_fini(&problem) }
        guard let source = zip_source_buffer_create(bytes.baseAddress, zip_uint64_t(bytes.count), 0, &problem) else {
            throw .damaged(part: "the archive")
        }
        guard let archive = zip_open_from_source(source, ZIP_RDONLY, &problem) else {
            zip_source_free(source)
            throw .damaged(part: "the archive")
        }
        let opened = ZipArchive(owning: archive, limit: unpackedLimit)
        guard zip_get_num_entries(archive, 0) <= mostEntries else { throw .damaged(part: "the archive") }
        return opened
    }

    func contains(_ name: String) -> Bool { zip_name_locate(archive, name, 0) >= 0 }

    /// Unpacks an entry, piece by piece.
    mutating func read(_ name: String, _ body: (UnsafeRawBufferPointer) throws(SheetError) -> Void) throws(SheetError) {
        let index = zip_name_locate(archive, name, 0)
        guard index >= 0 else { throw .damaged(part: name) }
        var facts = zip_stat_t()
        zip_stat_init(&facts)
        // Stored or deflated, as the format wants it (ISO/IEC 29500-2, B.4); others need much memory to unpack.
        guard zip_stat_index(archive, zip_uint64_t(index), 0, &facts) == 0, [0, 8].contains(facts.comp_method) else {
            throw .damaged(part: name)
        }
        guard facts.encryption_method == 0 else { throw .oldOrEncrypted }
        guard let file = zip_fopen_index(archive, zip_uint64_t(index), 0) else { throw .damaged(part: name) }
        defer { zip_fclose(file) }
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
        defer { piece.deallocate() }
        while true {
            let count = zip_fread(file, piece.baseAddress!, zip_uint64_t(piece.count))
            guard count >= 0 else { throw .damaged(part: name) }
            guard count > 0 else { return }
            guard Int(count) <= unpackedLeft else { throw .unpackedTooLarge(limitBytes: limit) }
            unpackedLeft -= Int(count)
            try body(UnsafeRawBufferPointer(rebasing: piece[..<Int(count)]))
        }
    }
}
