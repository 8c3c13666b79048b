import Domain
import Supervision

extension Words {
    func callAsFunction(_ state: Concern.State) -> String { self("concern.state.\(state.rawValue)") }
    func callAsFunction(_ stage: ConcernFilter.Stage) -> String { self("concern.stage.\(stage.rawValue)") }
}

extension Concern.State {
    /// The colour of its mark.
    var style: String {
        switch self {
        case .received: "opened"
        case .taken: "submitted"
        case .askedBack: "dispatched"
        case .answered, .closed: "closed"
        case .rejected, .withdrawn: "withdrawn"
        }
    }
}

extension ConcernChange {
    var name: String {
        switch self {
        case .received: "received"
        case .taken: "taken"
        case .askedBack: "askedBack"
        case .added: "added"
        case .answered: "answered"
        case .caseOpened: "caseOpened"
        case .closed: "closed"
        case .rejected: "rejected"
        case .withdrawn: "withdrawn"
        }
    }
}

extension Wording {
    /// What whoever sent a concern may expect now.
    func next(_ view: ConcernView) -> String {
        switch view.state {
        case .received, .taken:
            view.due.map {
                $0 >= now ? words("concern.next.due", ["time": exactMinute($0)]) : words("concern.next.late")
            }
                ?? ""
        case .askedBack: words("concern.next.askedBack")
        case .answered: words(view.caseEnded == false ? "concern.next.case" : "concern.next.answered")
        case .closed: words("concern.next.closed")
        case .rejected: words("concern.next.rejected")
        case .withdrawn: words("concern.next.withdrawn")
        }
    }

    func dueOfConcern(_ due: UTCTime?) -> DueView? {
        due.map {
            DueView(
                kind: words("concern.dueAnswer"), time: exactMinute($0), left: left(until: $0),
                style: $0 < now ? "over" : $0 - now < .seconds(6 * 3600) ? "soon" : "")
        }
    }
}
