import Domain
import Supervision

extension Words {
    func callAsFunction(_ state: CaseState) -> String { self("case.state.\(state.rawValue)") }
    func callAsFunction(_ move: CaseMove) -> String { self("move.\(move.rawValue)") }
    func callAsFunction(_ stage: CaseFilter.Stage) -> String { self("stage.\(stage.rawValue)") }
    func callAsFunction(_ clock: CaseClock.Kind) -> String { self("clock.\(clock.rawValue)") }
    func callAsFunction(_ method: Inspection.Method) -> String { self("method.\(method.rawValue)") }
    func callAsFunction(_ measure: EscalationMeasure) -> String { self("measure.\(measure.rawValue)") }

    func callAsFunction(_ matter: CaseMatter) -> String {
        switch matter {
        case .item(let item): self(item)
        case .other(let name): name
        }
    }

    /// What happened, in a few words.
    func callAsFunction(_ notice: CaseNotice) -> String {
        switch notice {
        case .dispatched(let number): self("news.dispatched", ["number": "\(number)"])
        case .acknowledged: self("news.acknowledged")
        case .submitted: self("news.submitted")
        case .passed: self("news.passed")
        case .returned: self("news.returned")
        case .reinspectionFailed: self("news.reinspectionFailed")
        case .closed: self("news.closed")
        case .reopened(let grade): self("news.reopened", ["grade": self(grade)])
        case .appealed: self("news.appealed")
        case .appealUpheld: self("news.appealUpheld")
        case .appealRejected: self("news.appealRejected")
        case .extensionAsked: self("news.extensionAsked")
        case .extended: self("news.extended")
        case .extensionRefused: self("news.extensionRefused")
        case .transferred: self("news.transferred")
        case .withdrawn: self("news.withdrawn")
        case .urged: self("news.urged")
        case .escalated(let measure): self("news.escalated", ["measure": self(measure)])
        }
    }

    /// What is wrong with a file, and what to do.
    func callAsFunction(_ fault: CaseForm.FileFault) -> String {
        let key =
            switch fault.failure {
            case .tooLarge: "file.tooLarge"
            case .unknownType: "file.unknownType"
            case .empty: "file.empty"
            case .diskFull: "file.diskFull"
            case .disk: "file.disk"
            }
        return self("file.fault", ["name": String(fault.name.prefix(80)), "fault": self(key)])
    }
}

extension Wording {
    func body(_ body: Body, schools: [SchoolID: School], offices: [TownshipID: Township]) -> String {
        switch body {
        case .marketRegulation: words("body.marketRegulation")
        case .educationBureau: words("body.education")
        case .countyLeadership: words("body.countyLeadership")
        case .school(let id): schools[id]?.name ?? words("body.school")
        case .townshipOffice(let id):
            offices[id].map { words("body.office", ["township": $0.name]) } ?? words("body.officeUnnamed")
        }
    }

    /// How long until a deadline, or how long past it.
    func left(until due: UTCTime) -> String {
        due >= now ? words("due.left", ["time": words(due - now)]) : words("due.over", ["time": words(now - due)])
    }

    /// A deadline of a list: colour by how much is left.
    func due(_ due: CaseSummary.Due?) -> DueView? {
        due.map { due in
            DueView(
                kind: words(due.kind), time: exactMinute(due.time), left: left(until: due.time),
                style: due.time < now ? "over" : due.time - now < .seconds(7200) ? "soon" : "")
        }
    }

    /// `2026-11-23 08:15`
    func exactMinute(_ time: UTCTime) -> String { String(exact(time).dropLast(3)) }
}

/// A deadline as pages show it.
struct DueView: Sendable {
    let kind: String
    let time: String
    let left: String
    /// `over`, `soon` or nothing.
    let style: String
}
