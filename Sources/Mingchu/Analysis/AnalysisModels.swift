import Domain
import Logging
import Vision
import Web

/// The models of this machine, or why there are none: then cameras are recorded and watched for being covered or moved,
/// and the pages say what is missing.
struct AnalysisModels: Sendable {
    let loaded: RecognitionModels?
    /// In words with what to do; nil = all is well.
    let trouble: String?

    static func load(_ settings: Settings, log: Logger) -> AnalysisModels {
        guard settings.isAnalysing else {
            return AnalysisModels(loaded: nil, trouble: "analysis.enabled is false: this node analyses nothing")
        }
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

    /// What the pages show of models and analysis.
    func desk(pool: AnalysisPool, trial: RuleTrial, settings: Settings) -> AnalysisDesk {
        var missing: [CaptureItem: String] = [:]
        for support in loaded?.registry.support ?? [] {
            if case .noModelYet(let reason) = support.state { missing[support.item] = reason }
        }
        let evidence = EvidenceFolder(root: settings.evidenceFolder, zone: settings.zone)
        return AnalysisDesk(
            evidenceRoot: settings.evidenceFolder, isIntact: evidence.isIntact, health: { pool.health() },
            models: loaded?.registry.cards.map(\.summary) ?? [], missing: missing, thresholds: thresholds,
            workingHours: settings.workingHours, trouble: trouble, trial: trial.run)
    }

    /// What holds where a rule has none of its own.
    private var thresholds: [CaptureItem: Double] {
        let cards = loaded?.registry.cards ?? []
        func find(_ task: ModelCard.Task, _ label: String, _ purpose: String) -> Double? {
            cards.first { $0.task == task }?.threshold(label, purpose)
        }
        let all: [CaptureItem: Double?] = [
            .rodent: find(.pests, "rodent", "score"), .insect: find(.pests, "insect", "score"),
            .noHat: find(.attributes, "hat", "absent"), .noMask: find(.attributes, "mask", "absent"),
            .phone: find(.detector, "phone", "score"), .nightPresence: find(.detector, "person", "score"),
        ]
        return all.compactMapValues { $0 }
    }
}
