import Domain
import Logging
import Vision

/// The models of this machine, or why there are none: then cameras are recorded and watched for being covered or moved,
/// and the pages say what is missing.
struct AnalysisModels: Sendable {
    let loaded: RecognitionModels?
    /// In words with what to do; nil = all is well.
    let trouble: String?

    static func load(_ settings: Settings, log: Logger) -> AnalysisModels {
        do throws(ModelError) {
            let models = try RecognitionModels.load(
                .init(
                    folder: settings.modelsFolder, library: settings.openVINOLibrary, threads: settings.analysisThreads)
            )
            let trouble = models.faults.isEmpty ? nil : models.faults.map(\.description).joined(separator: "; ")
            if let trouble { log.error("a model can't be used", metadata: ["reason": "\(trouble)"]) }
            log.info("models loaded", metadata: ["models": "\(models.versions)", "runtime": "\(models.runtime)"])
            return AnalysisModels(loaded: models, trouble: trouble)
        } catch {
            log.error("pictures can't be recognised", metadata: ["reason": "\(error)"])
            return AnalysisModels(loaded: nil, trouble: error.description)
        }
    }

    /// For the thread that calls; nil where there are no models.
    func recognition() throws -> (any Recognition)? { try loaded.map { try NeuralRecognition($0) } }

    var versions: String { loaded?.versions ?? "" }
}
