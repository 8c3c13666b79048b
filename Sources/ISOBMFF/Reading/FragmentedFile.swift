public import Bitstream
public import Domain

/// A recording as its bytes tell it: format, fragments, and how far it is whole.
public struct FragmentedFile: Sendable {
    public struct Fragment: Hashable, Sendable {
        /// Of its `moof`, from the file's begin.
        public var offset: Int64
        /// `moof` and `mdat`.
        public var length: Int
        /// Later than that of the fragment before.
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
    /// What is wrong behind `validLength`; nil when nothing is there, or only boxes that nobody knows.
    public var damage: ISOBMFFError?

    public var format: VideoFormat { formats[0] }

    /// Walks the boxes of a file; samples are not read.
    ///
    /// - Parameters:
    ///   - size: of the file, in bytes.
    ///   - read: bytes at an offset, so many or as many as there are. Never asked for more than a mebibyte.
    /// - Throws: ``ISOBMFFError`` when there is no usable begin; whatever `read` throws. What is wrong behind the begin is no
    ///   error: the file is valid up to there.
    public static func scan(size: Int64, read: (Int64, Int) throws -> [UInt8]) throws -> FragmentedFile {
        var scan = FileScan(size: size)
        return try scan.run(read)
    }
}
