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

    init(_ publication: Publication) {
        isOn = publication.isOn
        cameras = publication.cameras
        start = CalendarForm.clock(publication.hours.startMinute)
        end = CalendarForm.clock(publication.hours.endMinute)
        weekdays = publication.hours.weekdays
        delay = "\(publication.delaySeconds)"
    }

    init(_ fields: FormFields) {
        isOn = fields.flag("isOn")
        let typed = fields.all("camera")
        cameras = Set(typed.compactMap { CameraID($0) })
        hasUnknown = typed.contains { CameraID($0) == nil }
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
            hours: WorkingHours(startMinute: start, endMinute: end, weekdays: weekdays), delaySeconds: delay)
    }

    func differences(from kept: PublicationForm, _ words: Words) -> [String] {
        func line(_ label: String, _ kept: String, _ typed: String) -> String? {
            kept == typed ? nil : "\(words(label)): \(kept) → \(typed)"
        }
        func days(_ form: PublicationForm) -> String {
            form.weekdays.sorted().map { words("calendar.weekday.\($0)") }.joined(separator: " ")
        }
        return [
            line("publication.isOn", words(kept.isOn ? "word.yes" : "word.no"), words(isOn ? "word.yes" : "word.no")),
            line("publication.cameras", "\(kept.cameras.count)", "\(cameras.count)"),
            line("publication.hours", "\(kept.start)–\(kept.end)", "\(start)–\(end)"),
            line("publication.days", days(kept), days(self)), line("publication.delay", kept.delay, delay),
        ].compactMap(\.self)
    }
}
