import Cameras
import Domain
import Supervision

/// How much of each kind fits into a panel: measured on 1920 × 1080, and the same at every other size of that shape.
struct HallRoom {
    private static let cell = (width: 80, height: 90)
    private static let heading = 44

    let width: Int
    let height: Int

    init(_ frame: HallFrame) {
        width = frame.width * Self.cell.width - 24
        height = frame.height * Self.cell.height - Self.heading - 24
    }

    func columns(of size: Int) -> Int { max(1, width / size) }
    func rows(of size: Int) -> Int { max(1, height / size) }
}

/// Turns what is known into what the panels show.
struct HallBodies {
    let wording: Wording
    let statuses: [CameraID: CameraStatus]
    private var words: Words { wording.words }

    func body(of panel: HallPanel, _ board: HallBoard) -> HallBody? {
        let room = HallRoom(panel.frame)
        return switch panel.content {
        case .figures: HallBody(figures: figures(board, room))
        case .captures: HallBody(captures: captures(board, room))
        case .warnings: HallBody(warnings: warnings(board, room))
        case .record: HallBody(record: record(board.handled, board.handledCount, room))
        case .notice(let text): HallBody(notice: text)
        case .cameras, .map, .clock: nil
        }
    }

    func body(of panel: HallPanel, _ board: VisitorBoard) -> HallBody? {
        let room = HallRoom(panel.frame)
        return switch panel.content {
        case .figures: HallBody(figures: figures(board, room))
        case .record: HallBody(record: record(board.handled, board.handledCount, room))
        case .notice(let text): HallBody(notice: text)
        case .cameras, .map, .captures, .warnings, .clock: nil
        }
    }

    func isLive(_ camera: CameraID) -> Bool { statuses[camera]?.state == .live }

    private func laidOut(_ tiles: [HallBody.Figure], _ room: HallRoom) -> HallBody.Figures {
        let rows = room.rows(of: 88)
        return .init(columns: "\(max(1, (tiles.count + rows - 1) / rows))", tiles: tiles)
    }

    private func figure(_ key: String, _ value: String, of whole: String? = nil, isShort: Bool = false)
        -> HallBody.Figure
    {
        .init(label: words(key), value: value, of: whole, isShort: isShort)
    }

    private func figures(_ board: HallBoard, _ room: HallRoom) -> HallBody.Figures {
        let cameras = board.trees.flatMap { $0.areas.flatMap(\.cameras) }
        let live = cameras.count { isLive($0.id) }
        let connected = board.trees.count { $0.areas.contains { !$0.cameras.isEmpty } }
        var tiles: [HallBody.Figure] = []
        if let figures = board.figures {
            tiles = [
                figure("figure.records", wording.count(figures.analysis.records)),
                figure("figure.captured", wording.count(figures.outcomes.captured)),
                figure("figure.handled", wording.count(figures.outcomes.handled)),
                figure("figure.closingRate", figures.outcomes.closingRate.map(wording.share) ?? "–"),
            ]
        }
        tiles += [
            figure(
                "hall.figure.schools", wording.count(connected), of: wording.count(board.trees.count),
                isShort: connected < board.trees.count),
            figure(
                "hall.figure.cameras", wording.count(live), of: wording.count(cameras.count),
                isShort: live < cameras.count),
        ]
        if let figures = board.figures {
            tiles.append(figure("figure.casesClosed", wording.count(figures.closed)))
            if let visits = figures.visits { tiles.append(figure("figure.visits", wording.count(visits))) }
        }
        return laidOut(tiles, room)
    }

    private func figures(_ board: VisitorBoard, _ room: HallRoom) -> HallBody.Figures {
        let lengths = board.handled.map { $0.closedAt - $0.openedAt }.sorted()
        return laidOut(
            [
                figure("hall.figure.publicSchools", wording.count(board.schools.count)),
                figure("hall.figure.publicViews", wording.count(board.views.count)),
                figure("hall.figure.publicHandled", wording.count(board.handledCount)),
                figure(
                    "hall.figure.publicLength",
                    lengths.isEmpty ? "–" : words(max(.seconds(60), lengths[(lengths.count - 1) / 2]))),
            ], room)
    }

    private func captures(_ board: HallBoard, _ room: HallRoom) -> HallBody.Captures {
        let rows = room.rows(of: 140)
        let columns = min(HallBoard.mostCaptures / rows, room.columns(of: 240))
        let cards = board.captures.prefix(rows * columns).map(card)
        return .init(columns: "\(columns)", rows: "\(rows)", cards: Array(cards), isEmpty: cards.isEmpty)
    }

    private func card(_ record: CaptureRecord) -> HallBody.Card {
        let capture = record.capture
        let shown = record[.first] ?? record[.picture]
        let isToday = wording.zone.civil(capture.metAt).date == wording.zone.civil(wording.now).date
        let exact = wording.exact(capture.metAt)
        return HallBody.Card(
            id: "\(capture.id)", item: capture.item.rawValue, itemWord: words(capture.item),
            grade: "\(capture.grade.rawValue)", gradeWord: words(capture.grade), school: record.school.name,
            place: wording.area(record.area), time: isToday ? String(exact.suffix(8)) : String(exact.dropLast(3)),
            picture: shown.map { SiteURL.captureFile(.value(capture.id), .value($0.kind.fileName)).path },
            isOngoing: capture.end == nil, isSimulated: record.isSimulated,
            box: (shown?.kind == .first ? record.firstBox : capture.box).map {
                PictureBoxView($0, label: words(capture.item))
            })
    }

    private func warnings(_ board: HallBoard, _ room: HallRoom) -> HallBody.Warnings {
        let alerts = HallAlerts(wording: wording, isLive: isLive).all(board)
        let columns = room.columns(of: 430)
        let places = columns * room.rows(of: 46)
        let hidden = max(0, alerts.count - places)
        return .init(
            columns: "\(columns)", rows: Array(alerts.prefix(places)), isEmpty: alerts.isEmpty,
            more: hidden > 0 ? words("hall.warnings.more", ["count": wording.count(hidden)]) : nil)
    }

    private func record(_ cases: [HandledCase], _ count: Int, _ room: HallRoom) -> HallBody.Record {
        let columns = room.columns(of: 420)
        let rows = cases.prefix(columns * room.rows(of: 46)).map { handled in
            let days = Int((handled.closedAt - handled.openedAt).components.seconds / 86_400)
            // What somebody typed may name people: the public is told the item alone.
            let matter: String =
                if case .item = handled.matter { words(handled.matter) } else { words("public.otherMatter") }
            return HallBody.Handled(
                matter: matter, school: handled.school.name, found: wording.zone.civil(handled.openedAt).date,
                length: days == 0 ? words("public.recordDay") : words("public.recordDays", ["days": "\(days)"]))
        }
        return .init(
            columns: "\(columns)", count: words("public.recordCount", ["count": wording.count(count)]),
            rows: Array(rows), isEmpty: rows.isEmpty)
    }
}
