import Domain
import Hummingbird
import HummingbirdTesting
import Store
import Supervision
import TestSupport
import Testing

@testable import Web

struct PagesTests {
    /// Every page that an address leads to, and words that it must show in either language.
    static let pages: [(path: @Sendable (SiteUnderTest) -> String, chinese: [String], english: [String])] = [
        ({ _ in "/kitchens" }, ["看厨房", "实验小学 &lt;1&gt;", "烹饪区"], ["Kitchens", "Cooking", "Simulated"]),
        ({ "/kitchens?school=\($0.school.id)" }, ["看厨房", "后厨水池"], ["Kitchens"]),
        ({ _ in "/hall" }, ["当涂县智慧监管大厅", "最新抓拍", "实验小学 &lt;1&gt;", "需要处理"], ["Latest captures", "To be seen to"]),
        ({ _ in "/hall/\(HallScene.visitors.id)" }, ["公开数据", "发现并已整改"], ["Public figures", "Found and put right"]),
        ({ _ in "/hall/scenes" }, ["后厨墙", "现在没有来访", "排期"], ["Kitchens", "Nobody is visiting", "Schedule"]),
        ({ _ in "/hall/scenes/new" }, ["新建场景", "实时画面"], ["New scene", "Live kitchens"]),
        ({ _ in "/hall/\(HallScene.overview.id)/edit" }, ["总览", "实时画面"], ["Overview", "Riskiest schools first"]),
        ({ _ in "/hall/map" }, ["县域轮廓", "第二中学", "未标注"], ["Outline of the county", "Not on the map"]),
        ({ "/kitchens/\($0.camera.id)" }, ["灶台", "连接中", "模拟厨房"], ["Connecting", "simulated kitchen"]),
        ({ _ in "/wall" }, ["大屏", "columns=\"2\""], ["Wall"]),
        ({ _ in "/replay" }, ["回看", "选择摄像机"], ["Replay", "Choose cameras"]),
        (
            { "/replay?cameras=\($0.camera.id),\($0.otherCamera.id)&at=2026-11-22" }, ["这一天没有录像"],
            ["Nothing was recorded"]
        ),
        ({ _ in "/cameras" }, ["3 台摄像机", "灶台", "Door &amp; window"], ["Cameras: 3"]),
        ({ _ in "/cameras?q=192.0.2.17" }, ["1 台摄像机", "清除筛选"], ["Cameras: 1", "Clear filters"]),
        ({ _ in "/cameras?q=nowhere" }, ["没有符合条件"], ["Nothing matches"]),
        ({ _ in "/cameras/new" }, ["接入摄像机", "试连"], ["Add a camera", "Probe"]),
        ({ _ in "/cameras/new?example=washing" }, ["sim://washing"], ["sim://washing"]),
        ({ "/cameras/\($0.lockedCamera.id)" }, ["已保存，留空则不变", "192.0.2.17"], ["leave empty to keep it"]),
        ({ "/cameras/\($0.camera.id)/remove" }, ["满 30 天后自动清除", "断开连接"], ["when 30 days are over"]),
        ({ "/cameras/\($0.lockedCamera.id)/remove" }, ["满 60 天后自动清除"], ["when 60 days are over"]),
        ({ _ in "/schools" }, ["2 所学校", "后厨水池"], ["Schools: 2"]),
        ({ "/schools/\($0.otherSchool.id)/remove" }, ["删除学校 第二中学"], ["Remove the school 第二中学"]),
        ({ "/areas/\($0.emptyArea.id)/remove" }, ["后厨水池"], ["Remove the area"]),
        ({ _ in "/people" }, ["4 人", "inspector"], ["People: 4", "Supervisor"]),
        ({ _ in "/people/new" }, ["初始密码"], ["initial password"]),
        ({ "/people/\($0.head.person.id)" }, ["head 先生", "重置密码"], ["Reset password"]),
        ({ "/people/\($0.head.person.id)/password" }, ["所有设备上的登录立即结束"], ["sessions end at once"]),
        ({ _ in "/channels" }, ["通知渠道", "还没有通知渠道"], ["Channels", "No channels yet"]),
        ({ _ in "/channels/new" }, ["企业微信机器人", "当班", "县教育局"], ["WeCom robot", "Education bureau"]),
        ({ _ in "/deliveries" }, ["投递记录", "没有符合条件的投递"], ["Deliveries", "Nothing matches"]),
        ({ _ in "/templates" }, ["文书模板", "还没有模板"], ["Text templates", "No templates yet"]),
        ({ _ in "/publication" }, ["公开", "未公开"], ["Public", "Not public"]),
        ({ "/publication/\($0.school.id)" }, ["公开本校后厨"], ["Which cameras may be shown"]),
        ({ _ in "/duties" }, ["自查", "还没有开始计入", "实验小学 &lt;1&gt;"], ["Own checks", "did not count"]),
        ({ "/duties/schools/\($0.school.id)" }, ["自查记录", "漏做 0 项"], ["Record", "0 missed"]),
        ({ _ in "/duties/plan" }, ["自查安排", "开饭", "全县"], ["Schedule", "minutes after each meal"]),
        ({ "/duties/plan?school=\($0.school.id)" }, ["自查安排", "实验小学 &lt;1&gt;"], ["Schedule"]),
        ({ _ in "/papers" }, ["证照", "未登记"], ["Papers", "None"]),
        ({ "/papers/schools/\($0.school.id)" }, ["还没有登记证照", "姓名只有学校"], ["No papers yet"]),
        (
            { "/menus/schools/\($0.school.id)?week=2026-11-23" }, ["食谱", "未登记", "2026-11-25"],
            ["Menu", "Nothing entered"]
        ),
        ({ _ in "/activities" }, ["社会共治活动", "还没有即将举行的活动"], ["Activities with society", "Nothing is coming"]),
        ({ _ in "/activities/counts" }, ["年度统计", "公众开放日"], ["Counts by year", "Public open day"]),
        ({ _ in "/registers/sites" }, ["提示标识与备案", "尚未登记", "2 项中 2 项还不齐全"], ["Signs and filing", "No entry yet"]),
        ({ _ in "/registers/staff" }, ["员工告知与同意"], ["Staff notices"]),
        ({ _ in "/registers/assessments" }, ["影响评估"], ["Impact assessments"]),
        ({ _ in "/registers/requests" }, ["信息查询"], ["Requests"]),
        ({ "/registers/sites/new?school=\($0.school.id)" }, ["备案编号"], ["Filing number"]),
        ({ _ in "/registers/assessments/new" }, ["法律依据"], ["Legal basis"]),
        ({ _ in "/roster" }, ["值班表", "负责人", "县市场监管局"], ["Duty roster", "Lead"]),
        ({ "/roster?body=school/\($0.school.id)" }, ["实验小学 &lt;1&gt;"], ["Duty roster"]),
        ({ "/replay/reason?cameras=\($0.camera.id)" }, ["登记查看事由", "日常巡查"], ["Complaint", "Register and watch"]),
        (
            { _ in "/calendar?year=2026" }, ["2026—2027 学年", "2026 年 9 月", "调休"],
            ["School year 2026–2027", "2026-9", "Make-up"]
        ),
        ({ "/schools/\($0.school.id)/calendar" }, ["实验小学 &lt;1&gt; · 校历", "与全县一致"], ["calendar of its own"]),
        ({ _ in "/rules" }, ["处置规则", "升级阶梯", "系统初始规则", "当前有效"], ["Case rules", "Ladder", "in force"]),
        ({ _ in "/reports" }, ["报告", "当涂县", "周报", "进行中"], ["Reports", "Week", "going on"]),
        (
            { _ in "/reports/month-2026-11" }, ["当涂县学校食堂监管月报 2026 年 11 月", "要点", "口径说明", "还没有结束"],
            ["report of the month", "Findings", "Definitions"]
        ),
        ({ _ in "/reports/month-2026-10" }, ["这段时间没有抓拍", "没有整改超期"], ["Nothing was captured"]),
        ({ _ in "/report-schedules" }, ["定期报告", "还没有定期报告"], ["Scheduled reports", "No scheduled reports yet"]),
        ({ _ in "/viewings" }, ["查看登记", "导出 CSV"], ["Viewing register"]),
        ({ _ in "/inspections" }, ["现场检查", "没有检查任务", "双随机"], ["Inspections", "nothing to inspect"]),
        ({ _ in "/inspections/checklist" }, ["食品留样", "125", "严重 · 7 分"], ["Food samples", "Serious · 7"]),
        ({ _ in "/draws" }, ["双随机抽查", "还没有抽查"], ["Draws by lot", "No draws yet"]),
        ({ _ in "/ledger" }, ["账本", "接入摄像机", "命令行"], ["Ledger", "Added a camera", "Command line"]),
        (
            { _ in "/captures" }, ["抓拍", "未戴帽", "老鼠", "Ⅰ级", "进行中", "分析记录", "口径"],
            ["Captures", "No hat", "Rodent", "Grade I"]
        ),
        ({ "/captures?camera=\($0.camera.id)" }, ["1 条", "清除筛选", "实验小学 &lt;1&gt;"], ["Clear filters"]),
        ({ _ in "/captures?item=frozen" }, ["没有符合条件"], ["Nothing matches"]),
        (
            { "/captures/\($0.capture.id)" },
            ["未戴帽", "当时的规则", "证据", "clip.mp4", "阈值 0.55", "kitchen-detector 2026.11.1", "账本"],
            ["No hat", "The rule then", "Best moment", "SHA-256", "0.87"]
        ),
        ({ "/captures/\($0.otherCapture.id)" }, ["老鼠", "仍在进行", "Ⅰ级"], ["It still goes on"]),
        ({ _ in "/analysis" }, ["分析", "暂无模型的项目", "0.871", "0.812–0.917"], ["No model yet", "95 % interval"]),
        (
            { "/cameras/\($0.camera.id)/analysis" }, ["分析规则", "屏蔽区", "每天 05:30–19:30", "试运行"],
            ["Masks", "Working hours", "Try-out", "No model yet"]
        ),
        ({ "/cameras/\($0.camera.id)/analysis?standard=1" }, ["标准值，尚未保存"], ["not saved yet"]),
        ({ _ in "/warnings" }, ["预警", "没有待处理的预警", "还没有启用任何预警规则"], ["Early warnings", "No rule is switched on"]),
        ({ _ in "/warnings/rules" }, ["预警规则", "短期重复", "还没有启用规则"], ["Warning rules", "Cluster in a township"]),
        (
            { _ in "/warnings/rules/trial?kind=repeated&item=rodent&count=2" },
            ["短期重复", "7 天内第 2 次老鼠", "我已看过试算，启用"], ["The same again", "switch it on"]
        ),
        ({ _ in "/account" }, ["我的账号", "chief", "访问令牌"], ["My account", "Access tokens"]),
        ({ _ in "/account/tokens" }, ["访问令牌", "查看抓拍", "read:captures"], ["Access tokens", "Look at captures"]),
        ({ _ in "/api" }, ["接口", "/api/v1/cases/{case}/moves", "write:cases"], ["API", "Idempotency-Key"]),
    ]

    @Test(arguments: pages.indices, Language.allCases)
    func `each page says what it must, in well-formed HTML`(index: Int, language: Language) async throws {
        let test = try await SiteUnderTest()
        let page = Self.pages[index]
        for camera in [test.camera, test.otherCamera] { try await test.giveReason(test.administrator, camera.id) }
        try await test.visit(as: test.administrator, language: language) { browser async throws in
            let response = try await browser.get(page.path(test))
            #expect(response.status == .ok)
            for words in language == .english ? page.english : page.chinese {
                #expect(response.text.contains(words), "\(page.path(test)) does not say “\(words)”")
            }
            #expect(Markup(response.text).faults == [])
            #expect(response.text.contains(language == .english ? "<html lang=\"en\"" : "<html lang=\"zh-CN\""))
            #expect(response.headers[.cacheControl] == "no-store")
        }
    }

    @Test func `every link of every page leads to something`() async throws {
        let test = try await SiteUnderTest()
        for camera in [test.camera, test.otherCamera] { try await test.giveReason(test.administrator, camera.id) }
        try await test.visit(as: test.administrator) { browser async throws in
            var waiting = Self.pages.map { $0.path(test) }
            var seen = Set(waiting)
            while let path = waiting.popLast() {
                let response = try await browser.get(path)
                #expect(response.status.code < 400, "\(path)")
                guard response.headers[.contentType]?.hasPrefix("text/html") == true else { continue }
                for link in Markup(response.text).links.map({ String($0.prefix { $0 != "#" }) })
                where link.hasPrefix("/") && seen.insert(link).inserted {
                    // The days before a day have no end.
                    if !path.contains("at=") || !link.contains("at=") { waiting.append(link) }
                }
            }
            #expect(seen.count > 60)
        }
    }

    @Test func `an unknown address is a page that says so`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.head, language: .english) { browser async throws in
            let response = try await browser.get("/nowhere")
            #expect(response.status == .notFound)
            #expect(response.text.contains("There is nothing here."))
            #expect(Markup(response.text).faults == [])
        }
    }

    @Test func `a site without cameras says how to get one`() async throws {
        let test = try await SiteUnderTest()
        for camera in try await test.supervision.cameras.all() {
            try await test.supervision.cameras.remove(camera.id, by: .console)
        }
        try await test.visit(as: test.administrator) { browser async throws in
            for path in ["/kitchens", "/cameras", "/wall", "/replay"] {
                let response = try await browser.get(path)
                #expect(response.status == .ok)
                #expect(response.text.contains("还没有摄像机"))
                #expect(Markup(response.text).faults == [])
            }
            #expect(try await browser.get("/kitchens").text.contains("/cameras/new?example=cooking"))
        }
        try await test.visit(as: test.head) { browser async throws in
            #expect(try await !browser.get("/kitchens").text.contains("/cameras/new"))
        }
    }

    @Test func `every answer carries the policies that browsers enforce`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            for path in ["/kitchens", "/nowhere", "/api/v1/cameras", "/sign-in", "/health"] {
                let headers = try await browser.get(path).headers
                #expect(headers[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true)
                #expect(headers[.contentTypeOptions] == "nosniff")
                #expect(headers[.referrerPolicy] == "same-origin")
            }
        }
    }

    @Test func `health is told to anybody`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit { browser async throws in
            let response = try await browser.get("/health")
            #expect(response.status == .ok)
            #expect(response.text == "ok\n")
        }
    }

    @Test func `the language is the chosen one, else the browser's`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit { browser async throws in
            let response = try await browser.post("/preferences", ["language": "en", "next": "/sign-in"])
            #expect(response.location == "/sign-in")
            let cookie = try #require(response.cookies[LanguageCookie.name])
            #expect(cookie.hasPrefix("en;"))
            let page = try await browser.get(
                "/sign-in", [.cookie: "\(LanguageCookie.name)=en", .acceptLanguage: "zh-CN"])
            #expect(page.text.contains("Sign in"))
            #expect(try await browser.get("/sign-in", [.acceptLanguage: "fr,en;q=0.5"]).text.contains("Sign in"))
            #expect(try await browser.get("/sign-in", [.acceptLanguage: "fr"]).text.contains("登录"))
        }
    }
}
