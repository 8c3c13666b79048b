import Domain
import Supervision

/// What the screen's warnings are made of, the gravest first. Another kind of warning is another line of ``all(_:)``.
struct HallAlerts {
    let wording: Wording
    let isLive: (CameraID) -> Bool
    private var words: Words { wording.words }

    func all(_ board: HallBoard) -> [HallAlert] {
        let cases = board.openCases
        return cases.filter(\.isOverdue).map(alert)
            + Self.inTurns(
                cases.filter { !$0.isOverdue && $0.grade == .one }.map(alert), board.warnings.map(alert))
            + camerasOff(board)
            + cases.filter { !$0.isOverdue && $0.grade != .one }.map(alert)
    }

    /// Many of one kind leave places for the other.
    private static func inTurns(_ one: [HallAlert], _ other: [HallAlert]) -> [HallAlert] {
        (0..<max(one.count, other.count)).flatMap { one.dropFirst($0).prefix(1) + other.dropFirst($0).prefix(1) }
    }

    private func alert(_ open: HallBoard.OpenCase) -> HallAlert {
        let style = open.isOverdue ? "overdue" : open.grade == .one ? "grave" : "open"
        return HallAlert(
            style: style, styleWord: words("hall.alert.\(style)"), what: words(open.matter), whom: open.school.name,
            detail: open.due.map { wording.left(until: $0.time) } ?? words(open.state))
    }

    private func alert(_ warning: WarningEntry) -> HallAlert {
        HallAlert(
            style: "early", styleWord: words("hall.alert.early"), what: words(warning.file.warning.reason.subject),
            whom: warning.place ?? words("warning.county"),
            detail: words("hall.alert.since", ["date": "\(wording.zone.civil(warning.file.givenAt).date)"]))
    }

    /// One line a school.
    private func camerasOff(_ board: HallBoard) -> [HallAlert] {
        board.trees.compactMap { tree in
            let cameras = tree.areas.flatMap(\.cameras)
            let off = cameras.filter { !isLive($0.id) }
            guard let first = off.first else { return nil }
            return HallAlert(
                style: "cameraOff", styleWord: words("hall.alert.cameraOff"),
                what: words("hall.alert.camerasOff", ["count": wording.count(off.count)]), whom: tree.school.name,
                detail: off.count == cameras.count ? words("hall.alert.allOff") : first.name)
        }
    }
}
