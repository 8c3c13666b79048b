import OpenVINO

/// The shipped models, loaded once; each analysing thread makes its own ``NeuralRecognition`` from them.
public final class RecognitionModels: Sendable {
    public struct Options: Sendable {
        /// Folder of the models; nil = see ``ModelRegistry/open(folder:environment:executable:)``.
        public var folder: String?
        /// OpenVINO's library or its folder; nil = the usual places.
        public var library: String?
        /// Threads that compute at the same moment: as many as there are analysing threads, each then computes by itself.
        public var threads: Int

        public init(folder: String? = nil, library: String? = nil, threads: Int = 1) {
            self.folder = folder
            self.library = library
            self.threads = threads
        }
    }

    public let registry: ModelRegistry
    /// Models that are there but can't be used, or are missing; what they would tell stays unknown.
    public let faults: [ModelError]
    /// Which runtime computes: `OpenVINO 2026.4.1-…`.
    public let runtime: String
    /// `kitchen-detector 2026.11.1, head-attributes 2026.11.1`
    public let versions: String
    let detector: NeuralModel
    let attributes: NeuralModel?
    let pests: NeuralModel?

    /// - Throws: when there is no OpenVINO or no detector: then no picture can be judged.
    public static func load(_ options: Options = Options()) throws(ModelError) -> RecognitionModels {
        let registry = try ModelRegistry.open(folder: options.folder)
        let core: Core
        do throws(OpenVINOError) {
            let search = LibrarySearch(place: options.library)
            core = try Core.open(Library.load(search), options: Core.Options(threads: options.threads))
        } catch {
            throw ModelError(.runtime, error.description)
        }
        let detector = NeuralModel(try registry.verified(.detector), on: core)
        var faults = registry.faults
        func optional(_ task: ModelCard.Task) -> NeuralModel? {
            do throws(ModelError) {
                return NeuralModel(try registry.verified(task), on: core)
            } catch {
                if !faults.contains(error) { faults.append(error) }
                return nil
            }
        }
        let attributes = optional(.attributes)
        let pests = optional(.pests)
        return RecognitionModels(
            registry, faults, runtime: "OpenVINO " + core.library.version, detector, attributes, pests)
    }

    private init(
        _ registry: ModelRegistry, _ faults: [ModelError], runtime: String, _ detector: NeuralModel,
        _ attributes: NeuralModel?, _ pests: NeuralModel?
    ) {
        self.registry = registry
        self.faults = faults
        self.runtime = runtime
        self.detector = detector
        self.attributes = attributes
        self.pests = pests
        versions = [detector, attributes, pests].compactMap { $0 }.map { "\($0.card.name) \($0.card.version)" }
            .joined(separator: ", ")
    }
}
