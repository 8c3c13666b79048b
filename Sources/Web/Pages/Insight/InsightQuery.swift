import Domain
import Supervision

/// What a page of the statistics is asked for, with the choices that there are.
struct InsightQuery: Sendable {
    let question: InsightQuestion
    let places: [Choice]
    let items: [Choice]
    let areas: [Choice]
    /// The same question in an address.
    let pairs: [(name: String, value: String?)]
    let schoolNames: [SchoolID: String]
    let addressOfSchool: @Sendable (SchoolID) -> String

    /// The last 30 days where none are named.
    init(_ query: FormFields, site: Site, wording: Wording, for principal: Principal) async throws {
        let zone = wording.zone
        let span = try query.daySpan(zone: zone) ?? FiguresPages.span(days: 30, wording)
        // No question needs more, and a calendar is gone through day by day.
        guard span.duration <= .seconds(10 * 366 * 86_400) else {
            throw WebError.spanTooLong(maximumHours: 10 * 366 * 24)
        }
        let days = DaySpan(Day(of: span.start, in: zone), through: Day(of: span.end - .milliseconds(1), in: zone))
        var territory: Territory?
        if let text = query.text("place"), !text.isEmpty {
            guard let known = Territory(text) else { throw WebError.notFound }
            territory = known
        }
        let item = query.text("item").flatMap(CaptureItem.init(rawValue:))
        let area = query.text("area").flatMap(Area.Kind.init(rawValue:))
        question = try await site.supervision.insights.question(
            days, in: territory, item: item, area: area, for: principal)
        let townships = try await site.supervision.places.townships(for: principal)
        let schools = try await site.supervision.places.tree(for: principal).map(\.school)
        schoolNames = Dictionary(schools.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let chosen = question.territory
        places =
            townships.map {
                Choice(
                    value: "\(Territory.township($0.id))", label: $0.name, isSelected: chosen == .township($0.id))
            }
            + schools.map {
                Choice(value: "\(Territory.school($0.id))", label: $0.name, isSelected: chosen == .school($0.id))
            }
        items = CaptureItem.allCases.map {
            Choice(value: $0.rawValue, label: wording.words($0), isSelected: $0 == item)
        }
        areas = Area.Kind.allCases.map {
            Choice(value: $0.rawValue, label: wording.words("area.\($0.rawValue)"), isSelected: $0 == area)
        }
        let common: [(name: String, value: String?)] = [
            ("from", "\(days.first)"), ("to", "\(days.last)"), ("item", item?.rawValue), ("area", area?.rawValue),
        ]
        pairs = common + [("place", territory.map { "\($0)" })]
        addressOfSchool = { id in
            SiteURL.insight(.overview).with(common + [("place", "\(Territory.school(id))")])
        }
    }
}
