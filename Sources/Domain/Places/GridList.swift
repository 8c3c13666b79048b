/// A list of places and cameras as an office keeps it in a spreadsheet: each line one camera with where it hangs, or only
/// an area, a canteen, a school or a township. (网格清单)
public struct GridList: Hashable, Sendable {
    public enum Column: String, Hashable, Sendable, CaseIterable {
        case township
        case school
        case schoolKind
        case canteen
        case areaKind
        case areaName
        case camera
        case main
        case sub
        case user
        case password
    }

    /// Cells without blanks at their ends; those that are empty are nil.
    public struct Line: Hashable, Sendable {
        /// As spreadsheets count, from 1.
        public var row: Int
        public var township: String?
        public var school: String?
        public var schoolKind: School.Kind?
        public var canteen: String?
        public var areaKind: Area.Kind?
        public var areaName: String?
        public var camera: String?
        public var main: SourceAddress?
        public var sub: SourceAddress?
        public var credentials: Credentials?
    }

    /// What is wrong in a cell.
    public struct Fault: Hashable, Sendable {
        public var row: Int
        public var column: Column
        public var flaw: Flaw

        public init(row: Int, _ column: Column, _ flaw: Flaw) {
            self.row = row
            self.column = column
            self.flaw = flaw
        }
    }

    public enum Flaw: Hashable, Sendable {
        /// Something further right needs it.
        case missing
        /// A kind that is none of those known.
        case unknownKind(String)
        case badAddress(SourceAddress.ParseError)
        /// A password without a user name.
        case noUser
        /// More than 100 characters, or control characters.
        case badName
        /// The school is of another township, there or in an earlier line.
        case otherTownship(String)
        /// A camera of this name is there, with another address.
        case otherAddress(String)
        /// An earlier line has the same camera.
        case twice(row: Int)
    }

    /// The file as a whole can't be such a list.
    public enum Unusable: Error, Hashable, Sendable {
        /// The first line names neither a school nor a township.
        case noHeadings
        /// A column stands twice.
        case headingTwice(Column)
        case noLines
        case tooManyLines(limit: Int)
    }

    public static let mostLines = 10_000

    public private(set) var lines: [Line] = []
    public private(set) var faults: [Fault] = []
    /// Columns that mean nothing here, as the file calls them.
    public private(set) var unknownHeadings: [String] = []

    /// - Parameter rows: The texts of cells by column, from 1; the first row holds the headings, in Chinese or English and
    ///   in any order.
    public init(_ rows: [(number: Int, cells: [Int: String])]) throws(Unusable) {
        guard let first = rows.first else { throw .noLines }
        var columns: [Int: Column] = [:]
        for (place, text) in first.cells.sorted(by: { $0.key < $1.key }) {
            guard let column = Column(heading: text) else {
                unknownHeadings.append(text)
                continue
            }
            guard !columns.values.contains(column) else { throw .headingTwice(column) }
            columns[place] = column
        }
        guard columns.values.contains(.school) || columns.values.contains(.township) else { throw .noHeadings }
        guard rows.count - 1 <= Self.mostLines else { throw .tooManyLines(limit: Self.mostLines) }
        for row in rows.dropFirst() {
            var cells: [Column: String] = [:]
            for (place, text) in row.cells {
                let text = text.withoutOuterBlanks
                if let column = columns[place], !text.isEmpty { cells[column] = text }
            }
            if !cells.isEmpty { read(cells, of: row.number) }
        }
        guard !lines.isEmpty || !faults.isEmpty else { throw .noLines }
    }

    private mutating func read(_ cells: [Column: String], of row: Int) {
        var line = Line(
            row: row, township: cells[.township], school: cells[.school], canteen: cells[.canteen],
            areaName: cells[.areaName], camera: cells[.camera])
        var faults: [Fault] = []
        func fail(_ column: Column, _ flaw: Flaw) { faults.append(Fault(row: row, column, flaw)) }
        for column in [Column.township, .school, .canteen, .areaName, .camera] {
            if let name = cells[column], !name.isName { fail(column, .badName) }
        }
        if let text = cells[.schoolKind] {
            line.schoolKind = School.Kind(listed: text)
            if line.schoolKind == nil { fail(.schoolKind, .unknownKind(text)) }
        }
        if let text = cells[.areaKind] {
            line.areaKind = Area.Kind(listed: text)
            if line.areaKind == nil { fail(.areaKind, .unknownKind(text)) }
        }
        var credentials: Credentials?
        for column in [Column.main, .sub] {
            guard let text = cells[column] else { continue }
            do throws(SourceAddress.ParseError) {
                let parsed = try SourceAddress.parse(text)
                if column == .main { line.main = parsed.address } else { line.sub = parsed.address }
                credentials = credentials ?? parsed.credentials
            } catch {
                fail(column, .badAddress(error))
            }
        }
        if let user = cells[.user] {
            credentials = Credentials(user: user, password: Secret(cells[.password] ?? ""))
        } else if cells[.password] != nil {
            fail(.user, .noUser)
        }
        line.credentials = credentials
        for (column, needed) in Self.lacking(cells) where needed { fail(column, .missing) }
        self.faults += faults
        if faults.isEmpty { lines.append(line) }
    }

    /// What must be there for the sake of what stands further right.
    private static func lacking(_ cells: [Column: String]) -> [(Column, Bool)] {
        func has(_ columns: Column...) -> Bool { columns.contains { cells[$0] != nil } }
        let hasStream = has(.main, .sub, .user, .password)
        let hasArea = has(.areaKind, .areaName, .camera) || hasStream
        return [
            (.school, cells[.school] == nil && (has(.schoolKind, .canteen) || hasArea)),
            (.areaKind, cells[.areaKind] == nil && hasArea), (.camera, cells[.camera] == nil && hasStream),
            (.main, cells[.main] == nil && (has(.camera) || hasStream)),
        ]
    }
}

extension String {
    fileprivate var withoutOuterBlanks: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }

    fileprivate var isName: Bool {
        unicodeScalars.count <= 100 && !unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
