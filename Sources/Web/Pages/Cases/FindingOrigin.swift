import Domain

extension SiteURL {
    /// The page of what a case was opened from: an inspection, an activity, a concern. nil where there is none to open.
    static func origin(of finding: CaseOpening.Finding) -> SiteURL? {
        switch finding.source {
        case .inspection: nil
        case .activity: nil
        case .concern: ConcernID(finding.reference).map { .concern(.sheet(.value($0))) }
        }
    }
}
