public import Domain

/// What the site shows of the analysis and asks of it, given by whoever runs it: the site itself knows no model.
public struct AnalysisDesk: Sendable {
    /// Below it lie the files of evidence.
    public var evidenceRoot: String
    /// Whether a file of evidence is still the one that was kept.
    public var isIntact: @Sendable (EvidenceFile) async -> Bool
    /// How each camera's analysis is doing now.
    public var health: @Sendable () -> [CameraID: AnalysisHealth]
    public var models: [ModelSummary]
    /// Items that have no model, with the reason.
    public var missing: [CaptureItem: String]
    /// The models' own thresholds, 0…1: what holds where a rule has none.
    public var thresholds: [CaptureItem: Double]
    public var workingHours: WorkingHours
    /// Why nothing can be analysed on this machine; nil = it can.
    public var trouble: String?
    /// Tries settings on a recorded span: nothing is stored. Ends when done; dropping the stream cancels it.
    public var trial: @Sendable (CameraID, AnalysisSettings, TimeSpan) -> AsyncThrowingStream<TrialEvent, any Error>

    public init(
        evidenceRoot: String, isIntact: @escaping @Sendable (EvidenceFile) async -> Bool,
        health: @escaping @Sendable () -> [CameraID: AnalysisHealth],
        models: [ModelSummary], missing: [CaptureItem: String] = [:], thresholds: [CaptureItem: Double] = [:],
        workingHours: WorkingHours = .standard, trouble: String? = nil,
        trial:
            @escaping @Sendable (CameraID, AnalysisSettings, TimeSpan) -> AsyncThrowingStream<TrialEvent, any Error>
    ) {
        self.evidenceRoot = evidenceRoot
        self.isIntact = isIntact
        self.health = health
        self.models = models
        self.missing = missing
        self.thresholds = thresholds
        self.workingHours = workingHours
        self.trouble = trouble
        self.trial = trial
    }

    /// Of a node that analyses nothing; its captures of earlier days are still shown.
    public static func none(evidenceRoot: String = "", because trouble: String? = nil) -> AnalysisDesk {
        AnalysisDesk(
            evidenceRoot: evidenceRoot, isIntact: { _ in false }, health: { [:] }, models: [], trouble: trouble
        ) { _, _, _ in AsyncThrowingStream { $0.finish() } }
    }
}

public enum TrialEvent: Sendable {
    /// 0…1
    case progress(Double)
    /// A capture that these settings would have made, with its picture.
    case found(Capture, jpeg: [UInt8])
}
