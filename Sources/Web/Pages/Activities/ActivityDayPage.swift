import Domain
import Supervision

/// What was found on the day, and the photographs.
struct ActivityDayPage: Page {
    struct Finding: Sendable {
        let matter: String
        let place: String
        let grade: String
        let gradeStyle: String
        let note: String
        let outcome: String
        let style: String
        let caseAddress: String?
        let openAction: String?
        let photos: [Photo]
    }

    struct Photo: Sendable {
        let address: String
        let caption: String
        let isPublic: Bool
        let action: String?
    }

    static let template = "activity-day"
    let head: ActivityHead
    let fault: String?
    let finding: String
    let isOwn: Bool
    let isOpen: Bool
    let tooEarly: Bool
    let findings: [Finding]
    let hasFindings: Bool
    let photos: [Photo]
    let hasPhotos: Bool
    let takesPhotos: Bool
    let action: String
    let photoAction: String
    let places: [Choice]
    let grades: [Choice]
    let choices: [Choice]
    let matter: String
    let note: String
    let caption: String
    let noConsent: String?

    init(
        _ sheet: ActivitySheet, takesPhotos: Bool, for principal: Principal, fault: String?, typed: FormFields,
        _ wording: Wording
    ) {
        let (activity, words) = (sheet.activity, wording.words)
        let id = Slot.value(activity.id)
        head = ActivityHead(sheet, .day, wording)
        self.fault = fault
        self.isOwn = sheet.isOwn
        isOpen = sheet.isOwn && [.running, .done, .reported].contains(activity.state)
        tooEarly = [.draft, .published, .closed].contains(activity.state)
        self.takesPhotos = isOpen && takesPhotos
        let settled = sheet.findings.count(where: \.isSettled)
        finding = words(
            "activityDay.finding",
            ["count": wording.count(sheet.findings.count), "settled": wording.count(settled)])
        let runs = sheet.isOwn
        func photo(_ photo: ActivityPhoto) -> Photo {
            Photo(
                address: SiteURL.activity(.photo(id, .value(photo.id))).path, caption: photo.caption,
                isPublic: photo.isPublic,
                action: runs ? SiteURL.activity(.photoAct(id, .value(photo.id))).path : nil)
        }
        findings = sheet.findings.map { found in
            let state = found.summary.map { words($0.state) }
            return Finding(
                matter: found.finding.matter,
                place: [found.school?.name, found.area.map(wording.area)].compactMap(\.self).joined(separator: " · "),
                grade: words(found.finding.grade), gradeStyle: "grade-\(found.finding.grade.rawValue)",
                note: found.finding.note,
                outcome: state.map {
                    words("activityDay.case", ["number": "\(found.summary?.number ?? 0)", "state": $0])
                } ?? words(found.finding.isMended ? "activityDay.mended" : "activityDay.open"),
                style: found.isSettled ? "ok" : "waiting",
                caseAddress: found.summary.flatMap {
                    principal.may(.lookAtCases, at: $0.place) ? SiteURL.casePage(.value($0.id)).path : nil
                },
                openAction: found.finding.caseID == nil
                    && (found.school.map { principal.may(.openCase, at: $0.path) } ?? false)
                    ? SiteURL.activity(.findingCase(id, .value(found.finding.id))).path : nil,
                photos: sheet.photos.filter { $0.finding == found.finding.id }.map(photo))
        }
        hasFindings = !findings.isEmpty
        photos = sheet.photos.filter { $0.finding == nil }.map(photo)
        hasPhotos = !photos.isEmpty
        action = SiteURL.activity(.findings(id)).path
        photoAction = SiteURL.activity(.photos(id)).path
        let names = Dictionary(uniqueKeysWithValues: sheet.schools.map { ($0.id, $0.name) })
        let chosen = typed.text("place")
        places =
            sheet.areas.map {
                Choice(
                    value: "\($0.id)", label: "\(names[$0.school] ?? "") · \(wording.area($0))",
                    isSelected: chosen == "\($0.id)")
            }
            + sheet.schools.map {
                Choice(
                    value: "\($0.id)", label: words("activityDay.elsewhere", ["school": $0.name]),
                    isSelected: chosen == "\($0.id)")
            }
        grades = Grade.allCases.reversed().map {
            Choice(
                value: "\($0.rawValue)", label: words($0), isSelected: typed.text("grade") == "\($0.rawValue)")
        }
        choices = sheet.findings.map {
            Choice(value: "\($0.finding.id)", label: $0.finding.matter, isSelected: false)
        }
        matter = typed.text("matter") ?? ""
        note = typed.text("note") ?? ""
        caption = typed.text("caption") ?? ""
        let shy = sheet.guests.signUps.filter { [.confirmed, .came].contains($0.state) && !$0.guest.consents }
            .map(\.guest.name).filter { !$0.isEmpty }
        noConsent =
            runs && !shy.isEmpty
            ? words("guests.noConsent", ["names": shy.joined(separator: words("activity.headsBetween"))]) : nil
    }
}
