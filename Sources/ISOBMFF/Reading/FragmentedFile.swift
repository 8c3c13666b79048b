public import Bitstream
public import Domain

/// A recording as its bytes tell it: format, fragments, and how far it is whole.
public struct FragmentedFile: Sendable {
    public struct Fragment: Hashable, Sendable {
        /// Of its `moof`, from the file's begin.
        public var offset: Int64
        /// `moof` and `mdat`.
        public var length: Int
        public var decodeTime: Time90k
        public var duration: Time90k
        public var isIndependent: Bool
        public var sampleCount: Int
        public var sampleEntry: UInt32
    }

    /// The file's formats; a fragment's `sampleEntry` counts them from 1.
    public var formats: [VideoFormat]
    public var description: FileDescription?
    /// Bytes before the first fragment.
    public var initializationLength: Int
    public var fragments: [Fragment]
    /// Where the last whole fragment, or the trailer behind it, ends: a torn file is cut here.
    public var validLength: Int64
    public var hasTrailer: Bool

    public var format: VideoFormat { formats[0] }

    /// Boxes other than `mdat` are read into memory; ours are a few hundred bytes.
    private static let largestBox = 1 << 20

    /// Walks the boxes of a file; samples are not read.
    ///
    /// - Parameters:
    ///   - size: of the file, in bytes.
    ///   - read: bytes at an offset, so many or as many as there are.
    /// - Throws: ``ISOBMFFError`` when there is no usable begin; whatever `read` throws. What is wrong behind the begin is no
    ///   error: the file is valid up to there.
    public static func scan(size: Int64, read: (Int64, Int) throws -> [UInt8]) throws -> FragmentedFile {
        var file = FragmentedFile(
            formats: [], description: nil, initializationLength: 0, fragments: [], validLength: 0, hasTrailer: false)
        var offset: Int64 = 0
        var pending: (offset: Int64, samples: [FragmentSample])?
        while offset + 8 <= size {
            let head = try read(offset, 8)
            guard head.count == 8 else { break }
            var reader = ByteReader(head[...], box: "box")
            let length = Int64(try reader.number(UInt32.self))
            let type = String(decoding: head[4...], as: UTF8.self)
            guard length >= 8, offset + length <= size else { break }
            if type == "mdat" {
                guard let fragment = pending, let last = fragment.samples.last else { break }
                pending = nil
                let end = fragment.offset + Int64(last.range.upperBound)
                guard end == offset + length else { break }
                file.add(fragment.samples, offset: fragment.offset, length: Int(end - fragment.offset))
                file.validLength = end
            } else if type == "ftyp" || type == "moov" || type == "uuid" || type == "moof" || type == "mfra" {
                guard length <= largestBox, pending == nil else { break }
                let box = try read(offset, Int(length))
                guard box.count == Int(length) else { break }
                if type == "moof" {
                    guard !file.formats.isEmpty,
                        let samples = try? samples(inMovieFragment: box[...], available: .max),
                        samples[0].sampleEntry >= 1, Int(samples[0].sampleEntry) <= file.formats.count
                    else { break }
                    pending = (offset, samples)
                } else if !file.readHead(type, box) {
                    break
                }
                if file.fragments.isEmpty, type != "moof" { file.initializationLength = Int(offset + length) }
                if type != "moof" { file.validLength = offset + length }
            } else if length > largestBox || pending != nil {
                break
            } else {
                // A box of somebody else's, `free` for one.
                if file.fragments.isEmpty { file.initializationLength = Int(offset + length) }
                file.validLength = offset + length
            }
            offset += length
        }
        guard !file.formats.isEmpty else { throw ISOBMFFError.noVideoTrack }
        return file
    }

    /// Whether the box can be taken.
    private mutating func readHead(_ type: String, _ box: [UInt8]) -> Bool {
        let content = box[8...]
        switch type {
        case "moov":
            guard let formats = try? SampleDescriptions.formats(inMovie: content), !formats.isEmpty else {
                return false
            }
            self.formats = formats
        case "uuid" where content.prefix(16).elementsEqual(FileDescription.extendedType):
            description = FileDescription(content.dropFirst(16))
        case "mfra": hasTrailer = true
        default: break
        }
        return true
    }

    private mutating func add(_ samples: [FragmentSample], offset: Int64, length: Int) {
        let last = samples[samples.count - 1]
        fragments.append(
            Fragment(
                offset: offset, length: length, decodeTime: samples[0].decodeTime,
                duration: last.decodeTime + last.duration - samples[0].decodeTime, isIndependent: samples[0].isKey,
                sampleCount: samples.count, sampleEntry: samples[0].sampleEntry))
    }
}
