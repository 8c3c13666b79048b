import Domain
import Hummingbird
import HummingbirdTesting
import Logging
import Supervision
import TestSupport
import Testing
import Web

@testable import Mingchu

/// Every page that the rail leads to shows what the county's year has brought.
struct CountyPagesTests {
    /// Where a supervisor goes, and what stands there.
    private static let pages: [(path: String, shows: String)] = [
        ("/today", "案件号"), ("/captures", "青溪第一幼儿园"), ("/captures?item=noHat", "青溪第一幼儿园"), ("/cases", "青溪第一幼儿园"),
        ("/cases?stage=closed", "已办结"), ("/kitchens", "柳河中心小学"), ("/patrol", "柳河第一幼儿园"), ("/insight", "<table"),
        ("/insight/hours", "<table"), ("/insight/schools", "青溪第一幼儿园"), ("/insight/steps", "王敏"),
        ("/insight/cameras", "柳河中心小学"), ("/figures", "监管访问"), ("/proof", "未戴帽"), ("/precision", "青溪第一幼儿园"),
        ("/publication", "柳河中心小学"), ("/publication", "位家长"), ("/ledger", "王敏"), ("/viewings", "洗消区 1 号"),
        ("/calendar", "秋季学期"),
        ("/rules", "升级阶梯"),
        ("/templates", "餐饮服务食品安全操作规范"), ("/news", "案件号"), ("/cameras", "烹饪区 1 号"), ("/analysis", "柳河中心小学"),
        ("/inspections", "回头看"), ("/inspections/checklist", "食品经营许可"), ("/draws", "第三次双随机抽查"),
        ("/activities", "我为孩子尝一餐"), ("/activities/counts", "<table"), ("/duties", "柳河中心小学"), ("/papers", "石桥中心小学"),
        ("/concerns", "柳河中心小学"), ("/registers/sites", "公视备"), ("/registers/staff", "厨工"),
        ("/registers/assessments", "个人信息保护影响评估"), ("/registers/requests", "家长"), ("/warnings", "预警"),
        ("/warnings/rules", "王敏"), ("/reports", "定稿"), ("/report-schedules", "县市场监管局"), ("/hall", "hall"),
        ("/hall/map", "柳河中心小学"),
    ]

    @Test(.timeLimit(.minutes(10))) func `every page of the rail has content`() async throws {
        let (county, _) = try await DemoCounty.young.value
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let node = try await Node.build(
            settings: county.settings, store: county.store, time: county.time.source, log: log)
        let people = try await node.supervision.people.list(for: .console)
        let supervisor = try #require(people.first { $0.account == "supervisor" })
        let first = try await node.supervision.people.resetPassword(of: supervisor.id, by: .console)
        let session = try await node.supervision.signIn.signIn(
            account: "supervisor", password: first, from: "192.0.2.1")
        try await node.supervision.signIn.changeOwnPassword(
            of: supervisor, old: first, new: Secret("correct-horse-battery"), keeping: session.token)
        try await node.supervision.insights.warmUp()
        let application = Application(responder: node.site.responder(), logger: log)
        try await application.test(.router) { client in
            for (path, shows) in Self.pages {
                let response = try await client.execute(
                    uri: path, method: .get,
                    headers: [
                        .cookie: "mingchu_session=\(session.token.reveal())", .acceptLanguage: "zh-Hans",
                    ])
                #expect(response.status == .ok, "\(path)")
                #expect(String(buffer: response.body).contains(shows), "\(path) shows \(shows)")
            }
        }
    }

    @Test(.timeLimit(.minutes(10))) func `what was planted can be found`() async throws {
        let (county, _) = try await DemoCounty.young.value
        let supervision = county.supervision
        let schools = try await supervision.places.tree(for: .console).map(\.school)
        func count(_ name: String, _ item: CaptureItem, lastDays days: Int) async throws -> Int {
            let school = try #require(schools.first { $0.name == name })
            let span = TimeSpan(start: county.time.now - .seconds(days * 86_400), end: county.time.now)
            return try await supervision.captures.count(
                CaptureFilter(school: school.id, item: item, span: span), for: .console
            ).value
        }
        let rising = try await count("青溪第一幼儿园", .noHat, lastDays: CountyPlan.riseDays)
        let before = try await count("青溪第一幼儿园", .noHat, lastDays: 30) - rising
        #expect(rising >= 5 && rising > 2 * before)
        #expect(try await count("石桥第一幼儿园", .phone, lastDays: 30) >= 2)
    }

    @Test(.timeLimit(.minutes(10))) func `practice is filed as captures that wait, of simulated cameras`() async throws
    {
        let county = try await DemoCounty()
        let supervision = county.supervision
        let school = try await supervision.places.addSchool("实验小学", by: .console)
        let area = try await supervision.places.addArea(to: school.id, kind: .cooking, by: .console)
        let camera = try await supervision.cameras.add(
            CameraDraft(
                area: area.id, name: "灶台", main: SourceAddress(scheme: .sim, host: "cooking"), isEnabled: false),
            by: .console)
        let folder = EvidenceFolder(root: county.settings.evidenceFolder, zone: .shanghai)
        let practice = Practice(captures: supervision.captures, folder: folder, camera: camera, kind: .cooking)
        let filed = try await practice.file(12, until: county.time.now)
        #expect(filed.count == 12)
        let waiting = try await supervision.captures.list(CaptureFilter(judged: .waiting), for: .console)
        #expect(waiting.map(\.capture.id) == filed.reversed())
        #expect(waiting.allSatisfy { $0.isSimulated && $0.evidence.count == 2 && $0.state == .lacking })
        let report = try await EvidenceCheck(
            captures: supervision.captures, samples: supervision.samples, folder: folder
        ).run()
        #expect(report.findings == [] && report.files == 24)
    }
}
