import Domain
import Supervision

/// A scene as it was typed, or dragged: one row of fields for each panel.
struct HallSceneForm: Sendable, Hashable {
    struct Row: Sendable, Hashable {
        var kind: HallPanel.Kind
        var x = ""
        var y = ""
        var width = ""
        var height = ""
        var rows = "3"
        var columns = "3"
        var place = ""
        var order = HallCameras.Order.risk.rawValue
        var seconds = "20"
        var period = HallPeriod.all.rawValue
        var text = ""
    }

    var name: String
    var audience: HallScene.Audience
    var rows: [Row]

    init(_ scene: HallScene) {
        name = scene.name
        audience = scene.audience
        rows = scene.panels.map { panel in
            var row = Row(
                kind: panel.kind, x: "\(panel.frame.x)", y: "\(panel.frame.y)", width: "\(panel.frame.width)",
                height: "\(panel.frame.height)")
            switch panel.content {
            case .cameras(let cameras):
                row.rows = "\(cameras.rows)"
                row.columns = "\(cameras.columns)"
                row.place = cameras.territory.map { "\($0)" } ?? ""
                row.order = cameras.order.rawValue
                row.seconds = "\(cameras.seconds)"
            case .figures(let period): row.period = period.rawValue
            case .notice(let text): row.text = text
            case .captures, .map, .warnings, .record, .clock: break
            }
            return row
        }
    }

    init(_ fields: FormFields) {
        name = fields.text("name") ?? ""
        audience = fields.text("audience").flatMap(HallScene.Audience.init(rawValue:)) ?? .staff
        rows = (0..<40).compactMap { index in
            func field(_ name: String) -> String? { fields.text("panel.\(index).\(name)") }
            guard let kind = field("kind").flatMap(HallPanel.Kind.init(rawValue:)), field("removed") != "1" else {
                return nil
            }
            var row = Row(kind: kind)
            row.x = field("x") ?? ""
            row.y = field("y") ?? ""
            row.width = field("width") ?? ""
            row.height = field("height") ?? ""
            row.rows = field("rows") ?? row.rows
            row.columns = field("columns") ?? row.columns
            row.place = field("place") ?? ""
            row.order = field("order") ?? row.order
            row.seconds = field("seconds") ?? row.seconds
            row.period = field("period") ?? row.period
            row.text = (field("text") ?? "").replacing("\r\n", with: "\n")
            return row
        }
    }

    func scene(_ id: HallSceneID) throws -> HallScene {
        HallScene(id: id, name: name, audience: audience, panels: try rows.enumerated().map { try Self.panel($1, $0) })
    }

    private static func panel(_ row: Row, _ index: Int) throws -> HallPanel {
        guard let x = Int(row.x), let y = Int(row.y), let width = Int(row.width), let height = Int(row.height) else {
            throw HallFault.scene([.offGrid(index)])
        }
        let content: HallPanel.Content =
            switch row.kind {
            case .cameras: .cameras(try cameras(row, index))
            case .figures: .figures(HallPeriod(rawValue: row.period) ?? .all)
            case .notice: .notice(row.text)
            case .captures: .captures
            case .map: .map
            case .warnings: .warnings
            case .record: .record
            case .clock: .clock
            }
        return HallPanel(content, HallFrame(x: x, y: y, width: width, height: height))
    }

    private static func cameras(_ row: Row, _ index: Int) throws -> HallCameras {
        guard let rows = Int(row.rows), let columns = Int(row.columns), let seconds = Int(row.seconds),
            let order = HallCameras.Order(rawValue: row.order)
        else { throw HallFault.scene([.badCameras(index)]) }
        var territory: Territory?
        if !row.place.isEmpty {
            guard let place = Territory(row.place) else { throw HallFault.scene([.badCameras(index)]) }
            territory = place
        }
        return HallCameras(rows: rows, columns: columns, territory: territory, order: order, seconds: seconds)
    }
}

struct HallEditorPage: Page {
    struct Panel: Sendable {
        let index: String
        let number: String
        let kind: String
        let word: String
        let x: String
        let y: String
        let width: String
        let height: String
        let place: String
        let leastWidth: String
        let leastHeight: String
        let cameras: Cameras?
        let periods: [Choice]
        let hasPeriods: Bool
        let notice: Notice?
    }

    struct Cameras: Sendable {
        let rows: String
        let columns: String
        let seconds: String
        let places: [Choice]
        let orders: [Choice]
    }

    struct Notice: Sendable {
        let text: String
    }

    /// What can be added: its smallest size, and whether visitors may see it.
    struct Kind: Sendable {
        let kind: String
        let word: String
        let leastWidth: String
        let leastHeight: String
        let isOnlyOnce: Bool
        let isForVisitors: Bool
    }

    static let template = "hall-editor"
    let heading: String
    let name: String
    let isStandard: Bool
    let standardName: String
    let audiences: [Choice]
    let panels: [Panel]
    /// A row of its own to be copied for each kind that can be added.
    let kinds: [Kind]
    let blank: [Panel]
    let action: String
    let seen: String
    /// nil = there is nothing to take away.
    let removeAction: String?
    let removeLabel: String
    let preview: String?
    let faults: [String]
    let hasFaults: Bool
    let stale: StaleSave?
    let done: String?
    let back: String
    let mostPanels: String
}
