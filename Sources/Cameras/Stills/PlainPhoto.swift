import Domain
public import FFmpeg

/// A photograph that somebody has sent, made anew from its pixels: place, time and phone that stand beside them in the file
/// are gone, and so is whatever else is no picture.
public enum PlainPhoto {
    /// Pixels, the longer side.
    public static let size = 1920
    /// More pixels than a phone's camera takes are refused before they are decoded.
    public static let mostPixels = 64_000_000

    /// A JPEG, upright. Waits its turn like all stills.
    ///
    /// - Parameter bytes: A JPEG, PNG or WebP file.
    /// - Throws: ``FFmpegError`` for what can't be decoded.
    public static func jpeg(of bytes: [UInt8]) async throws(FFmpegError) -> [UInt8] {
        try await Still.inTurn { (_) throws(FFmpegError) in
            let picture = try StillPicture.decode(bytes, mostPixels: mostPixels)
            let scale = min(1, Double(size) / Double(max(picture.width, picture.height)))
            func even(_ value: Int) -> Int { max(2, Int((Double(value) * scale).rounded()) & ~1) }
            var scaler = Scaler()
            let plain = try scaler.scale(picture, width: even(picture.width), height: even(picture.height))
            var encoder = try JPEGEncoder.open(width: plain.width, height: plain.height, quality: 80)
            return try encoder.encode(plain)
        }
    }
}
