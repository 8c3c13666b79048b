import Domain

/// A list of schools and where they are, as an office keeps it in a spreadsheet. (学校坐标表)
public struct PositionList: Hashable, Sendable {
    public enum Fault: Error, Hashable, Sendable {
        /// The first line has no column for the school, for longitude, or for latitude.
        case noHeadings
        case noLines
        /// By the line's number, as spreadsheets count.
        case badLine(Int)
    }

    public static let mostLines = 5000

    public private(set) var positions: [SchoolPosition] = []

    /// - Parameter rows: By number from 1, each cell by its column from 1; the first has the headings.
    public init(_ rows: [(number: Int, cells: [Int: String])]) throws(Fault) {
        guard let headings = rows.first else { throw .noLines }
        func column(_ names: Set<String>) -> Int? {
            headings.cells.filter { names.contains(Self.plain($0.value)) }.keys.min()
        }
        guard let school = column(["学校", "学校名称", "名称", "school", "schoolname", "name"]),
            let longitude = column(["经度", "longitude", "lng", "lon", "x"]),
            let latitude = column(["纬度", "latitude", "lat", "y"])
        else { throw .noHeadings }
        for row in rows.dropFirst() {
            guard let name = row.cells[school].map(Names.trimmed), !name.isEmpty else { continue }
            // Schools of which nobody knows where they are may stay in the list.
            guard let x = row.cells[longitude].map(Names.trimmed), let y = row.cells[latitude].map(Names.trimmed),
                !x.isEmpty || !y.isEmpty
            else { continue }
            guard let x = Double(x), let y = Double(y), let point = GeoPoint(latitude: y, longitude: x) else {
                throw .badLine(row.number)
            }
            positions.append(SchoolPosition(name: name, point: point))
        }
        guard !positions.isEmpty else { throw .noLines }
    }

    private static func plain(_ heading: String) -> String {
        heading.lowercased().filter { $0.isLetter }
    }
}
