public import Domain

/// What a list would add to the grid as it is now. What is there already stays as it is. (导入预览)
public struct GridPlan: Hashable, Sendable {
    public struct AreaKey: Hashable, Sendable {
        public var school: String
        public var canteen: String?
        public var kind: Area.Kind
        /// Empty = the kind's own.
        public var name: String
    }

    public enum Addition: Hashable, Sendable {
        case township(String)
        case school(String, township: String?, kind: School.Kind?)
        case canteen(String, school: String)
        case area(AreaKey)
        case camera(String, in: AreaKey, main: SourceAddress, sub: SourceAddress?, credentials: Credentials?)
    }

    public struct Step: Hashable, Sendable {
        /// The line that asks for it first.
        public var row: Int
        public var addition: Addition
    }

    /// In an order in which they can be added.
    public private(set) var steps: [Step] = []
    /// Of the list and of how it meets what is there, by row. With any of them nothing may be added.
    public private(set) var faults: [GridList.Fault]
    /// Lines that add nothing.
    public private(set) var knownLines = 0

    private var townships: Set<String>
    /// The township's name; empty = the county's bureau itself.
    private var schools: [String: String] = [:]
    private var canteens: Set<[String]> = []
    private var areas: Set<AreaKey> = []
    private var cameras: [AreaKey: [String: (address: SourceAddress, row: Int?)]] = [:]

    init(_ list: GridList, onto trees: [SchoolTree], townships: [Township]) {
        faults = list.faults
        self.townships = Set(townships.map(\.name))
        let names = Dictionary(uniqueKeysWithValues: townships.map { ($0.id, $0.name) })
        for tree in trees {
            schools[tree.school.name] = tree.school.township.flatMap { names[$0] } ?? ""
            for canteen in tree.canteens { canteens.insert([tree.school.name, canteen.name]) }
            for area in tree.areas {
                let key = AreaKey(
                    school: tree.school.name, canteen: area.canteen?.name, kind: area.area.kind, name: area.area.name)
                areas.insert(key)
                for camera in area.cameras { cameras[key, default: [:]][camera.name] = (camera.main, nil) }
            }
        }
        for line in list.lines { read(line) }
        faults.sort { $0.row < $1.row }
    }

    public static func == (a: GridPlan, b: GridPlan) -> Bool {
        a.steps == b.steps && a.faults == b.faults && a.knownLines == b.knownLines
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(steps) }

    private mutating func read(_ line: GridList.Line) {
        let before = (steps.count, faults.count)
        func add(_ addition: Addition) { steps.append(Step(row: line.row, addition: addition)) }
        if let township = line.township, townships.insert(township).inserted { add(.township(township)) }
        guard let school = line.school else { return note(before) }
        if let known = schools[school] {
            if let township = line.township, township != known {
                faults.append(GridList.Fault(row: line.row, .township, .otherTownship(known)))
            }
        } else {
            schools[school] = line.township ?? ""
            add(.school(school, township: line.township, kind: line.schoolKind))
        }
        if let canteen = line.canteen, canteens.insert([school, canteen]).inserted {
            add(.canteen(canteen, school: school))
        }
        guard let kind = line.areaKind else { return note(before) }
        let area = AreaKey(school: school, canteen: line.canteen, kind: kind, name: line.areaName ?? "")
        if areas.insert(area).inserted { add(.area(area)) }
        guard let camera = line.camera, let main = line.main else { return note(before) }
        switch cameras[area]?[camera] {
        case nil:
            cameras[area, default: [:]][camera] = (main, line.row)
            add(.camera(camera, in: area, main: main, sub: line.sub, credentials: line.credentials))
        case (_, let row?)?: faults.append(GridList.Fault(row: line.row, .camera, .twice(row: row)))
        case (let address, nil)?:
            if address != main { faults.append(GridList.Fault(row: line.row, .main, .otherAddress("\(address)"))) }
        }
        note(before)
    }

    private mutating func note(_ before: (steps: Int, faults: Int)) {
        if steps.count == before.steps, faults.count == before.faults { knownLines += 1 }
    }

    public struct Counts: Hashable, Sendable {
        public var townships = 0
        public var schools = 0
        public var canteens = 0
        public var areas = 0
        public var cameras = 0

        public init() {}
    }

    public var counts: Counts {
        var counts = Counts()
        for step in steps {
            switch step.addition {
            case .township: counts.townships += 1
            case .school: counts.schools += 1
            case .canteen: counts.canteens += 1
            case .area: counts.areas += 1
            case .camera: counts.cameras += 1
            }
        }
        return counts
    }
}
