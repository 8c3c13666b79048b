import Domain
import FFmpeg
import OpenVINO

/// Finds people, heads, phones, rodents and insects in a picture or a part of it. For one thread.
///
/// Inputs are made anew only for a size that it has not met yet.
struct KitchenDetector: ~Copyable {
    /// The request of one size of input.
    private final class Slot {
        let input: InputSize
        var request: InferRequest
        let scores: Int
        let boxes: Int
        /// Where the last picture lay in the input.
        var letterbox: Letterbox?

        init(_ model: NeuralModel, _ input: InputSize) throws {
            self.input = input
            request = try model.request(count: 1, height: input.height, width: input.width)
            scores = try request.model.output("scores")
            boxes = try request.model.output("boxes")
            let anchors = DetectionDecoder.anchorCount(input)
            let expected = [[1, anchors, model.card.labels.count], [1, anchors, 4]]
            let shapes = [request.model.outputs[scores].shape, request.model.outputs[boxes].shape]
            guard shapes == expected else {
                throw ModelError(
                    .unfit, "\(model.card.name) has outputs \(shapes) where \(expected) are needed")
            }
        }
    }

    private let model: NeuralModel
    /// In the order of the model's outputs.
    private let labels: [Recognized.Label]
    private var decoder: DetectionDecoder
    private var scaler = RGBScaler()
    private var slots: [Slot] = []

    init(_ model: NeuralModel) throws {
        self.model = model
        labels = try model.card.labels.map { name in
            guard let label = Recognized.Label(rawValue: name) else {
                throw ModelError(.unfit, "\(model.card.name) knows “\(name)”, which the program doesn't")
            }
            return label
        }
        decoder = DetectionDecoder(
            thresholds: model.card.labels.map { Float(model.card.threshold($0) ?? 0.5) })
    }

    /// Least score that counts, for each label. The card's own, until it is set.
    func threshold(_ label: Recognized.Label) -> Double {
        labels.firstIndex(of: label).map { Double(decoder.thresholds[$0]) } ?? 1
    }

    mutating func setThreshold(_ label: Recognized.Label, _ threshold: Double) {
        if let index = labels.firstIndex(of: label) { decoder.thresholds[index] = Float(threshold) }
    }

    /// Appends what is in the picture, or in `part` of it, to `found`; boxes in shares of the whole picture, best first.
    mutating func detect(
        in picture: borrowing Picture, part: PictureBox? = nil, at input: InputSize, into found: inout [Recognized]
    ) throws {
        let slot = try self.slot(input)
        let crop =
            part.map {
                RGBScaler.Crop(
                    x: $0.x * Double(picture.width), y: $0.y * Double(picture.height),
                    width: $0.width * Double(picture.width), height: $0.height * Double(picture.height), in: picture)
            } ?? RGBScaler.Crop(picture)
        try fill(slot, crop, of: picture)
        try slot.request.infer()
        slot.request.withOutput(slot.scores) { scores in
            slot.request.withOutput(slot.boxes) { boxes in
                decoder.decode(scores: scores, boxes: boxes, input: input)
            }
        }
        place(crop, slot, picture.width, picture.height, &found)
    }

    private mutating func slot(_ input: InputSize) throws -> Slot {
        if let known = slots.first(where: { $0.input == input }) { return known }
        let new = try Slot(model, input)
        slots.append(new)
        return new
    }

    private mutating func fill(_ slot: Slot, _ crop: RGBScaler.Crop, of picture: borrowing Picture) throws {
        let input = slot.input
        let letterbox = Letterbox(sourceWidth: crop.width, sourceHeight: crop.height, into: input)
        // What stays grey from one picture to the next need not be painted again.
        let isNew = slot.letterbox != letterbox
        slot.letterbox = letterbox
        try slot.request.withInput { pixels in
            if isNew { for index in pixels.indices { pixels[index] = Letterbox.grey } }
            try scaler.convert(
                crop, of: picture, width: letterbox.width, height: letterbox.height, into: &pixels,
                stride: input.width * 3, left: letterbox.left, top: letterbox.top)
        }
    }

    /// From input pixels to shares of the picture, without what lies beyond its edges.
    private func place(
        _ crop: RGBScaler.Crop, _ slot: Slot, _ width: Int, _ height: Int, _ found: inout [Recognized]
    ) {
        guard let letterbox = slot.letterbox else { return }
        let (cropX, cropY) = (Double(crop.x), Double(crop.y))
        // Rounded to whole pixels, the content's two scales differ by a hair.
        let scaleX = Double(crop.width) / Double(letterbox.width)
        let scaleY = Double(crop.height) / Double(letterbox.height)
        for candidate in decoder.found {
            let left = max(0, cropX + (Double(candidate.left) - Double(letterbox.left)) * scaleX)
            let top = max(0, cropY + (Double(candidate.top) - Double(letterbox.top)) * scaleY)
            let right = min(Double(width), cropX + (Double(candidate.right) - Double(letterbox.left)) * scaleX)
            let bottom = min(Double(height), cropY + (Double(candidate.bottom) - Double(letterbox.top)) * scaleY)
            guard right > left, bottom > top else { continue }
            found.append(
                Recognized(
                    labels[candidate.label],
                    PictureBox(
                        x: left / Double(width), y: top / Double(height), width: (right - left) / Double(width),
                        height: (bottom - top) / Double(height)), score: Double(min(candidate.score, 1))))
        }
    }
}
