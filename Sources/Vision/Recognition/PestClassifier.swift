import Domain
import FFmpeg

/// Says what small moving things are. For one thread.
struct PestClassifier: ~Copyable {
    private var classifier: PatchClassifier
    private let columns: (rodent: Int, insect: Int)

    init(_ model: NeuralModel) throws {
        let rodent = try PatchClassifier.column("rodent", of: model)
        let insect = try PatchClassifier.column("insect", of: model)
        let classifier = try PatchClassifier(model)
        self.classifier = classifier
        columns = (rodent, insect)
    }

    mutating func judge(_ boxes: [PictureBox], in picture: borrowing Picture) throws -> [PestScores] {
        let (width, height) = (picture.width, picture.height)
        var scores = [PestScores](repeating: PestScores(rodent: 0, insect: 0), count: boxes.count)
        let squares = boxes.map {
            PatchSampler.Square(around: $0, times: 2, atLeast: 24, width: width, height: height)
        }
        try classifier.classify(squares, of: picture) { index, probabilities in
            scores[index] = PestScores(
                rodent: Double(probabilities[columns.rodent]), insect: Double(probabilities[columns.insect]))
        }
        return scores
    }
}
