/// The checklist that a county starts with; it changes it as it likes. (学校食堂检查表)
extension InspectionTemplate {
    public static let standardID = InspectionTemplateID(UUIDv7("01900000-0000-7000-8000-000000000001")!)

    /// Articles of the Food Safety Law (食品安全法, as of 2021), Order 45 of 2019 on schools (学校食品安全与营养健康管理规定),
    /// Order 60 of 2022 on who answers for food safety, and national standards by their numbers.
    public static let standard = InspectionTemplate(
        Version(standardID, 1), name: InspectionText("学校食堂现场检查表", "School canteen checklist"),
        items: people + goods + work + rooms)

    private static func item(
        _ code: String, _ severity: Severity, _ photo: Photo, _ title: (String, String),
        _ requirement: (String, String),
        _ law: (String, String)
    ) -> Item {
        Item(
            code, severity, photo: photo, title: InspectionText(title.0, title.1),
            requirement: InspectionText(requirement.0, requirement.1), law: InspectionText(law.0, law.1))
    }

    private static let people = [
        item(
            "licence", .serious, .always, ("食品经营许可", "Food licence"),
            (
                "许可证在有效期内，主体、地址、项目与实际一致，挂在显眼处",
                "Valid, same holder, place and scope as found, on the wall for all to see"
            ),
            ("食品安全法第三十五条", "Food Safety Law, Art. 35")),
        item(
            "health", .serious, .whenFailing, ("健康证明", "Health certificates"),
            ("接触直接入口食品的人员人人有有效健康证明", "Everybody who touches ready-to-eat food has a valid certificate"),
            ("食品安全法第四十五条", "Food Safety Law, Art. 45")),
        item(
            "morning", .general, .whenFailing, ("晨检", "Morning check"),
            ("每天上岗前检查健康，有当天记录，发热腹泻等人员已离岗", "Checked before work and written down today; the sick are off duty"),
            ("食品安全法第四十五条", "Food Safety Law, Art. 45")),
        item(
            "clothing", .general, .whenFailing, ("工作衣帽和口罩", "Work clothes, hats, masks"),
            ("工作衣帽整洁，头发不外露，备餐和分餐人员戴口罩，洗手后上岗", "Clean clothes, hair covered, masks at serving, hands washed"),
            ("食品安全法第三十三条第八项", "Food Safety Law, Art. 33 (8)")),
        item(
            "training", .minor, .never, ("管理人员和培训", "Food-safety officer and training"),
            ("有食品安全总监或安全员，培训考核有记录", "An officer is named; training and tests are on record"),
            ("食品安全法第四十四条", "Food Safety Law, Art. 44")),
        item(
            "selfcheck", .general, .never, ("日管控、周排查、月调度", "Daily, weekly, monthly self-checks"),
            ("三项制度有真实记录，发现的问题已整改", "Kept up truly; what was found has been mended"),
            ("食品安全法第四十七条；市场监管总局令第60号", "Food Safety Law, Art. 47; SAMR Order 60")),
    ]

    private static let goods = [
        item(
            "purchase", .serious, .whenFailing, ("进货查验", "Purchase checks"),
            ("供货者资质、合格证明、每批票据齐全，能追到来源", "Suppliers' papers, certificates and each delivery note lead to the source"),
            ("食品安全法第五十三条、第五十五条", "Food Safety Law, Art. 53, 55")),
        item(
            "expired", .serious, .always, ("无过期变质食品", "Nothing expired or spoilt"),
            ("库房、冰箱、操作台没有过期、腐败、霉变、标识不清的食品", "None in store, fridge or on the bench; everything is labelled"),
            ("食品安全法第三十四条第三、六项，第五十四条", "Food Safety Law, Art. 34 (3), (6), 54")),
        item(
            "storage", .general, .always, ("贮存", "Storage"),
            ("分类分架，离地离墙，先进先出，不与有毒有害物品同放", "By kind, off floor and wall, first in first out, nothing poisonous near"),
            ("食品安全法第三十三条第六项、第五十四条", "Food Safety Law, Art. 33 (6), 54")),
        item(
            "additives", .serious, .whenFailing, ("食品添加剂", "Additives"),
            (
                "专柜存放、专人管理、称量并记录；食堂里没有亚硝酸盐",
                "Own cupboard, one keeper, weighed and written down; no nitrite in the house"
            ),
            ("食品安全法第三十四条第四项、第四十条；GB 2760", "Food Safety Law, Art. 34 (4), 40; GB 2760")),
        item(
            "cold", .general, .always, ("冷藏冷冻温度", "Fridges and freezers"),
            ("冷藏 0–8 ℃、冷冻 −12 ℃ 以下，温度有显示和记录，霜薄", "0–8 °C and below −12 °C, shown and written down, little frost"),
            ("食品安全法第五十六条；GB 31654", "Food Safety Law, Art. 56; GB 31654")),
    ]

    private static let work = [
        item(
            "separation", .serious, .always, ("生熟分开", "Raw and cooked apart"),
            ("刀、板、容器、冰箱生熟分开并有明显标识，动物、植物、水产分池", "Knives, boards, boxes, fridges marked and apart; sinks by kind"),
            ("食品安全法第三十三条第四项", "Food Safety Law, Art. 33 (4)")),
        item(
            "heating", .general, .whenFailing, ("烧熟煮透", "Cooked through"),
            ("大块食品中心温度不低于 70 ℃，有测温用具和记录", "At least 70 °C in the middle; a thermometer is used and noted"),
            ("GB 31654", "GB 31654")),
        item(
            "serving", .general, .always, ("备餐", "Serving room"),
            ("专间或专区，使用前消毒，烧好到吃完不超过 2 小时，或保持 60 ℃ 以上", "Disinfected first; eaten within 2 hours or kept above 60 °C"),
            ("GB 31654", "GB 31654")),
        item(
            "samples", .serious, .always, ("食品留样", "Food samples"),
            (
                "每餐每样不少于 125 克，专柜冷藏 48 小时以上，名称、时间、人员有记录",
                "125 g or more of each dish, kept cold 48 hours or more, labelled"
            ),
            ("学校食品安全与营养健康管理规定第四十条", "Order 45 of 2019, Art. 40")),
        item(
            "dishes", .serious, .always, ("餐用具消毒", "Disinfected dishes"),
            ("洗净、消毒、保洁三步都做，设备能用，记录完整，保洁柜干净", "Washed, disinfected, kept clean; machines work; written down"),
            ("食品安全法第三十三条第五项、第五十六条；GB 14934", "Food Safety Law, Art. 33 (5), 56; GB 14934")),
    ]

    private static let rooms = [
        item(
            "pests", .general, .always, ("防鼠防蝇防虫", "Pests kept out"),
            ("挡鼠板、纱窗、灭蝇灯完好，没有鼠粪、虫迹，毒饵不进操作区", "Boards, screens and lamps whole; no droppings; no bait in the kitchen"),
            ("食品安全法第三十三条第二项", "Food Safety Law, Art. 33 (2)")),
        item(
            "waste", .minor, .whenFailing, ("餐厨废弃物", "Kitchen waste"),
            ("带盖容器，日产日清，交有资质的单位，有台账", "Lidded bins, emptied daily, taken by a licensed firm, on record"),
            ("食品安全法第三十三条第二项", "Food Safety Law, Art. 33 (2)")),
        item(
            "rooms", .minor, .whenFailing, ("场所卫生", "Clean rooms"),
            ("地面、墙面、天花板、排烟和下水干净完好，没有积水积油", "Floors, walls, ceilings, hoods and drains clean and whole"),
            ("食品安全法第三十三条第一项", "Food Safety Law, Art. 33 (1)")),
        item(
            "cameras", .minor, .always, ("明厨亮灶", "Bright kitchen"),
            ("摄像机全部在线、画面清楚、没有遮挡，向家长公开", "All cameras on, clear and uncovered; parents can look"),
            ("食品安全法第五十五条", "Food Safety Law, Art. 55")),
    ]
}
