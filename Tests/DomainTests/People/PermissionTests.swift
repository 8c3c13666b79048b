import Testing

@testable import Domain

struct PermissionTests {
    static let hill = TownshipID(at: UTCTime(milliseconds: 1))
    static let lake = TownshipID(at: UTCTime(milliseconds: 2))
    static let mine = School(id: SchoolID(at: UTCTime(milliseconds: 3)), name: "一中", township: hill)
    static let neighbour = School(id: SchoolID(at: UTCTime(milliseconds: 4)), name: "二中", township: hill)
    static let faraway = School(id: SchoolID(at: UTCTime(milliseconds: 5)), name: "三中", township: lake)
    static let unassigned = School(id: SchoolID(at: UTCTime(milliseconds: 6)), name: "四中")
    static let canteen = CanteenID(at: UTCTime(milliseconds: 7))
    static let otherCanteen = CanteenID(at: UTCTime(milliseconds: 8))

    /// The same matrix once more, in other words: a row is changed in two places or not at all.
    static let expected: [Act: String] = [
        .see: "ASTECVH", .watchLive: "ASTECVH", .replay: "ASTEC", .export: "AS", .lookAtCaptures: "ASTECVH",
        .judgeCaptures: "ST", .lookAtCases: "ASTECV", .openCase: "S", .dispatch: "S", .acknowledge: "TEC",
        .submit: "C", .askExtension: "C", .appeal: "C", .comment: "ASTEC", .urge: "STE", .review: "ST",
        .reinspect: "ST", .extend: "ST", .transfer: "S", .withdraw: "S", .decideAppeal: "S", .readFigures: "ASTECVH",
        .lookAtWarnings: "ASTECV", .endWarnings: "ST", .manageWarnings: "AS",
        .readLedger: "AS", .readViewings: "AS", .manageCameras: "A", .manageRules: "AS", .manageGrid: "A",
        .patrol: "ST", .managePeople: "A", .manageCalendar: "AS", .managePolicy: "AS", .publish: "AS",
        .cutPublic: "ASTEC", .watchHall: "ASTEVH", .manageHall: "AS", .issueReport: "STE",
        .scheduleReports: "AS", .planInspections: "ST", .inspect: "ST", .lookAtInspections: "ASTEC",
        .foreseeInspections: "ASTE", .answerInspection: "C", .decideInspection: "S", .readDuties: "ASTEC",
        .enterDuties: "C", .planDuties: "AS", .readStaffPapers: "STC", .lookAtActivities: "ASTECVH",
        .planActivities: "SEC", .lookAtConcerns: "STE", .answerConcerns: "ST", .lookAtRegisters: "ASTEC",
        .keepRegisters: "ASC", .inviteParents: "C",
    ]
    static let letters: [Role: Character] = [
        .administrator: "A", .supervisor: "S", .township: "T", .education: "E", .school: "C", .viewer: "V", .hall: "H",
    ]

    /// Each place, and which grounds hold it: the county, township 1, school 3, canteen 7.
    static let places: [(name: String, path: PlacePath, county: Bool, township: Bool, school: Bool, canteen: Bool)] = [
        ("the county", .county, true, false, false, false),
        ("own township", PlacePath(township: hill), true, true, false, false),
        ("another township", PlacePath(township: lake), true, false, false, false),
        ("own school", mine.path, true, true, true, false),
        ("own canteen", mine.path.canteen(canteen), true, true, true, true),
        ("another canteen of the school", mine.path.canteen(otherCanteen), true, true, true, false),
        (
            "a camera of the canteen", mine.path.canteen(canteen).camera(CameraID(at: UTCTime(milliseconds: 9))), true,
            true, true, true
        ),
        ("a neighbouring school", neighbour.path, true, true, false, false),
        ("a school of another township", faraway.path, true, false, false, false),
        ("a school of no township", unassigned.path, true, false, false, false),
        ("own school, its township not known", PlacePath(school: mine.id), true, false, true, false),
    ]

    static func person(
        _ role: Role, school: SchoolID? = nil, township: TownshipID? = nil, canteen: CanteenID? = nil,
        isEnabled: Bool = true
    ) -> Person {
        Person(
            id: PersonID(at: UTCTime(milliseconds: 10)), account: "a", name: "b", role: role, school: school,
            township: township, canteen: canteen, isEnabled: isEnabled)
    }

    @Test(arguments: Role.allCases, Act.allCases)
    func `every act of every role at every place is allowed or refused as the table says`(role: Role, act: Act) throws {
        let isInRow = try #require(Self.expected[act]).contains(try #require(Self.letters[role]))
        #expect(role.may(act) == isInRow)
        let atCounty = Self.person(role)
        let inTownship = Self.person(role, township: Self.hill)
        let atSchool = Self.person(role, school: Self.mine.id, township: role == .township ? Self.hill : nil)
        let atCanteen = Self.person(
            role, school: Self.mine.id, township: role == .township ? Self.hill : nil, canteen: Self.canteen)
        for place in Self.places {
            let grounded = role.ground == .county
            #expect(atCounty.may(act, at: place.path) == (isInRow && grounded && place.county), "\(place.name)")
            #expect(
                inTownship.may(act, at: place.path) == (isInRow && role.ground != .school && place.township),
                "\(place.name)")
            #expect(atSchool.may(act, at: place.path) == (isInRow && place.school), "\(place.name)")
            #expect(atCanteen.may(act, at: place.path) == (isInRow && place.canteen), "\(place.name)")
            #expect(!Self.person(role, school: Self.mine.id, isEnabled: false).may(act, at: place.path))
            #expect(Principal.console.may(act, at: place.path) && Principal.node.may(act, at: place.path))
            #expect(Principal.person(atSchool).may(act, at: place.path) == atSchool.may(act, at: place.path))
        }
    }

    @Test(arguments: [
        (Role.administrator, [true, true, true, true, true, true, true, true, true]),
        (Role.supervisor, [true, true, true, true, true, true, false, false, true]),
        (Role.school, [true, false, true, false, false, false, false, false, false]),
    ])
    func `a question that names only a school is answered`(role: Role, expected: [Bool]) {
        let (mine, other) = (Self.mine.id, Self.faraway.id)
        func see(_ school: SchoolID) -> Permission { Permission(.see, at: PlacePath(school: school)) }
        func replay(_ school: SchoolID) -> Permission { Permission(.replay, at: PlacePath(school: school)) }
        func export(_ school: SchoolID) -> Permission { Permission(.export, at: PlacePath(school: school)) }
        let asked: [Permission] = [
            see(mine), see(other), replay(mine), replay(other), export(mine), export(other), .configureCameras,
            .managePeople, .readLedger,
        ]
        let person = Self.person(role, school: role == .school ? mine : nil)
        #expect(asked.map { person.may($0) } == expected)
    }

    @Test func `an account without the ground that its role needs may do nothing`() {
        #expect(Self.person(.township).territory == nil)
        #expect(Self.person(.school).territory == nil)
        #expect(Self.person(.school, township: Self.hill).territory == nil)
        #expect(Self.person(.supervisor).territory == .county)
    }

    @Test func `those who act for a body are known as its people`() {
        #expect(Self.person(.supervisor).body == .marketRegulation)
        #expect(Self.person(.township, township: Self.hill).body == .townshipOffice(Self.hill))
        #expect(Self.person(.school, school: Self.mine.id).body == .school(Self.mine.id))
        #expect(Self.person(.hall).body == nil)
        #expect(Body.school(Self.mine.id).superior.superior.superior == .countyLeadership)
    }

    @Test(arguments: [
        Body.marketRegulation, .townshipOffice(hill), .educationBureau, .school(mine.id), .countyLeadership,
    ])
    func `a body reads back from its written form`(body: Body) { #expect(Body("\(body)") == body) }

    @Test(arguments: ["", "school", "school/", "school/x", "canteen/\(canteen)", "county", "township"])
    func `what names no body is none`(text: String) { #expect(Body(text) == nil) }
}
