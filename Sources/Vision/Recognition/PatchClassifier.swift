import Domain
import FFmpeg
import OpenVINO

/// Runs a model over squares of a picture, several at once where there are several. For one thread.
struct PatchClassifier: ~Copyable {
    /// The request for one number of patches.
    private final class Slot {
        let count: Int
        var request: InferRequest

        init(_ model: NeuralModel, count: Int, size: Int, columns: Int) throws {
            self.count = count
            request = try model.request(count: count, height: size, width: size)
            let output = try request.model.output("probabilities")
            let shape = request.model.outputs[output].shape
            guard output == 0, shape == [count, columns] else {
                throw ModelError(
                    .unfit, "\(model.card.name) has the output \(shape) where \([count, columns]) is needed")
            }
        }
    }

    let model: NeuralModel
    /// Probabilities for each patch.
    let columns: Int
    private let size: Int
    private var sampler = PatchSampler()
    /// The greatest number first.
    private var slots: [Slot] = []

    init(_ model: NeuralModel) throws {
        let input = model.card.input
        guard input.width > 0, input.width <= 512, input.width == input.height else {
            throw ModelError(.unfit, "\(model.card.name) needs a square input of at most 512 pixels")
        }
        self.model = model
        columns = model.card.labels.count
        size = input.width
    }

    /// Which output of a model speaks of that label.
    static func column(_ label: String, of model: NeuralModel) throws -> Int {
        guard let column = model.card.labels.firstIndex(of: label) else {
            throw ModelError(.unfit, "\(model.card.name) does not know “\(label)”")
        }
        return column
    }

    /// Calls `tell` with the place and the probabilities of each square.
    mutating func classify(
        _ squares: [PatchSampler.Square], of picture: borrowing Picture, tell: (Int, Span<Float>) -> Void
    ) throws {
        var done = 0
        while done < squares.count {
            let slot = try slot(atMost: squares.count - done)
            let bytes = size * size * 3
            slot.request.withInput { pixels in
                for index in 0..<slot.count {
                    sampler.sample(squares[done + index], of: picture, size: size, into: &pixels, at: index * bytes)
                }
            }
            try slot.request.infer()
            slot.request.withOutput { all in
                for index in 0..<slot.count {
                    tell(done + index, all.extracting(index * columns..<(index + 1) * columns))
                }
            }
            done += slot.count
        }
    }

    private mutating func slot(atMost count: Int) throws -> Slot {
        if slots.isEmpty {
            for count in [4, 1] { slots.append(try Slot(model, count: count, size: size, columns: columns)) }
        }
        return slots.first { $0.count <= count }!
    }
}
