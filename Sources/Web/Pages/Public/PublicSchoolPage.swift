import Domain
import Supervision

/// A school's page for everybody: its kitchen, and what was found there and put right.
struct PublicSchoolPage: Page {
    struct View: Sendable {
        let name: String
        let address: String
    }

    struct Handled: Sendable {
        let matter: String
        let found: String
        let length: String
    }

    static let template = "public-school"
    let rating: PublicRatingView
    let title: String
    let school: String
    let by: String?
    let state: String
    let style: String
    let isOpen: Bool
    let hours: String
    let hint: String
    let views: [View]
    let hasViews: Bool
    let handled: [Handled]
    let hasHandled: Bool
    let handledCount: String
    let concernAddress: String

    init(_ board: PublicBoard, code: PublicCode, canShow: Bool, territory: String, wording: Wording) {
        let words = wording.words
        rating = PublicRatingView(board.rating, wording)
        concernAddress = SiteURL.concern(.form(.value(code))).path
        school = board.school.name
        title = words("public.title", ["school": board.school.name])
        by = territory.isEmpty ? nil : words("public.by", ["territory": territory])
        isOpen = board.opening.isOpen && canShow
        state = wording.opening(isOpen ? board.opening : board.opening.isOpen ? .cut(until: nil) : board.opening)
        style = isOpen ? board.opening.style : "disabled"
        hours = words(
            "public.hours",
            [
                "from": CalendarForm.clock(board.hours.startMinute), "to": CalendarForm.clock(board.hours.endMinute),
            ])
        hint = words("public.liveHint", ["seconds": "\(board.delaySeconds)"])
        // Two cameras of an area are told apart by a number, not by what the staff call them.
        var numbers: [AreaID: Int] = [:]
        views = board.views.map { view in
            numbers[view.area.id, default: 0] += 1
            let isOnly = board.views.count { $0.area.id == view.area.id } == 1
            return View(
                name: wording.area(view.area) + (isOnly ? "" : " \(numbers[view.area.id]!)"),
                address: SiteURL.publicFile(.value(code), .value(view.camera), .value("index.m3u8")).path)
        }
        hasViews = !views.isEmpty
        handled = board.handled.map { handled in
            let days = Int((handled.closedAt - handled.openedAt).components.seconds / 86_400)
            let matter: String =
                if case .item = handled.matter { words(handled.matter) } else { words("public.otherMatter") }
            return Handled(
                matter: matter, found: wording.zone.civil(handled.openedAt).date,
                length: days == 0 ? words("public.recordDay") : words("public.recordDays", ["days": "\(days)"]))
        }
        hasHandled = !handled.isEmpty
        handledCount = words("public.recordCount", ["count": wording.count(board.handledCount)])
    }
}
