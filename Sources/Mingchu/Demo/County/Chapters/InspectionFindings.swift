import Domain

/// What an inspector finds at a school, as its kitchen is. (检查发现)
struct InspectionFindings {
    let school: CountySchool
    /// How much of the year is over, 0…1.
    let progress: Double

    /// How likely one point of the list fails.
    private var share: Double {
        switch school.plan.character {
        case .ordinary: 0.055
        case .improves: 0.24 * (1 - progress) + 0.02
        case .repeats: 0.19
        case .rises: 0.02 + 0.08 * progress
        }
    }

    func answers(
        by template: InspectionTemplate, _ paper: inout InspectionPaper, _ dice: inout DemoDice
    ) throws -> [InspectionAnswer] {
        try template.items.map { item in
            let isFailing = dice.chance(item.severity == .serious ? share / 2 : share)
            let extent = dice.pick(weighted: [(1, 6), (2, 2.5), (3, 0.6)])
            var answer = InspectionAnswer(item.code, isFailing ? .fails(extent: extent) : .conforms)
            if isFailing { answer.note = Self.note(item.code) }
            if item.photo == .always || (item.photo == .whenFailing && isFailing) {
                answer.photos = try paper.photo(Self.area(item.code), &dice).map { [$0] } ?? []
            }
            // What nobody could photograph nobody can have found.
            if answer.photos.isEmpty, item.photo == .always || (item.photo == .whenFailing && isFailing) {
                return InspectionAnswer(item.code, .notApplicable)
            }
            return answer
        }
    }

    private static func area(_ code: String) -> Area.Kind {
        switch code {
        case "dishes", "waste": .washing
        case "separation", "storage", "cold", "samples": .preparation
        default: .cooking
        }
    }

    private static func note(_ code: String) -> String { notes[code] ?? "现场不符合要求，已当场告知。" }

    private static let notes: [String: String] = [
        "licence": "许可证公示在办公室内，就餐区看不到。",
        "health": "一名新进人员的健康证明尚在办理，已要求离岗。",
        "morning": "当日晨检记录缺两人签字。",
        "clothing": "备餐间一人未戴口罩，已当场纠正。",
        "training": "本学期培训记录缺考核成绩。",
        "selfcheck": "上周排查发现的问题没有整改记录。",
        "purchase": "两批蔬菜缺供货票据。",
        "expired": "冷藏柜内一袋豆制品已过期，当场封存销毁。",
        "storage": "米面直接堆放在地面，未离地离墙。",
        "additives": "泡打粉未专柜存放，无使用记录。",
        "cold": "冷藏柜显示 11 ℃，霜层较厚。",
        "separation": "生熟砧板混放，标识脱落。",
        "heating": "未配备中心温度计。",
        "serving": "备餐间紫外线灯损坏。",
        "samples": "两个菜品留样不足 125 克。",
        "dishes": "消毒柜故障未报修，无消毒记录。",
        "pests": "排水沟篦子破损，纱窗有缝隙。",
        "waste": "厨余垃圾桶未加盖。",
        "rooms": "操作间地面有积水，墙角有霉斑。",
        "cameras": "洗消区摄像机镜头有油污。",
    ]
}
