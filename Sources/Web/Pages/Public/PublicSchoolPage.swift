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

    struct Served: Sendable {
        let meal: String
        let dishes: [PublicDish]
    }

    struct Activity: Sendable {
        let title: String
        let address: String
        let kind: String
        let time: String
        let isOpen: Bool
    }

    struct Inspection: Sendable {
        let result: String
        let day: String
    }

    static let template = "public-school"
    let rating: PublicRatingView
    let inspections: [Inspection]
    let hasInspections: Bool
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
    let menus: [Served]
    let hasMenus: Bool
    let licence: String?
    let licenceState: String?
    let licenceStyle: String
    let health: String?
    let healthStyle: String
    let activities: [Activity]
    let hasActivities: Bool
    let concernAddress: String
    /// Where parents sign in; nil = the county has no parents' level, or this is a parent's page.
    let parentsAddress: String?
    /// nil = everybody's page.
    let parent: ParentView?

    /// - Parameters:
    ///   - parent: Whose page it is; nil = everybody's.
    init(
        _ board: PublicBoard, code: PublicCode, canShow: Bool, territory: String, parent: ParentView? = nil,
        wording: Wording
    ) {
        let words = wording.words
        rating = PublicRatingView(board.rating, wording)
        inspections = board.inspections.map { grade in
            Inspection(
                result: words(
                    "rating.inspectionPoints", ["grade": grade.grade.rawValue, "points": wording.count(grade.points)]),
                day: "\(grade.day)")
        }
        hasInspections = !inspections.isEmpty
        self.parent = parent
        parentsAddress = board.takesParents && parent == nil ? SiteURL.parent(.board).path : nil
        concernAddress = SiteURL.concern(.form(.value(code))).path
        school = board.school.name
        title = words("public.title", ["school": board.school.name])
        by = territory.isEmpty ? nil : words("public.by", ["territory": territory])
        isOpen = board.opening.isOpen && canShow
        if parent != nil, isOpen, case .open(let end) = board.opening {
            state = words("parent.open", ["time": String(wording.zone.civil(end).clock.prefix(5))])
        } else {
            state = wording.opening(
                isOpen ? board.opening : board.opening.isOpen ? .cut(until: nil) : board.opening)
        }
        style = isOpen ? board.opening.style : "disabled"
        hours = words(
            parent == nil ? "public.hours" : "parent.hours",
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
                address: parent == nil
                    ? SiteURL.publicFile(.value(code), .value(view.camera), .value("index.m3u8")).path
                    : SiteURL.parent(.picture(.value(view.camera), .value("index.m3u8"))).path)
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
        activities = board.activities.map { activity in
            Activity(
                title: activity.plan.title, address: SiteURL.activity(.board(.value(activity.code))).path,
                kind: words(activity.plan.kind), time: wording.span(activity.plan.span),
                isOpen: activity.isOpenForSignUp(at: wording.now))
        }
        hasActivities = !activities.isEmpty
        hasHandled = !handled.isEmpty
        handledCount = words("public.recordCount", ["count": wording.count(board.handledCount)])
        menus = board.menus.map { Served(meal: words($0.meal), dishes: $0.dishes.map(PublicDish.init)) }
        hasMenus = !menus.isEmpty
        licence = board.licence.map { words("public.licence", ["number": $0.number]) }
        let licenceDays = board.licence?.daysLeft(on: board.today)
        licenceState = board.licence.map { licence in
            words(
                (licenceDays ?? 0) < 0 ? "public.licenceExpired" : "public.licenceValid",
                ["day": "\(licence.validThrough)"])
        }
        licenceStyle = licenceDays.map { $0 < 0 ? "waiting" : "ok" } ?? ""
        health =
            board.health.total == 0
            ? nil
            : words(
                "public.health",
                ["valid": wording.count(board.health.valid), "total": wording.count(board.health.total)])
        healthStyle = board.health.isComplete ? "ok" : "waiting"
    }
}
