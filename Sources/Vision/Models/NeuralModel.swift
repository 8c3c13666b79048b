import OpenVINO
import Synchronization

/// A model of the registry, read and compiled for the shapes that are asked for: each once, shared by all workers.
final class NeuralModel: Sendable {
    let card: ModelCard
    private let entry: ModelRegistry.Entry
    private let core: Core
    private let compiled = Mutex<[[Int]: CompiledModel]>([:])

    init(_ entry: ModelRegistry.Entry, on core: Core) {
        card = entry.card
        self.entry = entry
        self.core = core
    }

    /// A request for inputs of `count` × `height` × `width` × RGB. The first for a shape takes up to 2 s.
    func request(count: Int, height: Int, width: Int) throws(ModelError) -> InferRequest {
        let shape = [count, height, width, 3]
        do throws(OpenVINOError) {
            return try model(shape).request()
        } catch {
            throw ModelError(error.kind == .modelUnfit ? .unfit : .runtime, error.description)
        }
    }

    private func model(_ shape: [Int]) throws(OpenVINOError) -> CompiledModel {
        // Others who want one wait: it is the same that they want.
        let result: Result<CompiledModel, OpenVINOError> = compiled.withLock { known in
            if let found = known[shape] { return .success(found) }
            do throws(OpenVINOError) {
                let new = try core.compile(
                    model: entry.model, weights: entry.weights, shapes: [inputName: shape])
                known[shape] = new
                return .success(new)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private var inputName: String {
        switch card.task {
        case .detector: "picture"
        case .attributes: "heads"
        case .pests: "patches"
        }
    }
}
