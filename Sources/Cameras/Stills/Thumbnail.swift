import Domain
public import FFmpeg

/// Small pictures of files that people have sent. (缩略图)
public enum Thumbnail {
    /// Pixels, the longer side.
    public static let size = 320
    /// A film often begins black: so far in it is looked for something to see.
    private static let patience = Time90k(.seconds(5))
    /// Mean brightness below which nothing is to be seen, of 255.
    private static let black = 24

    /// A JPEG of a photograph, or of the first picture of a film that is not black. Waits its turn like all stills.
    ///
    /// - Throws: ``FFmpegError`` for what can't be decoded.
    public static func jpeg(path: String, isVideo: Bool) async throws(FFmpegError) -> [UInt8] {
        try await Still.inTurn { (_) throws(FFmpegError) in
            isVideo ? try film(path) : try encode(try StillPicture.read(path: path))
        }
    }

    private static func film(_ path: String) throws(FFmpegError) -> [UInt8] {
        var movie = try Movie.open(path: path)
        var bytes: [UInt8] = []
        var isFound = false
        var end = Time90k.zero
        while !isFound, end <= patience {
            var last = end
            let goesOn = try movie.next(isWanted: { _ in true }) { (picture, time) throws(FFmpegError) in
                last = time
                let isDark = brightness(picture) < black
                if bytes.isEmpty || !isDark { bytes = try encode(picture) }
                isFound = !isDark
            }
            end = last
            if !goesOn { break }
        }
        guard !bytes.isEmpty else {
            throw .noPicture
        }
        return bytes
    }

    private static func encode(_ picture: borrowing Picture) throws(FFmpegError) -> [UInt8] {
        let scale = min(1, Double(size) / Double(max(picture.width, picture.height)))
        func even(_ value: Int) -> Int { max(2, Int((Double(value) * scale).rounded()) & ~1) }
        var scaler = Scaler()
        let small = try scaler.scale(picture, width: even(picture.width), height: even(picture.height))
        var encoder = try JPEGEncoder.open(width: small.width, height: small.height, quality: 75)
        return try encoder.encode(small)
    }

    private static func brightness(_ picture: borrowing Picture) -> Int {
        let (width, height, stride) = (picture.width, picture.height, picture.lumaStride)
        var (sum, count) = (0, 0)
        picture.withPlanes { y, _, _ in
            for row in Swift.stride(from: 0, to: height, by: 8) {
                for column in Swift.stride(from: 0, to: width, by: 8) {
                    sum += Int(y[row * stride + column])
                    count += 1
                }
            }
        }
        return count == 0 ? 0 : sum / count
    }
}
