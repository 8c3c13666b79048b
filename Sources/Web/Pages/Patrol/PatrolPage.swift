import Domain
import Supervision

struct PatrolPage: Page {
    struct Row: Sendable {
        let number: String
        let school: String
        let reason: String
        let style: String
        let since: String
        let risk: String
        /// The largest parts of the risk, in words.
        let parts: [String]
        let live: String
        let replay: String
        let history: String
        let action: String
    }

    struct Done: Sendable {
        let school: String
        let person: String
        let time: Moment
        let note: String
        /// For a minute, to whoever said it.
        let takeBack: String?
    }

    static let template = "patrol"
    let fault: String?
    var loading: String?
    var finding: String?
    var rule = ""
    var isCatchingUp = false
    var isDayOff = false
    var rows: [Row] = [] { didSet { hasRows = !rows.isEmpty } }
    var done: [Done] = [] { didSet { hasDone = !done.isEmpty } }
    private(set) var hasRows = false
    private(set) var hasDone = false

    init(fault: String?) { self.fault = fault }

    mutating func show(_ sheet: PatrolSheet, me: PersonID?, _ wording: Wording) {
        let words = wording.words
        let trees = Dictionary(sheet.trees.map { ($0.school.id, $0) }, uniquingKeysWith: { first, _ in first })
        rule = words(
            "patrol.rule",
            [
                "schools": wording.count(sheet.rule.schoolsADay(for: sheet.trees.count)),
                "days": wording.count(sheet.rule.withinSchoolDays),
            ])
        let seen = Set(sheet.looks.map(\.school)).count
        finding =
            sheet.trees.isEmpty
            ? words("patrol.finding.none")
            : sheet.list.entries.isEmpty
                ? seen == 0
                    ? words("patrol.finding.nothing") : words("patrol.finding.done", ["done": wording.count(seen)])
                : words(
                    "patrol.finding",
                    ["count": wording.count(sheet.list.entries.count), "done": wording.count(seen)])
        isCatchingUp = sheet.list.isCatchingUp
        isDayOff = !sheet.isSchoolDay
        rows = sheet.list.entries.enumerated().compactMap { index, entry in
            trees[entry.school].map {
                Row(entry, index + 1, $0, isNew: sheet.neverLooked.contains(entry.school), wording)
            }
        }
        done = sheet.looks.map { look in
            let isFresh = look.by == me && wording.now - look.time < Patrols.takeBackTime
            return Done(
                school: trees[look.school]?.school.name ?? "–", person: sheet.people[look.by] ?? "–",
                time: wording.moment(look.time), note: look.note.isEmpty ? words("patrol.nothing") : look.note,
                takeBack: isFresh ? SiteURL.patrolTakeBack(.value(look.id)).path : nil)
        }
    }
}

extension PatrolPage.Row {
    fileprivate init(_ entry: PatrolList.Entry, _ number: Int, _ tree: SchoolTree, isNew: Bool, _ wording: Wording) {
        let words = wording.words
        let risk = entry.risk
        let id = tree.school.id
        let cameras = tree.areas.flatMap(\.cameras).map { "\($0.id)" }
        func rate(_ value: Double) -> String { Decimal.text(max(0, value), places: 2) }
        self.init(
            number: "\(number)", school: tree.school.name, reason: words("patrol.reason.\(entry.reason.rawValue)"),
            style: entry.reason.rawValue,
            since: isNew
                ? words("patrol.never")
                : words("patrol.since", ["days": wording.count(entry.schoolDaysSince)]),
            risk: words(
                "patrol.risk",
                [
                    "rate": rate(risk.rate), "low": rate(risk.rate - 2 * risk.deviation),
                    "high": rate(risk.rate + 2 * risk.deviation),
                ]),
            parts: risk.parts.prefix(3).filter { $0.rate > 0 }.map { part in
                let share = wording.share(part.rate / max(risk.rate, 1e-9))
                switch part.source {
                case .county: return words("patrol.partAlone", ["name": words("patrol.part.county"), "share": share])
                case .evidence(let kind):
                    return words(
                        "patrol.part",
                        [
                            "name": words("patrol.part.\(kind.rawValue)"), "count": wording.count(part.events),
                            "share": share,
                        ])
                }
            }, live: SiteURL.kitchens.with([("school", "\(id)")]),
            replay: SiteURL.replay.with([("cameras", cameras.prefix(4).joined(separator: ","))]),
            history: SiteURL.insight(.overview).with([("place", "\(Territory.school(id))")]),
            action: SiteURL.patrolLook(.value(id)).path)
    }
}
