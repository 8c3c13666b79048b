import Domain
import Supervision

/// A school's day: one big button for each thing to do.
struct DutyDayPage: Page {
    struct Item: Sendable {
        let name: String
        let address: String
        let due: String
        let state: String
        /// `missed`, `open`, `late`, `done`
        let style: String
        let isEntered: Bool
        let problems: String?

        init(_ standing: DutyStanding, at school: SchoolID, on day: Day, _ wording: Wording) {
            let words = wording.words
            name = words(standing.slot)
            address = standing.slot.address(at: school)
            due = words("duty.until", ["time": wording.clock(standing.due.time, on: day)])
            state = wording.state(standing)
            style = standing.shown.rawValue
            isEntered = standing.state.isEntered
            problems =
                standing.problems > 0 ? words("duty.problems", ["count": wording.count(standing.problems)]) : nil
        }
    }

    struct Samples: Sendable {
        let name: String
        let address: String
        let action: String
        let query: [Choice]
    }

    static let template = "duties"
    let school: String
    let date: String
    let done: String?
    let fault: String?
    let isSchoolDay: Bool
    let ring: DutyRing
    let today: [Item]
    let later: [Item]
    let hasLater: Bool
    /// Of the last days, and can still be entered.
    let missed: [Item]
    let hasMissed: Bool
    let samples: [Samples]
    let hasSamples: Bool
    /// Nothing counts yet.
    let isUncounted: Bool
    let bookAddress: String
    let papersAddress: String
    let menuAddress: String

    init(_ day: DutyDay, missed: [DutyStanding], done: String?, fault: String?, _ wording: Wording) {
        let id = day.school.id
        school = day.school.name
        date = wording.date(day.day)
        self.done = done
        self.fault = fault
        isSchoolDay = day.isSchoolDay
        ring = DutyRing(day.dueToday, wording)
        // What is to be done stands before what is done.
        func items(_ standings: [DutyStanding]) -> [Item] {
            (standings.filter { !$0.state.isEntered } + standings.filter(\.state.isEntered))
                .map { Item($0, at: id, on: day.day, wording) }
        }
        today = items(day.dueToday)
        later = items(day.standings.filter { $0.due.day != day.day })
        hasLater = !later.isEmpty
        self.missed = missed.prefix(8).map { Item($0, at: id, on: day.day, wording) }
        hasMissed = !missed.isEmpty
        samples = day.samplesToGo.map { entry in
            Samples(
                name: wording.words(
                    "duty.samplesOf",
                    ["day": "\(entry.slot.period)", "meal": entry.slot.meal.map { wording.words($0) } ?? ""]),
                address: entry.slot.address(at: id), action: SiteURL.duty(.disposed(.value(id))).path,
                query: entry.slot.query.compactMap { pair in
                    pair.value.map { Choice(value: $0, label: pair.name, isSelected: true) }
                })
        }
        hasSamples = !samples.isEmpty
        isUncounted = day.start.map { $0 > day.day } ?? true
        bookAddress = SiteURL.duty(.book(.value(id))).path
        papersAddress = SiteURL.duty(.schoolPapers(.value(id))).path
        menuAddress = SiteURL.duty(.menu(.value(id))).path
    }
}

/// How much of a day's work is done, as a ring.
struct DutyRing: Sendable {
    let done: String
    let total: String
    let label: String
    /// Of a circle with a circumference of 100.
    let share: String
    let isComplete: Bool

    init(_ standings: [DutyStanding], _ wording: Wording) {
        let (entered, all) = (standings.count(where: \.state.isEntered), standings.count)
        done = wording.count(entered)
        total = wording.count(all)
        label = wording.words("duty.progress", ["done": done, "total": total])
        share = "\(all == 0 ? 0 : entered * 100 / all)"
        isComplete = all > 0 && entered == all
    }
}
