public import FFmpeg

/// Photographs that people have sent, made anew: upright, not larger than a screen, and without what the telephone wrote
/// into them, such as where they were taken. (照片重新编码)
public enum Photograph {
    /// Pixels, the longer side.
    public static let size = 1920

    /// Of a JPEG, PNG or WebP. Waits its turn like all stills.
    ///
    /// - Throws: ``FFmpegError`` for what can't be decoded.
    public static func jpeg(_ bytes: [UInt8]) async throws(FFmpegError) -> [UInt8] {
        try await Still.inTurn { (_) throws(FFmpegError) in
            let picture = try StillPicture.decode(bytes)
            let scale = min(1, Double(size) / Double(max(picture.width, picture.height)))
            func even(_ value: Int) -> Int { max(2, Int((Double(value) * scale).rounded()) & ~1) }
            var scaler = Scaler()
            let shown = try scaler.scale(picture, width: even(picture.width), height: even(picture.height))
            var encoder = try JPEGEncoder.open(width: shown.width, height: shown.height, quality: 85)
            return try encoder.encode(shown)
        }
    }
}
