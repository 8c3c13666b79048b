import Domain
import Supervision

/// What a warning's page says besides the sentence.
extension Wording {
    /// What a body is called; `name` of its school or township.
    func body(_ body: Body, named name: String?) -> String {
        switch body {
        case .marketRegulation: words("body.marketRegulation")
        case .educationBureau: words("body.education")
        case .countyLeadership: words("body.countyLeadership")
        case .school: name ?? words("body.school")
        case .townshipOffice: name.map { words("body.office", ["township": $0]) } ?? words("body.officeUnnamed")
        }
    }

    /// The numbers behind the sentence that it does not hold.
    func facts(_ entry: WarningEntry) -> [WarningPage.Fact] {
        var facts: [WarningPage.Fact] = [
            .init(label: words("warning.place"), value: entry.place ?? words("warning.county")),
            .init(label: words("warning.given"), value: exactMinute(entry.file.givenAt)),
        ]
        if let over = entry.file.overAt {
            facts.append(.init(label: words("warning.overAt"), value: exactMinute(over)))
        }
        switch entry.file.warning.reason {
        case .rateRise(let rise, _):
            facts.append(
                .init(
                    label: words("warning.times"),
                    value: words(
                        "warning.timesValue",
                        ["times": Decimal.short(Double(rise.count) / max(rise.expected, 1e-9), places: 1)])))
            facts.append(
                .init(
                    label: words("warning.falseRate"),
                    value: words("warning.falseRateValue", ["days": count(rise.schoolDaysPerFalseWarning)])))
        case .cluster(let cluster):
            facts.append(
                .init(
                    label: words("warning.chance"),
                    value: words(
                        "warning.chanceValue",
                        ["share": Decimal.short(cluster.probability * 100, places: 3), "of": count(cluster.townships)]))
            )
        default: break
        }
        return facts
    }

    /// To what the warning is about.
    func links(_ sheet: WarningSheet) -> [WarningPage.Link] {
        let file = sheet.entry.file
        let school = file.path.school.map { "\($0)" }
        var links: [WarningPage.Link] = []
        func captures(_ item: CaptureItem?, _ from: String, _ to: String) {
            links.append(
                .init(
                    label: words("warning.toCaptures"),
                    address: SiteURL.captures.with([
                        ("school", school), ("item", item?.rawValue), ("from", from), ("to", to),
                    ])))
        }
        func day(_ time: UTCTime) -> String { "\(Day(of: time, in: zone))" }
        switch file.warning.reason {
        case .rateRise(let rise, let item): captures(item, "\(rise.since)", "\(rise.until)")
        case .repeated(let repeated): captures(repeated.item, day(repeated.first), day(repeated.last))
        case .cluster(let cluster): captures(cluster.item, "\(cluster.days.first)", "\(cluster.days.last)")
        case .nightActivity(let night): captures(night.item, "\(night.firstNight)", "\(night.lastNight + 1)")
        case .backlog:
            links.append(
                .init(label: words("warning.toTriage"), address: SiteURL.captures.with([("judged", "waiting")])))
        case .overdue:
            links.append(
                .init(
                    label: words("warning.toCases"),
                    address: SiteURL.cases.with([("stage", "overdue"), ("school", school)])))
        case .camerasOff:
            links.append(.init(label: words("warning.toCameras"), address: SiteURL.cameras.with([("school", school)])))
        case .expiring, .dutiesMissed: break
        }
        if let school {
            if let time = file.warning.reason.moment(zone), !sheet.cameras.isEmpty {
                links.append(
                    .init(
                        label: words("warning.toReplay"),
                        address: SiteURL.replay.with([
                            ("cameras", sheet.cameras.prefix(4).map { "\($0)" }.joined(separator: ",")),
                            ("at", field(time)),
                        ])))
            }
            links.append(
                .init(
                    label: words("warning.toFigures"),
                    address: SiteURL.insight(.overview).with([("place", "school/\(school)")])))
        }
        return links
    }
}

extension WarningReason {
    /// When something could be seen.
    fileprivate func moment(_ zone: TerritoryZone) -> UTCTime? {
        switch self {
        case .repeated(let repeated): repeated.last
        case .nightActivity(let night): night.lastNight.time(minute: 1320, in: zone)
        case .rateRise(let rise, _): rise.until.time(minute: 600, in: zone)
        default: nil
        }
    }
}
