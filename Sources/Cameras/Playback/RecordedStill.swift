public import Bitstream
public import Domain
import FFmpeg
import ISOBMFF

extension Playback {
    /// The picture that was shown at a moment, as JPEG, at most `maxWidth` pixels wide.
    ///
    /// - Parameters:
    ///   - files: those that hold the segments.
    ///   - segments: that overlap the moment; the last that begins at or before it counts.
    public func still(
        at moment: UTCTime, files: [RecordedFile], segments: [RecordedSegment], maxWidth: Int?
    ) async throws -> [UInt8] {
        guard let segment = segments.last(where: { $0.start <= moment }) ?? segments.first,
            let file = files.first(where: { $0.path == segment.path })
        else { throw PlaybackError.nothingRecorded }
        let units = try await onDisk { try readUnits(of: segment, in: file) }
        let time = Time90k(moment - file.start)
        do {
            return try await Still.jpeg(of: units, at: time, maxWidth: maxWidth)
        } catch {
            throw PlaybackError.failed("\(segment.path): \(error)")
        }
    }

    /// A segment's access units with the times at which they were taken. Reads the disk: for a thread of its own.
    public func pictures(
        of segment: RecordedSegment, files: [RecordedFile]
    ) throws -> [(unit: AccessUnit, wall: UTCTime)] {
        guard let file = files.first(where: { $0.path == segment.path }) else { throw PlaybackError.nothingRecorded }
        return try readUnits(of: segment, in: file).map { ($0, file.start + $0.presentationTime.duration) }
    }

    private func readUnits(of segment: RecordedSegment, in file: RecordedFile) throws -> [AccessUnit] {
        let disk = try openFootage(file.path)
        let head = try disk.read(at: 0, count: file.initBytes)
        let bytes = try disk.read(at: segment.offset, count: segment.length)
        do {
            let format = try FragmentedFile.scan(size: Int64(head.count)) { offset, count in
                Array(head.dropFirst(Int(offset)).prefix(count))
            }.format
            var units: [AccessUnit] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let length = try rest.withUnsafeBytes { try FragmentHead($0).length }
                let fragment = Array(rest.prefix(length))
                for sample in try FragmentedFile.samples(inFragment: fragment) {
                    units.append(
                        AccessUnit(
                            format: format, decodeTime: sample.decodeTime, compositionOffset: sample.compositionOffset,
                            isKey: sample.isKey, data: Array(fragment[sample.range])))
                }
                rest = rest.dropFirst(length)
            }
            return units
        } catch let error as ISOBMFFError {
            throw PlaybackError.failed("\(file.path): \(error)")
        }
    }
}
