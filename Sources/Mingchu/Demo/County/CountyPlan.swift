import Domain

/// Which county is made: names, characters and how much of it. The same plan gives the same county.
struct CountyPlan {
    /// How a school's kitchen does over the year.
    enum Character {
        case ordinary
        /// A bad kitchen that gets better month by month.
        case improves
        /// The same matter again and again, and late each time.
        case repeats(CaptureItem)
        /// Quiet all year, and in the last weeks not: what early warning is for.
        case rises(CaptureItem)
    }

    struct SchoolPlan {
        var name: String
        var kind: School.Kind
        /// Index of its township.
        var township: Int
        /// Captures of an average school day.
        var rate: Double
        var character: Character
    }

    var seed: UInt64 = 20_231_201
    /// How many days the county has behind it.
    var days = 365
    /// How many pictures are drawn of each item and scene.
    var variants = 5
    var townships = ["柳河镇（模拟）", "石桥镇（模拟）", "青溪镇（模拟）"]
    var schools: [SchoolPlan]

    /// Place in the list of the school that lets its own duties slide.
    static let neglecting = 1

    /// Days before the end on which a rise begins.
    static let riseDays = 16

    static let standard = CountyPlan(schools: schools)

    /// The first schools only, for less time.
    static func small(days: Int, schools count: Int, variants: Int = 1) -> CountyPlan {
        CountyPlan(days: days, variants: variants, schools: Array(schools.prefix(count)))
    }

    private static let schools: [SchoolPlan] = {
        let names: [(String, School.Kind)] = [
            ("中心小学", .primary), ("第一幼儿园", .kindergarten), ("初级中学", .middle), ("实验小学", .primary),
            ("第二幼儿园", .kindergarten), ("九年一贯制学校", .nineYear), ("希望小学", .primary), ("蓝天幼儿园", .kindergarten),
        ]
        var dice = DemoDice(seed: 7, "schools")
        var all: [SchoolPlan] = []
        for (index, name) in names.enumerated() {
            for (township, place) in ["柳河", "石桥", "青溪"].enumerated() {
                let number = index * 3 + township
                let character: Character =
                    switch number {
                    case 2: .improves
                    case 4: .repeats(.phone)
                    case 5: .rises(.noHat)
                    default: .ordinary
                    }
                all.append(
                    SchoolPlan(
                        name: place + name.0, kind: name.1, township: township, rate: dice.between(0.05, 0.17),
                        character: character))
            }
        }
        return all
    }()
}
