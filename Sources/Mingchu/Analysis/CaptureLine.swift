import Domain

/// What `mingchu analyze --json` prints for each capture: one line. Times are milliseconds after the video's beginning.
struct CaptureLine: Encodable {
    struct Point: Encodable {
        var timeMs: Int
        var score: Double
    }

    struct Details: Encodable {
        var item: String
        var grade: String
        var startMs: Int
        var metMs: Int
        var endMs: Int?
        var bestMs: Int
        var score: Double
        /// x, y, width, height in shares of the picture, 0…1; nil for what concerns all of it.
        var box: [Double]?
        var curve: [Point]
        var models: String
    }

    var file: String
    var capture: Details

    init(_ capture: Capture, file: String, start: UTCTime) {
        self.file = file
        func ms(_ time: UTCTime) -> Int { Int((time - start).inMilliseconds) }
        let begin = ms(capture.start)
        self.capture = Details(
            item: capture.item.rawValue, grade: capture.grade.numeral, startMs: begin, metMs: ms(capture.metAt),
            endMs: capture.end.map(ms), bestMs: ms(capture.bestAt), score: capture.score.rounded(places: 4),
            box: capture.box.map { [$0.x, $0.y, $0.width, $0.height].map { $0.rounded(places: 4) } },
            curve: capture.curve.map { Point(timeMs: begin + $0.offsetMs, score: $0.score.rounded(places: 4)) },
            models: capture.models)
    }

    var startMs: Int { capture.startMs }
    var json: String { JSONLine.text(self) }
}
