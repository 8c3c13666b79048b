import Testing

@testable import Vision

struct DetectionDecoderTests {
    private let input = InputSize(width: 64, height: 32)
    private var anchors: Int { DetectionDecoder.anchorCount(input) }

    private func decode(
        _ seen: [(anchor: Int, label: Int, score: Float, box: [Float])], thresholds: [Float] = [0.5, 0.3]
    ) -> [DetectionDecoder.Candidate] {
        var scores = [Float](repeating: 0, count: anchors * thresholds.count)
        var boxes = [Float](repeating: 0, count: anchors * 4)
        for one in seen {
            scores[one.anchor * thresholds.count + one.label] = one.score
            for index in 0..<4 { boxes[one.anchor * 4 + index] = one.box[index] }
        }
        var decoder = DetectionDecoder(thresholds: thresholds)
        decoder.decode(scores: scores.span, boxes: boxes.span, input: input)
        return decoder.found
    }

    @Test func `anchors are counted by stride, then row by row`() {
        // 8×4 at stride 8, 4×2 at 16, 2×1 at 32.
        #expect(anchors == 32 + 8 + 2)
        let found = decode([
            (9, 0, 0.9, [1, 2, 3, 4]), (32 + 5, 1, 0.8, [8, 8, 8, 8]), (41, 0, 0.7, [10, 10, 10, 10]),
        ])
        #expect(
            found == [
                .init(label: 0, score: 0.9, left: 11, top: 10, right: 15, bottom: 16),
                .init(label: 1, score: 0.8, left: 16, top: 16, right: 32, bottom: 32),
                .init(label: 0, score: 0.7, left: 38, top: 6, right: 58, bottom: 26),
            ])
    }

    @Test func `each label has its own threshold`() {
        let found = decode([(0, 0, 0.49, [4, 4, 4, 4]), (1, 1, 0.31, [4, 4, 4, 4]), (2, 1, 0.29, [4, 4, 4, 4])])
        #expect(found.map(\.score) == [0.31])
    }

    @Test func `of boxes of one label over the same thing the best stays`() {
        let found = decode([
            (9, 0, 0.6, [20, 20, 20, 20]), (10, 0, 0.9, [20, 20, 20, 20]), (10, 1, 0.4, [20, 20, 20, 20]),
            (15, 0, 0.8, [3, 3, 3, 3]),
        ])
        #expect(found.map(\.score) == [0.9, 0.8, 0.4])
    }

    @Test func `nonsense from a broken model gives no boxes`() {
        let found = decode([
            (0, 0, .nan, [1, 1, 1, 1]), (1, 0, 0.9, [.nan, 1, 1, 1]), (2, 0, 0.9, [-5, -5, -5, -5]),
            (3, 0, 0.9, [0, 0, 0, 0]),
        ])
        #expect(found.isEmpty)
    }

    @Test func `a model that sees everything everywhere is bounded`() {
        let large = InputSize(width: 640, height: 352)
        let count = DetectionDecoder.anchorCount(large)
        #expect(count == 4620)
        let scores = [Float](repeating: 1, count: count * 5)
        let boxes = [Float](repeating: 2, count: count * 4)
        var decoder = DetectionDecoder(thresholds: [0.5, 0.5, 0.5, 0.5, 0.5])
        decoder.decode(scores: scores.span, boxes: boxes.span, input: large)
        #expect(decoder.found.count == 300)
    }
}
