import Domain

/// What people write about activities, and who comes.
enum ActivityWords {
    static func invitation(_ kind: Activity.Kind) -> String {
        kind == .jointInspection
            ? "邀请家长代表、人大代表、政协委员和媒体与执法人员一起检查校园食堂，现场提问、现场打分、现场反馈。"
            : "欢迎家长带孩子走进食堂，看后厨、问来源、陪一餐。请提前报名，携带二维码签到。"
    }

    private static let surnames = ["张", "王", "李", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙", "胡", "朱", "高", "林"]

    /// Telephone numbers are none that anybody has.
    static func guest(_ number: Int, of kind: Activity.Kind, _ dice: inout DemoDice) -> Guest {
        let name = surnames[number % surnames.count] + dice.pick(["女士", "先生"])
        let phone = "1380000\(1000 + number * 37 % 9000)"
        let isParent = kind != .jointInspection || number % 4 != 3
        return Guest(
            name, as: isParent ? .parent : dice.pick([.deputy, .media, .other]),
            pupils: isParent && kind == .openDay && number % 3 == 0 ? 1 : 0, phone: phone, consents: dice.chance(0.7))
    }

    static let invited = [
        Guest("县人大代表（2 人）", as: .deputy, count: 2), Guest("县政协委员", as: .deputy),
        Guest("县融媒体中心", as: .media, consents: true), Guest("五（2）班学生代表", as: .pupil, count: 2),
    ]

    static func findings(
        _ number: Int, _ dice: inout DemoDice
    ) -> [(matter: String, note: String, grade: Grade, isMended: Bool)] {
        let all: [(String, String, Grade, Bool)] = [
            ("留样标签缺少餐次", "现场补贴标签。", .three, true), ("保洁柜门关闭不严", "柜门合页松动，已报修。", .three, false),
            ("餐厨垃圾桶未加盖", "现场加盖。", .three, true), ("生熟砧板标识脱落", "要求更换有色砧板。", .two, false),
            ("公示栏信息未更新", "从业人员健康证公示为上学期名单。", .three, true), ("冷藏柜温度记录不全", "缺周末两天记录。", .three, false),
        ]
        return (0..<dice.whole(1...2)).map { all[(number + $0 * 3) % all.count] }
    }

    static let praise = ["后厨很干净，孩子在这里吃饭放心。", "讲解很细致，看到了留样和消毒的全过程。", "平台演示很直观，希望多组织。", "饭菜味道不错，荤素搭配合理。", ""]

    static func report(_ schools: [String], came: Int) -> String {
        """
        本次活动在\(schools.joined(separator: "、"))举行，共 \(came) 人参加。

        大家在工作人员带领下查看了切配、洗消、烹饪三个区域，查验了进货票据和食品留样，与学生同餐，并对学校食堂提出了意见。现场发现的问题已当场整改或立案跟踪，结果在本页更新。
        """
    }
}
