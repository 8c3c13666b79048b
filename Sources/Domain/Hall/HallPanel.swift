/// A part of the hall's screen: what is shown, and where. (版块)
public struct HallPanel: Hashable, Sendable, Codable {
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// Kitchens as they are now.
        case cameras
        /// The latest captures with their pictures.
        case captures
        case map
        case figures
        /// What somebody must see to: cases, cameras that are off.
        case warnings
        /// What was found and has been put right, as the public page has it.
        case record
        /// The county's name, day and time.
        case clock
        /// Words of the county's own.
        case notice

        /// Below this nobody in the hall could read it.
        public var least: (width: Int, height: Int) {
            switch self {
            case .cameras: (4, 3)
            case .captures: (4, 3)
            case .map: (5, 4)
            case .figures: (4, 2)
            case .warnings: (4, 3)
            case .record: (4, 2)
            case .clock: (6, 1)
            case .notice: (4, 1)
            }
        }

        /// Two of these would say the same.
        public var isOnlyOnce: Bool { self != .cameras && self != .notice }

        /// Whether it may be shown while visitors are there.
        public var isForVisitors: Bool {
            switch self {
            case .cameras, .map, .figures, .record, .clock, .notice: true
            case .captures, .warnings: false
            }
        }
    }

    public enum Content: Hashable, Sendable, Codable {
        case cameras(HallCameras)
        case captures
        case map
        case figures(HallPeriod)
        case warnings
        case record
        case clock
        case notice(String)
    }

    public var frame: HallFrame
    public var content: Content

    public init(_ content: Content, _ frame: HallFrame) {
        self.content = content
        self.frame = frame
    }

    public static let longestNotice = 300

    public var kind: Kind {
        switch content {
        case .cameras: .cameras
        case .captures: .captures
        case .map: .map
        case .figures: .figures
        case .warnings: .warnings
        case .record: .record
        case .clock: .clock
        case .notice: .notice
        }
    }
}

/// A grid of live kitchens that turns its pages by itself. (轮播画面)
public struct HallCameras: Hashable, Sendable, Codable {
    public enum Order: String, Sendable, Hashable, CaseIterable, Codable {
        /// Schools of which most is to be expected first.
        case risk
        /// Township by township, school by school.
        case place
    }

    /// 1…4
    public var rows: Int
    /// 1…6
    public var columns: Int
    /// nil = all that whoever watches may see.
    public var territory: Territory?
    public var order: Order
    /// Until the next page: 5…300.
    public var seconds: Int

    public init(
        rows: Int = 3, columns: Int = 3, territory: Territory? = nil, order: Order = .risk, seconds: Int = 20
    ) {
        self.rows = rows
        self.columns = columns
        self.territory = territory
        self.order = order
        self.seconds = seconds
    }

    public static let mostRows = 1...4
    public static let mostColumns = 1...6
    public static let pageSeconds = 5...300

    public var isValid: Bool {
        Self.mostRows.contains(rows) && Self.mostColumns.contains(columns) && Self.pageSeconds.contains(seconds)
    }
}

/// Of when the figures are. (统计口径)
public enum HallPeriod: String, Sendable, Hashable, CaseIterable, Codable {
    /// Since the county began.
    case all
    /// The last 365 days.
    case year
    /// The last 30 days.
    case month

    /// nil = all of them.
    public var days: Int64? {
        switch self {
        case .all: nil
        case .year: 365
        case .month: 30
        }
    }
}
