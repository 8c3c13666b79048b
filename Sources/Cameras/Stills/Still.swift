public import Bitstream
public import Domain
public import FFmpeg

/// Single pictures out of streams, for snapshots, posters and the probe.
public enum Still {
    /// Decodes a keyframe and encodes it as JPEG.
    ///
    /// At most two are made at a time in the whole program; the others wait their turn.
    ///
    /// - Parameters:
    ///   - unit: A keyframe.
    ///   - maxWidth: Wider pictures are scaled down to it, in proportion.
    ///   - quality: 1…100.
    public static func jpeg(
        of unit: AccessUnit, maxWidth: Int? = nil, quality: Int = 80
    ) async throws(FFmpegError) -> [UInt8] {
        try await jpeg(of: [unit], at: unit.presentationTime, maxWidth: maxWidth, quality: quality)
    }

    /// The picture that is on the screen at a time: decodes from the keyframe on.
    ///
    /// - Parameters:
    ///   - units: In order of decoding, the first a keyframe.
    ///   - time: On the clock of the units; before the first of them, the first counts.
    public static func jpeg(
        of units: [AccessUnit], at time: Time90k, maxWidth: Int? = nil, quality: Int = 80
    ) async throws(FFmpegError) -> [UInt8] {
        try await inTurn { (interruption) throws(FFmpegError) in
            try makeJPEG(of: units, at: time, maxWidth: maxWidth, quality: quality, interruption)
        }
    }

    /// Runs on a thread of its own, with at most one other of the kind.
    static func inTurn(
        _ work: @escaping @Sendable (Interruption) throws(FFmpegError) -> [UInt8]
    ) async throws(FFmpegError) -> [UInt8] {
        await turnstile.enter()
        do throws(FFmpegError) {
            let bytes = try await BlockingThread.run("still", work)
            await turnstile.leave()
            return bytes
        } catch {
            await turnstile.leave()
            throw error
        }
    }

    /// Two leave a small machine's other work some room.
    private static let turnstile = Turnstile(places: 2)

    private static func makeJPEG(
        of units: [AccessUnit], at time: Time90k, maxWidth: Int?, quality: Int, _ interruption: Interruption
    ) throws(FFmpegError) -> [UInt8] {
        guard let first = units.first else { throw .noPicture }
        let shown = units.map(\.presentationTime).filter { $0 <= time }.max() ?? first.presentationTime
        let needed = units.prefix { $0.decodeTime <= shown }
        var decoder = try Decoder.open(first.format, keyframesOnly: needed.count == 1)
        var bytes: [UInt8] = []
        func show(_ picture: borrowing Picture) throws(FFmpegError) {
            guard picture.presentationTime == shown || needed.count == 1 else { return }
            bytes = try encode(picture, maxWidth: maxWidth, quality: quality)
        }
        for unit in needed where bytes.isEmpty && !interruption.isCancelled {
            do throws(FFmpegError) {
                try decoder.decode(unit, show: show)
            } catch {
                // A damaged picture on the way need not spoil the one that is wanted.
                guard error.kind == .invalidData else { throw error }
            }
        }
        if bytes.isEmpty && needed.count > 1 { try decoder.finish(show: show) }
        guard !bytes.isEmpty else { throw .noPicture }
        return bytes
    }

    private static func encode(
        _ picture: borrowing Picture, maxWidth: Int?, quality: Int
    ) throws(FFmpegError) -> [UInt8] {
        let width = min(picture.width, max(16, maxWidth ?? .max))
        let height = max(1, (picture.height * width + picture.width / 2) / picture.width)
        var encoder = try JPEGEncoder.open(width: width, height: height, quality: quality)
        return try encoder.encode(picture)
    }
}

/// Lets so many through at a time, in the order in which they came.
private actor Turnstile {
    private var places: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int) { self.places = places }

    func enter() async {
        if places > 0 {
            places -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func leave() {
        if waiting.isEmpty {
            places += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
