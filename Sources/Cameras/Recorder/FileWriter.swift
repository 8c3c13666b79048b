import Bitstream
import Crypto
import Domain
import ISOBMFF

/// One recording file while it is written: appends parts, cuts them into segments, hashes them.
///
/// The part's payload is shared with live viewers; only the fragment's header is copied, because a file's own time
/// begins at zero.
struct FileWriter {
    private(set) var file: RecordedFile
    let disk: DiskFile
    let format: VideoFormat
    private let base: Time90k
    /// Whole bytes on disk: a failed write is cut back to here.
    private(set) var sizeBytes: Int64
    private var nextMedia: Time90k
    private var sequence: UInt32 = 0
    private var segment: OpenSegment?
    private var randomAccess = RandomAccessTrailer()

    private struct OpenSegment {
        let offset: Int64
        let media: Time90k
        var hash = SHA256()
    }

    static func create(
        for camera: CameraID, format: VideoFormat, start: UTCTime, base: Time90k, settings: RecorderSettings
    ) throws(DiskError) -> FileWriter {
        let initialization = InitializationSegment(
            format: format,
            description: FileDescription(
                camera: "\(camera)", startMilliseconds: start.milliseconds, timeZone: settings.zone.name,
                offsetMinutes: settings.zone.offsetMinutes)
        ).bytes
        // The clock may have been set back: two files can want the same name.
        for attempt in 1... {
            let path = settings.path(of: camera, start: start, attempt: attempt)
            let disk: DiskFile
            do throws(DiskError) {
                disk = try DiskFile.create(settings.root + "/" + path)
            } catch {
                guard error.isNameTaken, attempt < 1000 else { throw error }
                continue
            }
            do throws(DiskError) {
                try disk.write(initialization[...], at: 0)
            } catch {
                try? DiskFile.remove(disk.path)
                throw error
            }
            return FileWriter(
                file: RecordedFile(
                    camera: camera, path: path, start: start, duration: .zero, sizeBytes: Int64(initialization.count),
                    initBytes: initialization.count, codecs: format.codecs, width: format.picture.width,
                    height: format.picture.height),
                disk: disk, format: format, base: base)
        }
        fatalError("unreachable: the loop returns or throws")
    }

    private init(file: RecordedFile, disk: DiskFile, format: VideoFormat, base: Time90k) {
        self.file = file
        self.disk = disk
        self.format = format
        self.base = base
        sizeBytes = file.sizeBytes
        nextMedia = .zero
    }

    var end: UTCTime { file.start + nextMedia.duration }

    /// Appends a part; returns the segment that this ended.
    ///
    /// - Throws: ``DiskError``; the file then ends where it ended before.
    mutating func append(_ part: Part) throws(DiskError) -> RecordedSegment? {
        let media = part.decodeTime - base
        var ended: RecordedSegment?
        if part.isIndependent, let open = segment, (media - open.media).duration >= RecorderSettings.segmentDuration {
            ended = endSegment()
        }
        sequence += 1
        let header = part.header(decodeTime: media, sequence: sequence)
        let payload = part.bytes[part.payload]
        do throws(DiskError) {
            try disk.write(header[...], at: sizeBytes)
            try disk.write(payload, at: sizeBytes + Int64(header.count))
        } catch {
            try? disk.truncate(to: sizeBytes)
            if let ended { unsaved = ended }
            throw error
        }
        if segment == nil { segment = OpenSegment(offset: sizeBytes, media: media) }
        if part.isIndependent { randomAccess.add(decodeTime: media, moofOffset: UInt64(sizeBytes)) }
        header.withUnsafeBytes { segment!.hash.update(bufferPointer: $0) }
        payload.withUnsafeBytes { segment!.hash.update(bufferPointer: $0) }
        sizeBytes += Int64(header.count + payload.count)
        nextMedia = media + part.duration
        return ended
    }

    /// A segment that had just ended when a write failed.
    private var unsaved: RecordedSegment?

    /// Ends the segment being written, if there is one.
    mutating func endSegment() -> RecordedSegment? {
        if let unsaved {
            self.unsaved = nil
            return unsaved
        }
        guard let open = segment else { return nil }
        segment = nil
        return RecordedSegment(
            camera: file.camera, path: file.path, start: file.start + open.media.duration,
            duration: (nextMedia - open.media).duration, offset: open.offset, length: Int(sizeBytes - open.offset),
            sha256: Array(open.hash.finalize()))
    }

    /// Writes the trailer that lets players seek. The footage is whole without it: a full disk is no failure here.
    mutating func close() -> Int64 {
        let trailer = randomAccess.bytes
        do throws(DiskError) {
            try disk.write(trailer[...], at: sizeBytes)
            sizeBytes += Int64(trailer.count)
        } catch {
            try? disk.truncate(to: sizeBytes)
        }
        return sizeBytes
    }
}
