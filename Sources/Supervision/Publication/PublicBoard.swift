public import Domain
import Store

/// What everybody may know of a school: no names of people, no picture of anybody, nothing that has not ended.
public struct PublicBoard: Sendable, Hashable {
    public struct View: Sendable, Hashable {
        public var camera: CameraID
        public var area: Area
    }

    /// A case that is closed: what it was about and how long it took.
    public struct Handled: Sendable, Hashable {
        public var matter: CaseMatter
        public var openedAt: UTCTime
        public var closedAt: UTCTime
    }

    /// How the school stands by the policy's ``RatingRule``.
    public struct Rating: Sendable, Hashable {
        /// nil = the school is watched too short a time to be rated.
        public var now: SchoolRating?
        /// An objection is being decided: what it is about counts for nothing yet.
        public var isUnderReview: Bool
        /// The oldest month first, each by the rule that held at its end.
        public var months: [Month]
        /// What holds now.
        public var rule: RatingRule

        public struct Month: Sendable, Hashable {
            public var month: RatingMonth
            public var letter: SchoolRating.Letter
        }
    }

    /// Days that a school is watched before it is rated.
    public static let ratedAfterDays = 30

    public var school: School
    public var opening: PublicOpening
    public var rating: Rating
    /// On the spot, of the last twelve months, that nobody can object to any more: the latest first, at most 5. (现场检查结果)
    public var inspections: [SchoolGrade]
    public var hours: WorkingHours
    public var delaySeconds: Int
    /// In the order of the kitchen's work.
    public var views: [View]
    /// Of the last twelve months, newest first, at most 20.
    public var handled: [Handled]
    /// How many there are in all in those months.
    public var handledCount: Int
    /// Of today, in the order of the meals.
    public var menus: [Menu]
    /// The canteen's licence that holds longest.
    public var licence: SchoolPaper?
    /// Of the staff, as counts.
    public var health: PaperCount
    public var today: Day
    /// Open days and joint inspections that come, the next first, at most 5.
    public var activities: [Activity]
    /// The county has a parents' level.
    public var takesParents: Bool
}

/// What a public picture is made with.
public struct PublicShowing: Sendable, Hashable {
    public var school: School
    public var area: Area
    public var camera: Camera
    public var delaySeconds: Int
}

extension Publications {
    /// - Throws: ``SupervisionError/notFound`` for a code that doesn't exist and for a school without a public page.
    public func board(_ code: PublicCode) async throws -> PublicBoard {
        let (now, zone) = (time.now(), zone)
        return try await store.read { records in
            guard let id = try records.publications.school(of: code) else { throw SupervisionError.notFound }
            return try Self.board(of: id, for: .everybody, records, zone, now: now)
        }
    }

    /// Whose page it is: the same but for cameras and hours.
    enum Readers {
        case everybody
        case parents
    }

    /// - Throws: ``SupervisionError/notFound`` for a school without a public page.
    static func board(
        of id: SchoolID, for readers: Readers, _ records: Records, _ zone: TerritoryZone, now: UTCTime
    ) throws -> PublicBoard {
        guard let tree = try records.trees(in: .school(id)).first else { throw SupervisionError.notFound }
        let sheet = try PublicationSheet(
            tree, try records.publications.publication(of: id), records, zone, now: now, revision: Revision(number: 0))
        guard sheet.publication.isOn else { throw SupervisionError.notFound }
        var (opening, cameras, hours) = (sheet.opening, sheet.publication.cameras, sheet.publication.hours)
        if readers == .parents {
            let theirs = sheet.publication.openingForParents(at: now, try records.rules.time(of: id, in: zone))
            opening = theirs.opening
            cameras = opening.isOpen ? theirs.cameras : sheet.publication.allCameras
            hours = sheet.publication.parents?.hours ?? hours
        }
        var filter = CaseFilter()
        filter.stage = .closed
        filter.school = id
        let start = now - .seconds(365 * 86_400)
        let all = try records.cases.list(filter, .opened, in: .school(id), at: now, after: nil, limit: 1000)
        let closed = all.filter { $0.closedAt.map { $0 >= start } == true }
        let today = Day(of: now, in: zone)
        let papers = try records.papers.all(in: .school(id))
        let graded = try records.inspections.graded(of: id, limit: 50)
        let inspections = graded.compactMap { SchoolGrade($0, zone, at: now) }.filter {
            $0.standing == .final && today - $0.day < RatingRule.windowDays
        }
        return PublicBoard(
            school: tree.school, opening: opening,
            rating: try Self.rating(of: id, closed: all, graded, records, zone, now: now),
            inspections: Array(inspections.prefix(5)), hours: hours,
            delaySeconds: sheet.publication.delaySeconds,
            views: tree.areas.sorted { place($0.area.kind) < place($1.area.kind) }.flatMap { area in
                area.cameras.filter { cameras.contains($0.id) && $0.isEnabled }
                    .map { PublicBoard.View(camera: $0.id, area: area.area) }
            },
            handled: closed.prefix(20).compactMap { summary in
                summary.closedAt.map {
                    PublicBoard.Handled(matter: summary.matter, openedAt: summary.openedAt, closedAt: $0)
                }
            }, handledCount: closed.count,
            menus: try records.menus.menus(of: id, days: DaySpan(today, through: today)),
            licence: papers.filter { $0.kind == .foodLicence }.max { $0.validThrough < $1.validThrough },
            health: PaperCount(of: .healthCertificate, among: papers, on: today), today: today,
            activities: try records.activities.next(at: id, after: now, limit: 5),
            takesParents: try records.parents.isOn())
    }

    private static func rating(
        of id: SchoolID, closed: [CaseSummary], _ graded: [GradedInspection], _ records: Records,
        _ zone: TerritoryZone, now: UTCTime
    ) throws -> PublicBoard.Rating {
        var events = closed.compactMap { summary in
            summary.closedAt.map {
                RatingEvent(
                    .caseClosed(summary.matter, summary.grade, wasReopened: summary.round > 1),
                    on: Day(of: $0, in: zone))
            }
        }
        for inspection in graded {
            if let event = try ratingEvent(inspection, records, zone, at: now) { events.append(event) }
        }
        let today = Day(of: now, in: zone)
        let first = Day(of: try records.places.since(id) ?? now, in: zone)
        var appealed = CaseFilter()
        appealed.stage = .appealed
        appealed.school = id
        let isRated = today - first >= PublicBoard.ratedAfterDays
        let policies = try records.rules.policies()
        let rule = policies.inForce(at: now).rating
        return PublicBoard.Rating(
            now: isRated ? rule.rating(of: events, on: today) : nil,
            isUnderReview: try !records.cases.list(
                appealed, .opened, in: .school(id), at: now, after: nil, limit: 1
            ).isEmpty,
            months: isRated
                ? RatingRule.history(of: events, on: today, since: first + PublicBoard.ratedAfterDays) { day in
                    policies.inForce(at: min(now, (day + 1).time(minute: 0, in: zone))).rating
                }.map { .init(month: $0.month, letter: $0.rating.letter) } : [], rule: rule)
    }

    /// Items that failed and became no case: those that did count as their case does, once it is closed.
    private static func ratingEvent(
        _ graded: GradedInspection, _ records: Records, _ zone: TerritoryZone, at now: UTCTime
    ) throws -> RatingEvent? {
        guard let grade = SchoolGrade(graded, zone, at: now), grade.standing == .final,
            let template = try records.inspections.template(graded.inspection.template)
        else { return nil }
        let failed = graded.inspection.casesToOpen(by: template).count
        return failed == 0 ? nil : RatingEvent(.inspection(failedItems: failed), on: grade.day)
    }

    /// Asked before every playlist and every piece of a public picture.
    ///
    /// - Throws: ``SupervisionError/notFound`` unless the school is open this very moment and the camera is opted in.
    public func showing(_ camera: CameraID, of code: PublicCode) async throws -> PublicShowing {
        let (now, zone) = (time.now(), zone)
        return try await store.read { records in
            guard let id = try records.publications.school(of: code) else { throw SupervisionError.notFound }
            return try Self.showing(camera, at: id, for: .everybody, records, zone, now: now)
        }
    }

    static func showing(
        _ camera: CameraID, at id: SchoolID, for readers: Readers, _ records: Records, _ zone: TerritoryZone,
        now: UTCTime
    ) throws -> PublicShowing {
        guard let known = try records.publications.publication(of: id)?.publication,
            known.allCameras.contains(camera), let school = try records.places.school(id),
            let found = try records.cameras.all(in: .school(id)).first(where: { $0.id == camera }),
            found.isEnabled, let area = try records.places.area(found.area, in: .school(id))
        else { throw SupervisionError.notFound }
        let hours = try records.rules.time(of: id, in: zone)
        let isShown =
            switch readers {
            case .everybody: known.cameras.contains(camera) && known.opening(at: now, hours).isOpen
            case .parents: known.openingForParents(at: now, hours).cameras.contains(camera)
            }
        guard isShown else { throw SupervisionError.notFound }
        return PublicShowing(school: school, area: area, camera: found, delaySeconds: known.delaySeconds)
    }

    private static func place(_ kind: Area.Kind) -> Int { Area.Kind.allCases.firstIndex(of: kind) ?? 0 }
}
