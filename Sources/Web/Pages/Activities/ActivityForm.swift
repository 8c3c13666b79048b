import Domain
import Supervision

/// A plan as it was typed.
struct ActivityForm: Sendable, Hashable {
    var kind = "openDay"
    var title = ""
    var schools: Set<SchoolID> = []
    var hasUnknown = false
    var place = ""
    var start = ""
    var end = ""
    var until = ""
    var total = "30"
    var byRole: [ActivityRole: String] = [:]
    var organizer = ""
    var programme = ""
    var invitation = ""

    init() {}

    init(_ plan: ActivityPlan, _ wording: Wording) {
        kind = plan.kind.rawValue
        title = plan.title
        schools = Set(plan.schools)
        place = plan.place
        start = wording.field(plan.span.start)
        end = wording.field(plan.span.end)
        until = wording.field(plan.signUpUntil)
        total = "\(plan.capacity.total)"
        byRole = plan.capacity.byRole.mapValues { "\($0)" }
        organizer = plan.organizer
        programme = plan.programme.map { "\(CalendarForm.clock($0.minute)) \($0.text)" }.joined(separator: "\n")
        invitation = plan.invitation
    }

    init(_ fields: FormFields) {
        kind = fields.text("kind") ?? ""
        title = fields.text("title") ?? ""
        let typed = fields.all("school")
        schools = Set(typed.compactMap { SchoolID($0) })
        hasUnknown = typed.contains { SchoolID($0) == nil }
        place = fields.text("place") ?? ""
        start = fields.text("start") ?? ""
        end = fields.text("end") ?? ""
        until = fields.text("until") ?? ""
        total = fields.text("total") ?? ""
        for role in ActivityRole.allCases { byRole[role] = fields.text("most-\(role.rawValue)") }
        organizer = fields.text("organizer") ?? ""
        programme = fields["programme"] ?? ""
        invitation = fields["invitation"] ?? ""
    }

    /// - Parameter order: Of the schools' names.
    func plan(zone: TerritoryZone, order: [SchoolID]) throws -> ActivityPlan {
        guard let kind = Activity.Kind(rawValue: kind) else { throw WebError.badRequest("choice") }
        guard !hasUnknown else { throw SupervisionError.invalid(.school, .unknown) }
        guard let start = zone.parse(start), let end = zone.parse(end) else {
            throw SupervisionError.invalid(.span, .notADate)
        }
        guard start < end else { throw SupervisionError.invalid(.span, .backwards) }
        guard let until = zone.parse(until) else { throw SupervisionError.invalid(.signUpUntil, .notADate) }
        guard let total = Int(total) else { throw SupervisionError.invalid(.capacity, .implausible) }
        var most: [ActivityRole: Int] = [:]
        for (role, text) in byRole {
            guard let number = Int(text) else { throw SupervisionError.invalid(.capacity, .implausible) }
            most[role] = number
        }
        let known = order.filter(schools.contains)
        return ActivityPlan(
            kind, title: title, schools: known + schools.subtracting(known).sorted(), place: place,
            span: TimeSpan(start: start, end: end), signUpUntil: until,
            capacity: ActivityCapacity(total, byRole: most), programme: try points(), organizer: organizer,
            invitation: invitation)
    }

    /// `09:00 参观烹饪区`, line by line.
    private func points() throws -> [ActivityPlan.Point] {
        try programme.split(whereSeparator: \.isNewline).map { String($0).trimmingBlanks() }.filter { !$0.isEmpty }.map
        {
            line in
            let clock = line.prefix { !$0.isWhitespace }.replacing("：", with: ":")
            guard let minute = CalendarForm.minute(clock.count == 4 ? "0" + clock : String(clock)), minute < 1440 else {
                throw SupervisionError.invalid(.programme, .implausible)
            }
            return ActivityPlan.Point(
                minute: minute, String(line.drop { !$0.isWhitespace }).trimmingBlanks())
        }
    }
}

struct ActivityFormPage: Page {
    struct RoleField: Sendable {
        let name: String
        let label: String
        let value: String
    }

    static let template = "activity-form"
    let heading: String
    let action: String
    let back: String
    let fault: String?
    let seen: String
    let kinds: [Choice]
    let schools: [Choice]
    let hasManySchools: Bool
    let roles: [RoleField]
    let form: ActivityForm

    init(
        _ form: ActivityForm, of activity: Activity?, schools: [School], fault: String?, _ wording: Wording
    ) {
        let words = wording.words
        self.form = form
        self.fault = fault
        let id = activity.map { Slot.value($0.id) }
        heading = words(activity == nil ? "activityForm.new" : "activityForm.edit")
        action = SiteURL.activity(id.map { ActivityURL.edit($0) } ?? .new).path
        back = SiteURL.activity(id.map { ActivityURL.sheet($0) } ?? .list).path
        seen = activity.map { "\($0.version)" } ?? ""
        kinds = Activity.Kind.allCases.map {
            Choice(value: $0.rawValue, label: words($0), isSelected: $0.rawValue == form.kind)
        }
        self.schools = schools.map {
            Choice(
                value: "\($0.id)", label: $0.name, isSelected: form.schools.contains($0.id) || schools.count == 1)
        }
        hasManySchools = schools.count > 8
        roles = ActivityRole.allCases.map {
            RoleField(name: "most-\($0.rawValue)", label: words($0), value: form.byRole[$0] ?? "")
        }
    }
}
