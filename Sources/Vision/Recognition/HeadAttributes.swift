import Domain
import FFmpeg

/// Judges hats and masks on heads, and whether a phone is one. For one thread.
struct HeadAttributes: ~Copyable {
    private struct Thresholds {
        var absent: Double
        var present: Double

        init(_ card: ModelCard, _ label: String) {
            absent = card.threshold(label, "absent") ?? 0.8
            present = card.threshold(label, "present") ?? 0.3
        }

        func judge(_ absence: Double) -> Attribute {
            let state: Attribute.State = absence >= absent ? .absent : absence <= present ? .present : .unknown
            return Attribute(state: state, absence: absence)
        }
    }

    private var classifier: PatchClassifier
    private let hat: Thresholds
    private let mask: Thresholds
    private let visible: Double
    private let phone: Double
    private let columns: (hat: Int, mask: Int, face: Int)
    private let phoneColumn: Int?

    init(_ model: NeuralModel) throws {
        let hatColumn = try PatchClassifier.column("hatAbsent", of: model)
        let maskColumn = try PatchClassifier.column("maskAbsent", of: model)
        let faceColumn = try PatchClassifier.column("faceVisible", of: model)
        let classifier = try PatchClassifier(model)
        self.classifier = classifier
        columns = (hatColumn, maskColumn, faceColumn)
        phoneColumn = try? PatchClassifier.column("phone", of: model)
        hat = Thresholds(model.card, "hat")
        mask = Thresholds(model.card, "mask")
        visible = model.card.threshold("face", "visible") ?? 0.5
        phone = model.card.threshold("phone") ?? 0.5
    }

    mutating func heads(_ boxes: [PictureBox], in picture: borrowing Picture) throws -> [HeadState] {
        let (width, height) = (picture.width, picture.height)
        var states = [HeadState](repeating: HeadState(hat: .unknown, mask: .unknown), count: boxes.count)
        let squares = boxes.map { PatchSampler.Square(around: $0, times: 1.5, width: width, height: height) }
        try classifier.classify(squares, of: picture) { index, probabilities in
            let hat = self.hat.judge(Double(probabilities[columns.hat]))
            var mask = self.mask.judge(Double(probabilities[columns.mask]))
            if Double(probabilities[columns.face]) < visible { mask.state = .unknown }
            states[index] = HeadState(hat: hat, mask: mask)
        }
        return states
    }

    /// 0…1, the card's threshold at 0.5; nil when the model can't tell.
    mutating func phones(_ boxes: [PictureBox], in picture: borrowing Picture) throws -> [Double]? {
        guard let phoneColumn else { return nil }
        let (width, height) = (picture.width, picture.height)
        var scores = [Double](repeating: 0, count: boxes.count)
        let squares = boxes.map {
            PatchSampler.Square(around: $0, times: 2.5, atLeast: 48, width: width, height: height)
        }
        let phone = phone
        try classifier.classify(squares, of: picture) { index, probabilities in
            let score = Double(probabilities[phoneColumn])
            scores[index] = score < phone ? 0.5 * score / phone : 0.5 + 0.5 * (score - phone) / max(1 - phone, 1e-6)
        }
        return scores
    }
}
