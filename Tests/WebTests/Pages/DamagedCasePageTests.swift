import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct DamagedCasePageTests {
    @Test(arguments: [Language.simplifiedChinese, .english])
    func `the first page names a case that can't be read, to those whose matter it is`(
        language: Language
    ) async throws {
        let test = try await SiteUnderTest()
        let cases = test.supervision.cases
        let patrol = CaseOpening.Patrol(camera: test.camera.id, time: test.time.now, isLive: true)
        let id = try await cases.open(
            CaseDraft(.patrol(patrol, .other("事项"), .two)), by: .person(test.supervisor.person)
        ).id
        let changed = try await ChildProcess.run(
            ["sqlite3", test.folder.file("mingchu.db")],
            input: """
                drop trigger ledger_never_changed; pragma ignore_check_constraints = 1;
                update ledger set payload = '[' || substr(payload, 2) where subject = 'case/\(id)';
                """)
        #expect(changed.ending.isSuccess, "\(changed.errors)")
        test.time.advance(by: .seconds(4 * 86_400))
        #expect(try await cases.escalate().unreadable.count == 1)
        // The sessions of four days ago are over.
        let chief = try await Session.begin("chief-2", .administrator, nil, test.supervision)
        let head = try await Session.begin("head-2", .school, test.school.id, test.supervision)
        let sentence = language == .english ? "are damaged and can’t be read" : "账本记录已损坏"
        try await test.visit(as: chief, language: language) { browser async throws in
            let page = try await browser.get("/today")
            #expect(page.status == .ok && page.text.contains(sentence) && page.text.contains("mingchu check"))
            #expect(Markup(page.text).faults == [])
        }
        try await test.visit(as: head, language: language) { browser async throws in
            let page = try await browser.get("/today")
            #expect(page.status == .ok && !page.text.contains(sentence))
        }
    }
}
