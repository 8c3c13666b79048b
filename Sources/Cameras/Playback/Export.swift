import Bitstream
public import Domain
import ISOBMFF
public import NIOCore

extension Playback {
    /// One playable file of a span, no picture encoded anew: from the keyframe at or before its begin to the end of the
    /// last fragment that begins inside it. Gaps are left out.
    ///
    /// - Parameters:
    ///   - files: those that hold the segments.
    ///   - segments: that overlap the span, in order of time.
    ///   - write: gets the file's bytes in order, in chunks of at most a segment.
    public func export(
        files: [RecordedFile], segments: [RecordedSegment], span: TimeSpan,
        _ write: (ByteBuffer) async throws -> Void
    ) async throws {
        let byPath = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let wanted = segments.filter { byPath[$0.path] != nil && $0.span.overlaps(span) }
        guard !wanted.isEmpty else { throw PlaybackError.nothingRecorded }
        // What the parameter sets are stands in the files, not in the index.
        var formats: [VideoFormat] = []
        var formatOfFile: [String: VideoFormat] = [:]
        for path in wanted.map(\.path) where formatOfFile[path] == nil {
            let format = try await onDisk { try readFormat(byPath[path]!) }
            formatOfFile[path] = format
            if !formats.contains(format) { formats.append(format) }
        }
        var stitcher = FragmentStitcher(formats: formats)
        try await write(ByteBuffer(bytes: stitcher.initializationSegment))
        for segment in wanted {
            try Task.checkCancellation()
            guard let format = formatOfFile[segment.path], let file = byPath[segment.path] else { continue }
            let before = stitcher
            let (chunk, after) = try await onDisk {
                var stitcher = before
                let chunk = try readSegment(segment, of: file, until: span.end, format: format, into: &stitcher)
                return (chunk, stitcher)
            }
            stitcher = after
            if chunk.readableBytes > 0 { try await write(chunk) }
        }
    }

    private func readFormat(_ file: RecordedFile) throws -> VideoFormat {
        let disk = try openFootage(file.path)
        let head = try disk.read(at: 0, count: file.initBytes)
        do {
            return try FragmentedFile.scan(size: Int64(head.count)) { offset, count in
                Array(head.dropFirst(Int(offset)).prefix(count))
            }.format
        } catch {
            throw PlaybackError.failed("\(file.path): \(error)")
        }
    }

    /// A segment's fragments that begin before `end`, rewritten for the new file.
    private func readSegment(
        _ segment: RecordedSegment, of file: RecordedFile, until end: UTCTime, format: VideoFormat,
        into stitcher: inout FragmentStitcher
    ) throws -> ByteBuffer {
        var chunk = try openFootage(segment.path).readBuffer(at: segment.offset, count: segment.length)
        guard chunk.readableBytes == segment.length else {
            throw PlaybackError.failed("\(segment.path) is shorter than its index says")
        }
        var length = 0
        var inserted: (bytes: [UInt8], at: Int)?
        do {
            try chunk.withUnsafeMutableReadableBytes { bytes in
                while length < bytes.count {
                    let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[length...])
                    let fragment = try FragmentHead(UnsafeRawBufferPointer(rest))
                    if file.start + fragment.decodeTime.duration >= end { break }
                    let parameterSets = try stitcher.rewrite(rest, format: format, duration: fragment.duration)
                    if !parameterSets.isEmpty { inserted = (parameterSets, length + fragment.headLength) }
                    length += fragment.length
                }
            }
        } catch let error as ISOBMFFError {
            throw PlaybackError.failed("\(segment.path): \(error)")
        }
        guard let inserted else { return chunk.readSlice(length: length) ?? ByteBuffer() }
        var spliced = ByteBufferAllocator().buffer(capacity: length + inserted.bytes.count)
        spliced.writeBytes(chunk.readableBytesView.prefix(inserted.at))
        spliced.writeBytes(inserted.bytes)
        spliced.writeBytes(chunk.readableBytesView.prefix(length).dropFirst(inserted.at))
        return spliced
    }

    func openFootage(_ path: String) throws -> DiskFile {
        guard FootageFolder.isPath(path), let disk = try? DiskFile.open(root + "/" + path) else {
            throw PlaybackError.fileMissing(path)
        }
        return disk
    }
}
