import Domain
import Foundation
import Vision

/// What `mingchu analyze --json` prints for each analysed picture: one line.
struct AnalysisLine: Encodable {
    struct State: Encodable {
        /// present, absent or unknown.
        var state: String
        /// Of the state, 0…1; of *unknown*: of the likelier of the other two.
        var score: Double

        init(_ attribute: Attribute) {
            state = attribute.state.rawValue
            score = attribute.score.rounded(places: 4)
        }
    }

    struct Detection: Encodable {
        var label: String
        /// x, y, width, height in pixels.
        var box: [Double]
        var score: Double
        /// Of heads only.
        var hat: State?
        var mask: State?

        init(_ label: String, _ box: PictureBox, score: Double, head: HeadState? = nil, width: Int, height: Int) {
            self.label = label
            self.box = [
                box.x * Double(width), box.y * Double(height), box.width * Double(width), box.height * Double(height),
            ].map { $0.rounded(places: 1) }
            self.score = score.rounded(places: 4)
            hat = head.map { State($0.hat) }
            mask = head.map { State($0.mask) }
        }
    }

    var file: String
    /// After the beginning of the video; 0 for a picture.
    var timeMs: Int
    var width: Int
    var height: Int
    var detections: [Detection]

    var json: String { JSONLine.text(self) }
}

extension AnalysisLine {
    /// A picture of a video.
    init(_ picture: AnalysedPicture, of file: String, timeMs: Int) {
        self.init(file: file, timeMs: timeMs, width: picture.width, height: picture.height, detections: [])
        func add(_ label: String, _ parts: [PersonSighting.Part]) {
            detections += parts.map {
                Detection(label, $0.box, score: $0.score, width: picture.width, height: picture.height)
            }
        }
        add("person", picture.people)
        let unknown = HeadState(
            hat: Attribute(state: .unknown, absence: 0.5), mask: Attribute(state: .unknown, absence: 0.5))
        detections += picture.heads.map {
            Detection(
                "head", $0.sight.box, score: $0.sight.score, head: $0.state ?? unknown, width: picture.width,
                height: picture.height)
        }
        add("phone", picture.phones)
        add("rodent", picture.rodents)
        add("insect", picture.insects)
    }
}

/// One line of JSON, keys in order.
enum JSONLine {
    static func text(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Nothing here holds what JSON can't say: scores and boxes are finite.
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

extension Double {
    func rounded(places: Int) -> Double {
        let factor = pow(10, Double(places))
        return (self * factor).rounded() / factor
    }
}
