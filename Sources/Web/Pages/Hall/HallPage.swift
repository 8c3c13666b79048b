import Domain
import Supervision

/// A screen of the hall: a scene's panels where they lie, each with what it shows at first.
struct HallPage: Page {
    struct Panel: Sendable {
        let index: String
        let kind: String
        /// Where it lies, as the style sheet names columns and rows.
        let place: String
        /// nil = the panel has none: its content says what it is.
        let heading: String?
        let cameras: Cameras?
        let clock: Clock?
        let map: Map?
        /// What a script takes in turns; nil = the panel has a script of its own.
        let body: HallBody?
    }

    struct Cameras: Sendable {
        let rows: String
        let columns: String
        let seconds: String
    }

    struct Clock: Sendable {
        let title: String
        let isVisiting: Bool
    }

    struct Map: Sendable {
        let legend: [HallMarks.Mark]
        /// What is missing for a map; nil = nothing is.
        let missing: String?
        let outline: String
        let tiles: String?
    }

    static let template = "hall"
    let title: String
    let scene: String
    /// Of the scene's layout: a screen that holds another one asks for the page anew.
    let revision: String
    let audience: String
    let isStaff: Bool
    /// Of the program's files: a screen that holds others loads itself anew.
    let version: String
    let state: String
    let panels: [Panel]
    let back: String
    /// Where the map's library is; nil = no panel needs it, or it isn't there.
    let library: String?
}

/// What a panel of text and pictures shows; only one of these is there.
struct HallBody: Page {
    struct Figure: Sendable {
        let label: String
        let value: String
        /// Of what: the second half of `118 / 120`.
        let of: String?
        let isShort: Bool
    }

    struct Figures: Sendable {
        let columns: String
        let tiles: [Figure]
    }

    struct Card: Sendable {
        let id: String
        let item: String
        let itemWord: String
        let grade: String
        let gradeWord: String
        let school: String
        let place: String
        let time: String
        let picture: String?
        let isOngoing: Bool
        let isSimulated: Bool
        let box: PictureBoxView?
    }

    struct Captures: Sendable {
        let columns: String
        let rows: String
        let cards: [Card]
        let isEmpty: Bool
    }

    struct Warnings: Sendable {
        let columns: String
        let rows: [HallAlert]
        let isEmpty: Bool
        /// How many there are that don't fit; nil = all do.
        let more: String?
    }

    struct Handled: Sendable {
        let matter: String
        let school: String
        let found: String
        let length: String
    }

    struct Record: Sendable {
        let columns: String
        let count: String
        let rows: [Handled]
        let isEmpty: Bool
    }

    static let template = "hall-body-alone"
    var figures: Figures?
    var captures: Captures?
    var warnings: Warnings?
    var record: Record?
    var notice: String?
}

/// Something that somebody must see to.
struct HallAlert: Sendable {
    /// `grave`, `overdue`, `cameraOff`, `open`: colour and shape.
    let style: String
    let styleWord: String
    let what: String
    let whom: String
    let detail: String
}

/// What stands for a school on the map, told apart by colour and shape.
enum HallMarks {
    struct Mark: Sendable {
        let style: String
        let word: String
    }

    static func legend(_ audience: HallScene.Audience, _ words: Words) -> [Mark] {
        switch audience {
        case .staff:
            SchoolStanding.allCases.map { Mark(style: $0.rawValue, word: words("hall.standing.\($0.rawValue)")) }
        case .visitors:
            [
                Mark(style: "fine", word: words("hall.public.open")),
                Mark(style: "notConnected", word: words("hall.public.shut")),
            ]
        }
    }
}
