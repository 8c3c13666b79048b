import Domain
import Supervision

extension CountyChapter {
    /// Reports that are finished by themselves when their span is over. (定期报告)
    static let reports = CountyChapter { stage in
        stage.once(on: stage.days.first, at: 11 * 60) { stage in
            try await ReportDesk(stage: stage).schedule(.month, .county, to: .marketRegulation)
            try await ReportDesk(stage: stage).schedule(.term, .county, to: .educationBureau)
        }
        stage.once(on: stage.days.last - 100, at: 11 * 60) { stage in
            let township = stage.townships[0].id
            try await ReportDesk(stage: stage).schedule(.month, .township(township), to: .townshipOffice(township))
        }
        stage.once(on: stage.days.last - 24, at: 11 * 60) { stage in
            try await ReportDesk(stage: stage).schedule(.week, .county, to: .marketRegulation)
        }
        stage.each(dayAt: 7 * 60 + 31, onlySchoolDays: false, from: stage.days.first + 1) { stage, _ in
            try await ReportDesk(stage: stage).sendDue()
        }
    }
}

private struct ReportDesk {
    let stage: CountyStage

    func schedule(_ kind: ReportKind, _ territory: Territory, to body: Body) async throws {
        try await stage.supervision.reports.schedule(
            ReportScheduleDraft(kind: kind, territory: territory, receiver: .body(body)),
            by: stage.people.supervisors[0])
    }

    func sendDue() async throws {
        for due in try await stage.supervision.reports.due() {
            _ = try await stage.supervision.reports.send(due, document: try await stage.press.document(of: due))
        }
    }
}
