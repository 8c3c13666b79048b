public import Domain
import Store

/// What a screen shows while visitors are there: of schools with a public page, and what stands on those pages. (来访看板)
public struct VisitorBoard: Sendable {
    public struct View: Sendable, Hashable {
        public var camera: CameraID
        public var area: Area
        public var school: School
        /// By which its covered picture is asked for.
        public var code: PublicCode
        /// Two cameras of an area are told apart by a number, not by what the staff call them; nil = it is the only one.
        public var number: Int?
    }

    public struct OpenSchool: Sendable, Hashable {
        public var school: School
        public var opening: PublicOpening
        public var point: GeoPoint?
    }

    /// With a public page, by name.
    public var schools: [OpenSchool]
    /// Pictures that are shown at this moment, township by township and school by school.
    public var views: [View]
    /// Of the last twelve months, newest first, at most 20.
    public var handled: [HandledCase]
    public var handledCount: Int
    public var townships: [TownshipID: Township]

    /// The pictures of a panel, in the order in which its pages turn.
    public func views(_ cameras: HallCameras) -> [View] {
        guard let territory = cameras.territory else { return views }
        return views.filter { territory.contains($0.school.path.area($0.area)) }
    }
}

extension Halls {
    public func visitorBoard(for principal: Principal) async throws -> VisitorBoard {
        guard let territory = principal.territory(for: .watchHall) else { throw SupervisionError.notPermitted }
        let (now, zone) = (time.now(), zone)
        return try await store.read { records in
            let known = try records.publications.all()
            let positions = try records.hall.positions()
            let townships = Dictionary(
                try records.places.townships().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            var board = VisitorBoard(schools: [], views: [], handled: [], handledCount: 0, townships: townships)
            for tree in try records.trees(in: territory) {
                guard let publication = known[tree.school.id] else { continue }
                let sheet = try PublicationSheet(
                    tree, publication, records, zone, now: now, revision: Revision(number: 0))
                guard sheet.publication.isOn else { continue }
                board.schools.append(
                    .init(school: tree.school, opening: sheet.opening, point: positions[tree.school.id]))
                if sheet.opening.isOpen { board.views += Self.views(of: sheet, code: publication.code) }
            }
            board.views.sort { a, b in
                func place(_ view: VisitorBoard.View) -> (String, String) {
                    (view.school.township.flatMap { townships[$0]?.name } ?? "\u{10FFFF}", view.school.name)
                }
                return place(a) < place(b)
            }
            try board.takeClosed(records, in: territory, at: now)
            return board
        }
    }

    private static func views(of sheet: PublicationSheet, code: PublicCode) -> [VisitorBoard.View] {
        sheet.tree.areas.flatMap { area -> [VisitorBoard.View] in
            let shown = area.cameras.filter { sheet.publication.cameras.contains($0.id) && $0.isEnabled }
            return shown.enumerated().map { index, camera in
                VisitorBoard.View(
                    camera: camera.id, area: area.area, school: sheet.tree.school, code: code,
                    number: shown.count > 1 ? index + 1 : nil)
            }
        }
    }
}

extension VisitorBoard {
    /// Cases of schools with a public page that are closed: as those pages tell them.
    fileprivate mutating func takeClosed(_ records: Records, in territory: Territory, at now: UTCTime) throws {
        let shown = Set(schools.map(\.school.id))
        let closed = try records.handledCases(in: territory, at: now).filter { shown.contains($0.school.id) }
        handledCount = closed.count
        handled = Array(closed.prefix(HandledCase.most))
    }
}

/// A case that is closed: what it was about and how long it took.
public struct HandledCase: Sendable, Hashable {
    public var matter: CaseMatter
    public var school: School
    public var openedAt: UTCTime
    public var closedAt: UTCTime

    static let most = 20
}

extension Records {
    /// Closed in the last twelve months, newest first, at most 1,000.
    func handledCases(in territory: Territory, at now: UTCTime) throws -> [HandledCase] {
        let start = now - .seconds(365 * 86_400)
        return try cases.list(CaseFilter(stage: .closed), .changed, in: territory, at: now, after: nil, limit: 1000)
            .compactMap { summary in
                guard let closedAt = summary.closedAt, closedAt >= start else { return nil }
                return HandledCase(
                    matter: summary.matter, school: summary.school, openedAt: summary.openedAt, closedAt: closedAt)
            }.sorted { $0.closedAt > $1.closedAt }
    }
}
