import Domain

extension SiteURL {
    /// The page of what a case was opened from: an inspection, an activity, a concern, a warning. nil where there is none to open.
    static func origin(of finding: CaseOpening.Finding) -> SiteURL? {
        switch finding.source {
        case .inspection: SpotInspectionID(finding.reference).map { .inspection(.sheet(.value($0))) }
        case .activity: ActivityID(finding.reference).map { SiteURL.activity(.sheet(.value($0))) }
        case .concern: ConcernID(finding.reference).map { .concern(.sheet(.value($0))) }
        case .warning: WarningID(finding.reference).map { .warnings(.page(.value($0))) }
        }
    }
}
