import Domain
import Supervision

extension CountyChapter {
    /// Signs and filing, notices to staff and their consents, an assessment, requests. (合规登记)
    static let registers = CountyChapter { stage in
        stage.once(on: stage.days.first, at: 10 * 60) { stage in
            try await RegisterDesk(stage: stage).assess()
            for index in stage.schools.indices { try await RegisterDesk(stage: stage).fileSite(of: index) }
        }
        stage.once(on: stage.days.first + 1, at: 15 * 60) { stage in
            for index in stage.schools.indices where index % 4 != 3 {
                try await RegisterDesk(stage: stage).tellStaff(of: index)
            }
        }
        for (index, ago) in [290, 204, 118, 61, 9].enumerated() {
            stage.once(on: stage.days.last - ago, at: 10 * 60 + 20) { stage in
                try await RegisterDesk(stage: stage).receive(index)
            }
        }
    }
}

private struct RegisterDesk {
    let stage: CountyStage

    private var supervisor: Principal { stage.people.supervisors[0] }

    func assess() async throws {
        _ = try await stage.supervision.registers.add(
            .assessments, at: nil,
            [
                "title": "学校食堂“互联网+明厨亮灶”个人信息保护影响评估",
                "scope": "全县学校食堂切配区、洗消区、烹饪区的视频采集、AI 抓拍、存储、回放和社会公开。",
                "purpose": "发现和督促整改食品安全问题，接受家长和社会监督。",
                "basis": "《食品安全法》《学校食品安全与营养健康管理规定》《公共安全视频图像信息系统管理条例》《个人信息保护法》第十三条。",
                "necessity": "只拍摄加工操作区域，不拍摄更衣室、卫生间；只保存抓拍时刻前后画面；录像期满自动删除。",
                "influence": "可能识别从业人员和偶尔进入画面的学生。",
                "risks": "录像被越权查看；公开画面泄露面部信息；AI 误判影响从业人员评价。",
                "measures": "查看须填写事由并记入台账；公开画面遮挡面部、静音、延时；抓拍须经人工确认方可作为线索。",
                "proportion": "采取上述措施后，影响与目的相称。", "conclusion": "withMeasures", "assessor": "县市场监督管理局食品股",
                "doneOn": "\(stage.today - 2)",
            ], by: supervisor)
    }

    /// Two schools have not filed, and one has no entry.
    func fileSite(of index: Int) async throws {
        let school = stage.schools[index]
        guard index != stage.schools.count - 1 else { return }
        var dice = stage.dice("site \(school.plan.name)")
        var values = [
            "place": "\(school.plan.name)食堂", "cameraKinds": "室内半球摄像机 \(school.cameras.count) 台，切配、洗消、烹饪区各一台",
            "signPlace": "食堂入口、后厨门口", "signOn": "\(stage.today - dice.whole(20...60))",
        ]
        if index % 9 != 7 {
            values["filedWith"] = "\(stage.plan.townships[school.plan.township].prefix { $0 != "（" })派出所"
            values["filingNumber"] = "皖公视备〔\(stage.zone.civil(stage.now).year)〕\(101 + index) 号"
            values["filedOn"] = "\(stage.today - dice.whole(3...18))"
        }
        let id = try await stage.supervision.registers.add(.sites, at: school.school.id, values, by: supervisor)
        guard index % 9 != 7, let pair = stage.pictures.pair(.cooking, .inOrder, &dice) else { return }
        try await keep(pair.first.jpeg, "提示标识.jpg", in: id, by: supervisor)
    }

    func tellStaff(of index: Int) async throws {
        let school = stage.schools[index]
        var dice = stage.dice("consents \(school.plan.name)")
        for (place, name) in KitchenStaff.names(at: index).enumerated() {
            let isWaiting = index % 8 == 2 && place == 3
            let day = stage.today - dice.whole(0...1)
            var values = ["name": name, "job": place == 0 ? "食堂负责人" : "厨工", "toldOn": "\(day)", "how": "written"]
            if !isWaiting { values["consentedOn"] = "\(day)" }
            let id = try await stage.supervision.registers.add(
                .staff, at: school.school.id, values, by: school.officer)
            if !isWaiting { try await keep(SignaturePicture.png(&dice), "签字.png", in: id, by: school.officer) }
        }
    }

    func receive(_ index: Int) async throws {
        let (asker, what, details, answer) = Self.requests[index]
        let day = stage.today
        let values = [
            "asker": asker, "contact": "1380000\(3000 + index)", "what": what, "details": details,
            "receivedOn": "\(day)", "dueOn": "\(day + 15)",
        ]
        let id = try await stage.supervision.registers.add(.requests, at: nil, values, by: supervisor)
        guard let answer else { return }
        stage.once(on: day + 6 + index * 2, at: 14 * 60) { [supervisor] stage in
            var after = values
            (after["answer"], after["answeredOn"]) = (answer, "\(stage.today)")
            try await stage.supervision.registers.change(id, to: after, seen: 1, by: supervisor)
        }
    }

    private static let requests: [(String, String, String, String?)] = [
        ("赵女士（家长）", "know", "想知道直播画面里会不会看到我家孩子的脸。", "公开画面经过面部遮挡、静音和延时处理，已书面说明。"),
        ("李师傅（厨工）", "copy", "申请复制本人被抓拍的画面。", "已核验身份，提供本人画面截图，其他人员已遮挡。"),
        ("王师傅（厨工）", "explain", "对“未戴口罩”的认定有疑问。", "已说明规则和人工复核过程，该条经复核撤销。"),
        ("孙女士（离职）", "delete", "已离职，请删除登记的姓名。", "员工登记按规定保存三年，已停止使用并标注离职。"),
        ("周先生（家长）", "copy", "申请查看孩子跌倒当天食堂的录像。", nil),
    ]

    private func keep(_ bytes: [UInt8], _ name: String, in id: RegisterEntryID, by principal: Principal) async throws {
        let incoming = try stage.attachments.begin(at: stage.now)
        try incoming.write(bytes)
        let file = try incoming.finish(name, at: stage.now)
        try await stage.supervision.registers.add(file, to: id, by: principal)
    }
}
