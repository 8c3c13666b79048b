/// What a cheap sensor under fluorescent tubes adds to every picture: grain, and faint bands that roll through it.
struct CameraNoise {
    private let grain: [Int8]
    private let dice: Dice
    private static let length = 8_192

    /// - Parameter strength: Standard deviation in steps of luma.
    init(strength: Float, dice: Dice) {
        self.dice = dice
        grain = (0..<Self.length).map { index in
            // The sum of four even chances is near enough to a normal one.
            let one = dice.with(index)
            let sum = (0..<4).reduce(Float(0)) { $0 + one.with($1).between(-1, 1) }
            return Int8((sum * strength * 0.866).rounded())
        }
    }

    func apply(to canvas: Canvas, frame index: Int, time: Double) {
        let frame = dice.with(index)
        grain.withUnsafeBufferPointer { grain in
            for row in 0..<canvas.height {
                let start = frame.with(row).index(below: Self.length - canvas.width)
                // Lamps on 50 Hz mains and a rolling shutter: half a step of luma, slowly wandering up.
                let band = Int16(
                    (0.75 * wave(time * 0.9 + Double(row) / Double(canvas.height) * 2, period: 1)).rounded())
                Self.add(grain.baseAddress! + start, band, to: canvas.y + row * canvas.lumaStride, canvas.width)
            }
        }
    }

    private static func add(
        _ grain: UnsafePointer<Int8>, _ band: Int16, to line: UnsafeMutablePointer<UInt8>, _ count: Int
    ) {
        for column in 0..<count {
            let value = Int16(line[column]) &+ Int16(grain[column]) &+ band
            line[column] = UInt8(truncatingIfNeeded: max(16, min(235, value)))
        }
    }
}
