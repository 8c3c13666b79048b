public import Domain
public import FFmpeg

/// ``Recognition`` by the shipped models: made on the thread that uses it.
public final class NeuralRecognition: Recognition {
    public let models: String
    public let pestBar: (rodent: Double, insect: Double)
    private var detector: KitchenDetector
    private var attributes: HeadAttributes?
    private var pests: PestClassifier?

    public init(_ models: RecognitionModels) throws {
        self.models = models.versions
        detector = try KitchenDetector(models.detector)
        attributes = try models.attributes.map { try HeadAttributes($0) }
        pests = try models.pests.map { try PestClassifier($0) }
        let card = models.pests?.card ?? models.detector.card
        pestBar = (card.threshold("rodent") ?? 0.5, card.threshold("insect") ?? 0.5)
    }

    public func detect(_ picture: borrowing Picture) throws -> [Recognized] {
        var found: [Recognized] = []
        try detector.detect(
            in: picture, at: .fitting(width: picture.width, height: picture.height), into: &found)
        return found
    }

    /// What is in a part of the picture, seen larger: boxes in shares of the whole.
    public func detect(_ picture: borrowing Picture, part: PictureBox, at input: InputSize) throws -> [Recognized] {
        var found: [Recognized] = []
        try detector.detect(in: picture, part: part, at: input, into: &found)
        return found
    }

    public func heads(_ boxes: [PictureBox], in picture: borrowing Picture) throws -> [HeadState] {
        try attributes?.heads(boxes, in: picture)
            ?? boxes.map { _ in HeadState(hat: .unknown, mask: .unknown) }
    }

    public func pests(_ boxes: [PictureBox], in picture: borrowing Picture) throws -> [PestScores] {
        try pests?.judge(boxes, in: picture) ?? boxes.map { _ in PestScores(rodent: 0, insect: 0) }
    }

    public func phones(_ boxes: [PictureBox], in picture: borrowing Picture) throws -> [Double] {
        // Without a second opinion the detector's stands.
        try attributes?.phones(boxes, in: picture) ?? boxes.map { _ in 1 }
    }
}
