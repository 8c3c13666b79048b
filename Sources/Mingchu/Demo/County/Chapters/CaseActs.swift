import Domain
import Supervision

/// Who does what with a case as it stands.
struct CaseActs {
    typealias Choice = (command: CaseCommand, by: Principal, files: [AttachmentFile])

    let stage: CountyStage
    let school: CountySchool
    let id: CaseID

    /// nil = nothing is left to do.
    func choose(
        _ summary: CaseSummary, _ life: inout CaseLives.Life, supervisor: Principal
    ) async throws -> Choice? {
        switch summary.state {
        case .opened, .closed, .withdrawn: return nil
        case .dispatched: return (.acknowledge, school.officer, [])
        case .acknowledged, .rectifying: return try answer(summary, &life, supervisor)
        case .submitted:
            let chance = life.returns == 0 ? 0.16 : 0.05
            if life.dice.chance(chance) {
                life.returns += 1
                return (.return(Inspection(.onScreen, note: "照片看不清整改后的情况，请补充。")), school.handler, [])
            }
            let method = life.dice.pick(weighted: [(Inspection.Method.onScreen, 6), (.footage, 2), (.onSite, 2)])
            return (.pass(Inspection(method, note: "整改到位。")), school.handler, [])
        case .appealed:
            let isUpheld = life.dice.chance(0.3)
            let reason = isUpheld ? "经复核录像，申诉成立，撤销本案。" : "经复核录像，违规事实清楚，申诉不成立。"
            return (.decideAppeal(isUpheld: isUpheld, reason: reason), supervisor, [])
        case .reinspection:
            let method: Inspection.Method = life.dice.chance(0.35) ? .onSite : .footage
            if life.dice.chance(0.05) {
                return (
                    .reinspect(Inspection(method, note: "复查时又发现同类问题。"), passed: false), school.handler, []
                )
            }
            return (.reinspect(Inspection(method, note: "未再发现同类问题。"), passed: true), school.handler, [])
        }
    }

    private func answer(
        _ summary: CaseSummary, _ life: inout CaseLives.Life, _ supervisor: Principal
    ) throws -> Choice {
        if !life.hasAppealed, life.dice.chance(0.035) {
            life.hasAppealed = true
            return (.appeal(reason: "对画面的认定有异议，申请复核录像。"), school.officer, [])
        }
        if summary.state == .acknowledged, life.dice.chance(0.45) {
            return (.begin(plan: "当日约谈当事人，班前会通报并逐人检查。"), school.officer, [])
        }
        if !life.hasAskedForTime, life.dice.chance(0.05) {
            life.hasAskedForTime = true
            let until = max(stage.now, summary.due?.time ?? stage.now) + .seconds(3 * 86_400)
            grant(until, by: supervisor)
            return (.askExtension(until: until, reason: "所需物品正在采购，申请延期。"), school.officer, [])
        }
        var submission = Submission(text: CaseWords.done(summary.matter))
        var files: [AttachmentFile] = []
        if life.dice.chance(0.6), let photo = try photo(&life.dice) {
            submission.attachments = [photo.attachment]
            files = [photo]
        }
        return (.submit(submission), school.officer, files)
    }

    private func grant(_ until: UTCTime, by supervisor: Principal) {
        stage.agenda.add(at: stage.later(by: 40)) { [id] stage in
            let cases = stage.supervision.cases
            let summary = try await cases.summary(id, for: supervisor)
            do {
                try await cases.act(
                    .extend(until: until, reason: "情况属实，同意延期。"), on: id, seen: summary.version, by: supervisor)
            } catch SupervisionError.refused {
                // Handed in meanwhile: no more time is needed.
            }
        }
    }

    /// How it looks now: the simulator's picture of a kitchen in order.
    private func photo(_ dice: inout DemoDice) throws -> AttachmentFile? {
        guard let pair = stage.pictures.pair(dice.pick(CountyPictures.kinds), .inOrder, &dice) else { return nil }
        let incoming = try stage.attachments.begin(at: stage.now)
        try incoming.write(pair.first.jpeg)
        return try incoming.finish("整改后.jpg", of: id, at: stage.now)
    }
}

/// What people write into cases.
enum CaseWords {
    static func dispatch(_ matter: CaseMatter) -> String {
        switch matter.item {
        case .rodent?, .insect?: "请立即排查鼠虫隐患，封堵孔洞、清理食物残渣，并在期限内反馈。"
        case .offline?: "请检查摄像机供电和网络，恢复后反馈。"
        default: "请按《餐饮服务食品安全操作规范》立即整改，并在期限内上传照片。"
        }
    }

    static func done(_ matter: CaseMatter) -> String {
        switch matter.item {
        case .rodent?, .insect?: "已请专业公司消杀，更换纱窗并封堵管道孔洞，附照片。"
        case .offline?: "交换机断电所致，已加装不间断电源，画面恢复。"
        case .phone?: "已对当事人批评教育，工作时间手机统一存放。"
        case nil: "已当场整改，并安排专人每日检查，附照片。"
        default: "已对当事人批评教育，并在班前会上重申着装要求，附照片。"
        }
    }
}
