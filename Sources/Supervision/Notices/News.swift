public import Domain
import Store

/// Something that the reader's office or school was told, with what it is about as it stands now.
public struct NewsEntry: Sendable {
    public enum About: Sendable {
        case ofCase(CaseSummary, CaseNotice)
        case warning(WarningEntry)
        /// With the name of its school.
        case affair(Affair, String?)
    }

    public var news: Notification
    public var about: About

    /// nil = it is not about a case.
    public var summary: CaseSummary? { if case .ofCase(let summary, _) = about { summary } else { nil } }
}

extension NewsEntry {
    /// nil = it is about nothing that the asker may look at.
    init?(_ news: Notification, _ records: Records, for principal: Principal) throws {
        switch news.subject {
        case .ofCase(let id, let notice):
            guard let summary = try records.cases.summary(id), principal.may(.lookAtCases, at: summary.place) else {
                return nil
            }
            self.init(news: news, about: .ofCase(summary, notice))
        case .warning(let id):
            guard let file = try records.warnings.warning(id), principal.may(.lookAtWarnings, at: file.path) else {
                return nil
            }
            var names = WarningNames(records)
            self.init(news: news, about: .warning(try names.entry(of: file)))
        case .affair(let affair):
            let school = try affair.school.flatMap { try records.places.school($0) }
            // Known to whoever handles it: the body that was told.
            guard principal.may(.see, at: school?.path ?? .county) else { return nil }
            self.init(news: news, about: .affair(affair, school?.name))
        }
    }
}
