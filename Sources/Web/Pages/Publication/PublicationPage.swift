import Domain
import Supervision

/// All schools of the reader's territory.
struct PublicationsPage: Page {
    struct Row: Sendable {
        let school: String
        let address: String
        let state: String
        let style: String
        let isOpen: Bool
        let cameras: String
        let publicAddress: String?
        let posterAddress: String?

        init(_ sheet: PublicationSheet, _ wording: Wording) {
            let id = sheet.tree.school.id
            school = sheet.tree.school.name
            address = SiteURL.publication(.value(id)).path
            state = wording.opening(sheet.opening)
            style = sheet.opening.style
            isOpen = sheet.opening.isOpen
            let total = sheet.tree.areas.reduce(0) { $0 + $1.cameras.count }
            cameras = "\(sheet.publication.cameras.count) / \(total)"
            let code = sheet.publication.isOn ? sheet.code : nil
            publicAddress = code.map { SiteURL.publicPage(.value($0)).path }
            posterAddress = code.map { _ in SiteURL.publicPoster(.value(id)).path }
        }
    }

    static let template = "publications"
    let rows: [Row]
    let level: ParentLevelView
}

/// The county's parents' level, for those who see the list.
struct ParentLevelView: Sendable {
    let isOn: Bool
    let state: String
    let style: String
    let count: String
    let maySet: Bool
    let isDone: Bool
    let consequence: String

    init(isOn: Bool, count: Int, maySet: Bool, isDone: Bool, wording: Wording) {
        let words = wording.words
        self.isOn = isOn
        self.maySet = maySet
        self.isDone = isDone
        state = words(isOn ? "parent.level.on" : "parent.level.off")
        style = isOn ? "ok" : "disabled"
        self.count = words("parent.count", ["count": wording.count(count)])
        consequence =
            isOn
            ? words("parent.level.offMeans", ["count": wording.count(count)]) : words("parent.level.onMeans")
    }
}

/// What is public of one school, and the cut.
struct PublicationPage: Page {
    struct CameraChoice: Sendable {
        let id: String
        let name: String
        let area: String
        let isChosen: Bool
    }

    static let template = "publication"
    let school: String
    let state: String
    let style: String
    let action: String
    let cutAction: String
    let restoreAction: String
    let publicAddress: String?
    let posterAddress: String?
    let fault: String?
    let stale: StaleSave?
    let done: String?
    let seen: String
    let isOn: Bool
    let cameras: [CameraChoice]
    let hasCameras: Bool
    let start: String
    let end: String
    let weekdays: [Choice]
    let delay: String
    let mayPublish: Bool
    /// There is something that can be cut.
    let mayCut: Bool
    let cutReason: String?
    let isCut: Bool
    /// The county has a parents' level.
    let hasParents: Bool
    let parentsAddress: String
    let parentsOn: Bool
    let parentCameras: [CameraChoice]
    let parentStart: String
    let parentEnd: String
    let parentWeekdays: [Choice]

    init(
        _ sheet: PublicationSheet, _ form: PublicationForm, fault: String?, stale: StaleSave?, done: String?,
        mayPublish: Bool, hasParents: Bool, wording: Wording
    ) {
        let words = wording.words
        let id = sheet.tree.school.id
        school = sheet.tree.school.name
        state = wording.opening(sheet.opening)
        style = sheet.opening.style
        action = SiteURL.publication(.value(id)).path
        cutAction = SiteURL.publicationCut(.value(id)).path
        restoreAction = SiteURL.publicationRestored(.value(id)).path
        let code = sheet.publication.isOn ? sheet.code : nil
        publicAddress = code.map { SiteURL.publicPage(.value($0)).path }
        posterAddress = code.map { _ in SiteURL.publicPoster(.value(id)).path }
        self.fault = fault
        self.stale = stale
        self.done =
            switch done {
            case "saved": words("publication.saved")
            case "cut": words("publication.cutDone")
            case "restored": words("publication.restored")
            default: nil
            }
        seen = "\(sheet.revision.number)"
        isOn = form.isOn
        func choices(_ chosen: Set<CameraID>) -> [CameraChoice] {
            sheet.tree.areas.flatMap { area in
                area.cameras.map {
                    CameraChoice(
                        id: "\($0.id)", name: $0.name, area: wording.area(area.area),
                        isChosen: chosen.contains($0.id))
                }
            }
        }
        func days(_ chosen: Set<Int>) -> [Choice] {
            (1...7).map {
                Choice(value: "\($0)", label: words("calendar.weekday.\($0)"), isSelected: chosen.contains($0))
            }
        }
        cameras = choices(form.cameras)
        self.hasParents = hasParents
        parentsAddress = SiteURL.parent(.classes(.value(id))).path
        parentsOn = form.hasParents
        parentCameras = choices(form.parentCameras)
        parentStart = form.parentStart
        parentEnd = form.parentEnd
        parentWeekdays = days(form.parentWeekdays)
        hasCameras = !cameras.isEmpty
        start = form.start
        end = form.end
        weekdays = days(form.weekdays)
        delay = form.delay
        self.mayPublish = mayPublish
        let cut = sheet.publication.cut.flatMap { $0.holds(at: wording.now) ? $0 : nil }
        isCut = cut != nil
        mayCut = sheet.publication.isOn && cut == nil
        cutReason = cut.map { words("publication.cutBy", ["reason": $0.reason]) }
    }
}
