import Domain
import Supervision

/// What is public of a school, as it was typed.
struct PublicationForm: Sendable, Hashable {
    var isOn: Bool
    var cameras: Set<CameraID>
    /// Ids that are none.
    var hasUnknown = false
    var start: String
    var end: String
    var weekdays: Set<Int>
    var delay: String
    /// Whether parents see anything in addition.
    var hasParents: Bool
    var parentCameras: Set<CameraID>
    var parentStart: String
    var parentEnd: String
    var parentWeekdays: Set<Int>

    init(_ publication: Publication) {
        isOn = publication.isOn
        cameras = publication.cameras
        start = CalendarForm.clock(publication.hours.startMinute)
        end = CalendarForm.clock(publication.hours.endMinute)
        weekdays = publication.hours.weekdays
        delay = "\(publication.delaySeconds)"
        hasParents = publication.parents != nil
        let parents = publication.parents ?? ParentShowing()
        parentCameras = parents.cameras
        parentStart = CalendarForm.clock(parents.hours.startMinute)
        parentEnd = CalendarForm.clock(parents.hours.endMinute)
        parentWeekdays = parents.hours.weekdays
    }

    init(_ fields: FormFields) {
        isOn = fields.flag("isOn")
        let typed = fields.all("camera")
        cameras = Set(typed.compactMap { CameraID($0) })
        hasParents = fields.flag("parents")
        let typedForParents = fields.all("parentCamera")
        parentCameras = Set(typedForParents.compactMap { CameraID($0) })
        parentStart = fields.text("parentStart") ?? ""
        parentEnd = fields.text("parentEnd") ?? ""
        parentWeekdays = Set(fields.all("parentWeekday").compactMap { Int($0) })
        hasUnknown = (typed + typedForParents).contains { CameraID($0) == nil }
        start = fields.text("start") ?? ""
        end = fields.text("end") ?? ""
        weekdays = Set(fields.all("weekday").compactMap { Int($0) })
        delay = fields.text("delay") ?? ""
    }

    func publication() throws(SupervisionError) -> Publication {
        guard !hasUnknown else { throw .invalid(.cameras, .unknown) }
        guard let start = CalendarForm.minute(start), let end = CalendarForm.minute(end) else {
            throw .invalid(.hours, .implausible)
        }
        guard let delay = Int(delay) else { throw .invalid(.delay, .implausible) }
        return Publication(
            isOn: isOn, cameras: cameras,
            hours: WorkingHours(startMinute: start, endMinute: end, weekdays: weekdays), delaySeconds: delay,
            parents: try parents())
    }

    private func parents() throws(SupervisionError) -> ParentShowing? {
        guard hasParents else { return nil }
        guard let start = CalendarForm.minute(parentStart), let end = CalendarForm.minute(parentEnd) else {
            throw .invalid(.hours, .implausible)
        }
        return ParentShowing(
            cameras: parentCameras,
            hours: WorkingHours(startMinute: start, endMinute: end, weekdays: parentWeekdays))
    }

    func differences(from kept: PublicationForm, _ words: Words) -> [String] {
        func line(_ label: String, _ kept: String, _ typed: String) -> String? {
            kept == typed ? nil : "\(words(label)): \(kept) → \(typed)"
        }
        func days(_ weekdays: Set<Int>) -> String {
            weekdays.sorted().map { words("calendar.weekday.\($0)") }.joined(separator: " ")
        }
        func parents(_ form: PublicationForm) -> String {
            guard form.hasParents else { return words("word.no") }
            return "\(form.parentCameras.count) · \(form.parentStart)–\(form.parentEnd) · \(days(form.parentWeekdays))"
        }
        return [
            line("publication.isOn", words(kept.isOn ? "word.yes" : "word.no"), words(isOn ? "word.yes" : "word.no")),
            line("publication.cameras", "\(kept.cameras.count)", "\(cameras.count)"),
            line("publication.hours", "\(kept.start)–\(kept.end)", "\(start)–\(end)"),
            line("publication.days", days(kept.weekdays), days(weekdays)),
            line("publication.delay", kept.delay, delay), line("parent.showing", parents(kept), parents(self)),
        ].compactMap(\.self)
    }
}
