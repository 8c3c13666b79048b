import Domain

/// Makes boxes of the detector's raw outputs: thresholds, one box for each thing.
///
/// Anchors: strides 8, 16, 32, each row by row; centres at (x + ½, y + ½) strides. For each anchor a score for each label,
/// and the distances from its centre to the box's left, top, right and bottom in input pixels.
struct DetectionDecoder {
    struct Candidate: Equatable {
        var label: Int
        var score: Float
        var left: Float
        var top: Float
        var right: Float
        var bottom: Float

        /// Intersection over union.
        func overlap(_ other: Candidate) -> Float {
            let width = min(right, other.right) - max(left, other.left)
            let height = min(bottom, other.bottom) - max(top, other.top)
            guard width > 0, height > 0 else { return 0 }
            let common = width * height
            return common / (area + other.area - common)
        }

        var area: Float { max(0, right - left) * max(0, bottom - top) }
    }

    private static let strides = [8, 16, 32]
    /// More things than that are in no kitchen; it bounds the time that a broken model can take.
    private static let most = 300
    /// Two boxes of the same label that share more are the same thing.
    static let sameThing: Float = 0.5

    /// Least score, by label.
    var thresholds: [Float]
    /// Best first.
    private(set) var found: [Candidate] = []
    private var candidates: [Candidate] = []

    init(thresholds: [Float]) {
        self.thresholds = thresholds
        candidates.reserveCapacity(1024)
        found.reserveCapacity(Self.most)
    }

    static func anchorCount(_ input: InputSize) -> Int {
        strides.reduce(0) { $0 + (input.width / $1) * (input.height / $1) }
    }

    /// - Parameters:
    ///   - scores: `anchorCount × thresholds.count`.
    ///   - boxes: `anchorCount × 4`.
    mutating func decode(scores: Span<Float>, boxes: Span<Float>, input: InputSize) {
        candidates.removeAll(keepingCapacity: true)
        let labels = thresholds.count
        var anchor = 0
        for stride in Self.strides {
            for row in 0..<input.height / stride {
                for column in 0..<input.width / stride {
                    for label in 0..<labels where scores[anchor * labels + label] >= thresholds[label] {
                        let x = (Float(column) + 0.5) * Float(stride)
                        let y = (Float(row) + 0.5) * Float(stride)
                        candidates.append(
                            Candidate(
                                label: label, score: scores[anchor * labels + label], left: x - boxes[anchor * 4],
                                top: y - boxes[anchor * 4 + 1], right: x + boxes[anchor * 4 + 2],
                                bottom: y + boxes[anchor * 4 + 3]))
                    }
                    anchor += 1
                }
            }
        }
        suppress()
    }

    /// Keeps the best of those that are the same thing.
    private mutating func suppress() {
        found.removeAll(keepingCapacity: true)
        candidates.sort { $0.score > $1.score }
        for candidate in candidates where found.count < Self.most {
            // NaN from a broken model compares false: such a box never gets in.
            guard candidate.area > 0 else { continue }
            let isKnown = found.contains { $0.label == candidate.label && $0.overlap(candidate) > Self.sameThing }
            if !isKnown { found.append(candidate) }
        }
    }
}
