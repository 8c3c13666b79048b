/// What offices write over columns and into them. (表头与类别)
extension GridList.Column {
    /// - Parameter heading: In Chinese or English; blanks, stars and what stands in brackets don't matter.
    init?(heading: String) {
        let key = heading.asListed
        guard let column = Self.allCases.first(where: { $0.headings.contains(key) }) else { return nil }
        self = column
    }

    private var headings: [String] {
        switch self {
        case .township: ["乡镇", "街道", "镇街", "乡镇街道", "township"]
        case .school: ["学校", "学校名称", "school", "schoolname"]
        case .schoolKind: ["学校类别", "学校类型", "学段", "schoolkind", "schooltype", "kindofschool"]
        case .canteen: ["食堂", "食堂名称", "canteen"]
        case .areaKind: ["区域", "区域类别", "区域类型", "area", "areakind", "areatype", "kindofarea"]
        case .areaName: ["区域名称", "areaname", "nameofarea"]
        case .camera: ["摄像机", "摄像机名称", "摄像头", "摄像头名称", "camera", "cameraname"]
        case .main: ["主码流", "主码流地址", "地址", "取流地址", "main", "mainstream", "address"]
        case .sub: ["子码流", "子码流地址", "辅码流", "sub", "substream"]
        case .user: ["用户名", "账号", "帐号", "user", "username"]
        case .password: ["密码", "口令", "password"]
        }
    }
}

extension School.Kind {
    /// - Parameter text: The kind's own name, or what people call it in Chinese or English.
    init?(listed text: String) {
        let key = text.asListed
        guard let kind = Self.allCases.first(where: { $0.listedNames.contains(key) }) else { return nil }
        self = kind
    }

    private var listedNames: [String] {
        switch self {
        case .kindergarten: ["幼儿园", "kindergarten"]
        case .primary: ["小学", "primary", "primaryschool"]
        case .middle: ["初中", "初级中学", "中学", "middle", "middleschool"]
        case .nineYear: ["九年一贯制", "九年一贯制学校", "nineyear", "nineyearschool"]
        case .high: ["高中", "高级中学", "high", "highschool"]
        case .vocational: ["职业学校", "中职", "职高", "vocational", "vocationalschool"]
        case .other: ["其他", "其它", "other"]
        }
    }
}

extension Area.Kind {
    /// - Parameter text: The kind's own name, or what people call it in Chinese or English.
    init?(listed text: String) {
        let key = text.asListed
        guard let kind = Self.allCases.first(where: { $0.listedNames.contains(key) }) else { return nil }
        self = kind
    }

    private var listedNames: [String] {
        switch self {
        case .preparation: ["切配区", "切配间", "切配", "preparation", "preparationarea"]
        case .washing: ["洗消区", "洗消间", "洗消", "清洗消毒区", "washing", "washingarea"]
        case .cooking: ["烹饪区", "烹饪间", "烹饪", "烹调区", "cooking", "cookingarea"]
        case .other: ["其他", "其它", "其他区域", "other", "otherarea"]
        }
    }
}

extension String {
    /// For comparing: without blanks, hyphens, stars and what stands in brackets, in lower case.
    fileprivate var asListed: String {
        var key = ""
        var depth = 0
        for character in lowercased() {
            switch character {
            case "(", "（": depth += 1
            case ")", "）": depth = max(0, depth - 1)
            case "*", "＊", "-", "_": break
            default: if depth == 0, !character.isWhitespace { key.append(character) }
            }
        }
        return key
    }
}
