import Domain
import Testing

@testable import Web

struct LanguageTests {
    @Test(
        arguments: [
            (nil, Language.simplifiedChinese), ("", .simplifiedChinese), ("en", .english), ("en-GB,en;q=0.9", .english),
            ("zh-CN,zh;q=0.9,en;q=0.8", .simplifiedChinese), ("fr, en;q=0.3, zh;q=0.2", .english),
            ("zh-Hant-TW", .simplifiedChinese),
            ("en;q=0.1,zh;q=0.2", .simplifiedChinese), ("en;q=0", .simplifiedChinese), ("EN-us", .english),
            ("*", .simplifiedChinese), ("en;q=x", .simplifiedChinese), (",;,;q=", .simplifiedChinese),
        ] as [(String?, Language)])
    func `the best language that we have wins`(header: String?, language: Language) {
        #expect(Language(acceptLanguage: header) == language)
    }
}

struct WordingTests {
    private func wording(_ language: Language) throws -> Wording {
        Wording(
            words: try Catalogues(Resources.bundled())[language], zone: .shanghai,
            now: UTCTime(milliseconds: 1_795_392_000_000))
    }

    @Test(arguments: [
        (Duration.seconds(5), "just now"), (.seconds(59), "59 s ago"), (.seconds(61), "1 min 1 s ago"),
        (.seconds(3599), "59 min ago"), (.seconds(3600), "1 h ago"), (.seconds(7260), "2 h 1 min ago"),
        (.seconds(86_399), "23 h 59 min ago"), (.seconds(86_400), "2026-11-22 08:00"),
        (.seconds(-1), "2026-11-23 08:00"),
    ])
    func `times of the last day are relative, others exact`(age: Duration, shown: String) throws {
        let wording = try wording(.english)
        let moment = wording.moment(wording.now - age)
        #expect(moment.shown == shown)
        #expect(moment.machine.hasSuffix("+08:00"))
        #expect(moment.exact.count == 19)
    }

    @Test func `amounts read well`() throws {
        let wording = try wording(.simplifiedChinese)
        #expect(wording.bitRate(2_134_000) == "2.1 Mbit/s")
        #expect(wording.bitRate(512_400) == "512 kbit/s")
        #expect(wording.frameRate(24.97) == "25")
        #expect(wording.frameRate(12.5) == "12.5")
        #expect(wording.share(1) == "100%")
        #expect(wording.share(0.99999) == "99.9%")
        #expect(wording.share(0) == "0%")
        #expect(wording.bytes(1_500_000_000) == "1.5 GB")
        #expect(wording.codec("avc1.64001F") == "H.264")
        #expect(wording.codec("hvc1.1.6.L93.B0") == "H.265")
    }

    @Test func `a lost camera says why, what to do and when it is tried again`() throws {
        let wording = try wording(.english)
        let status = CameraStatus(
            state: .waiting(
                SourceFailure(.wrongPassword, detail: "401 Unauthorized"), retryAt: wording.now + .seconds(20)),
            since: wording.now - .seconds(600), recording: .paused(.diskFull))
        let view = wording.status(status, showsDetail: true)
        #expect(view.state == "waiting" && view.word == "Offline")
        #expect(view.reason == "The camera refused the user name or password.")
        #expect(view.advice?.isEmpty == false)
        #expect(view.detail == "401 Unauthorized")
        #expect(view.retry == "Trying again in 20 s.")
        #expect(view.recordingReason == "Disk full")
        #expect(wording.status(status).detail == nil)
        #expect(wording.status(nil).state == "connecting")
    }
}
