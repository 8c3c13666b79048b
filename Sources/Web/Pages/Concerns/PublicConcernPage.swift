import Domain
import Supervision

struct ConcernFormPage: Page {
    static let template = "concern-form"
    let school: String
    let address: String
    let action: String
    let text: String
    let contact: String
    let fault: String?
    /// Browsers forget files when a form comes back.
    let photosLost: Bool
    /// The answer will stand on their own page too.
    let isParent: Bool
    let takesPhotos: Bool
    let textMost: String
    let textLeast: String
    let contactMost: String
    let photosHint: String
}

struct ConcernFindPage: Page {
    static let template = "concern-find"
    let typed: String
    let fault: String?
}

/// A concern for whoever sent it.
struct ConcernFollowPage: Page {
    static let template = "concern-follow"
    let school: String
    let schoolAddress: String?
    let state: String
    let style: String
    /// What happens next, and when.
    let next: String
    let code: String
    let isNew: Bool
    let entries: [ConcernEntryView]
    let photos: String?
    let isAsked: Bool
    let addAction: String
    let typed: String
    let fault: String?
    let withdrawAction: String?

    init(_ view: ConcernView, isNew: Bool, typed: String, fault: String?, wording: Wording) {
        let words = wording.words
        school = view.school.name
        schoolAddress = view.page.map { SiteURL.publicPage(.value($0)).path }
        state = words(view.state)
        style = view.state.style
        next = wording.next(view)
        code = view.code.grouped
        self.isNew = isNew
        entries = view.entries.map { ConcernEntryView($0.change, at: $0.time, who: nil, wording) }
        photos = view.photoCount == 0 ? nil : words("concern.photoCount", ["count": wording.count(view.photoCount)])
        isAsked = view.state == .askedBack
        addAction = SiteURL.concern(.add(.value(view.code))).path
        self.typed = typed
        self.fault = fault
        withdrawAction = view.mayWithdraw ? SiteURL.concern(.withdraw(.value(view.code))).path : nil
    }
}

/// One thing that happened to a concern, as both sides read it.
struct ConcernEntryView: Sendable {
    let time: Moment
    let what: String
    /// For the desk: who it was.
    let who: String?
    let text: String?
    /// From whoever sent it; the others are the authority's.
    let isSender: Bool

    init(_ change: ConcernChange, at time: UTCTime, who: String?, _ wording: Wording) {
        self.time = wording.moment(time)
        what = wording.words("concern.step.\(change.name)")
        self.who = who
        text = change.text
        isSender =
            switch change {
            case .received, .added, .withdrawn: true
            case .taken, .askedBack, .answered, .caseOpened, .closed, .rejected: false
            }
    }
}
