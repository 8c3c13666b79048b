import Domain
import Store
import Testing

@testable import Supervision

struct TextTemplatesTests {
    @Test(arguments: Engine.all) func `words are kept with every version in the ledger`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let templates = office.supervision.textTemplates
            let kept = try await templates.add(" {学校}：请整改。\n", for: .dispatch, by: office.supervisor)
            #expect(kept.text == "{学校}：请整改。")
            try await templates.change(kept.id, to: "{学校}：请尽快整改。", by: office.supervisor)
            // The same again is no change.
            try await templates.change(kept.id, to: "{学校}：请尽快整改。", by: office.supervisor)
            #expect(try await templates.all(for: office.head).map(\.text) == ["{学校}：请尽快整改。"])
            try await templates.remove(kept.id, by: office.administrator)
            #expect(try await templates.all(for: office.head).isEmpty)
            let history = try await templates.history(for: office.supervisor)
            #expect(history.map(\.after) == [nil, "{学校}：请尽快整改。", "{学校}：请整改。"])
            #expect(history.map(\.before) == ["{学校}：请尽快整改。", "{学校}：请整改。", nil])
            #expect(history.allSatisfy { $0.move == .dispatch && $0.person != nil })
        }
    }

    @Test func `who may not set rules sets no words`() async throws {
        let office = try await Office()
        let templates = office.supervision.textTemplates
        let kept = try await templates.add("a", for: .comment, by: office.supervisor)
        #expect(try await refusal { try await templates.add("b", for: .comment, by: office.head) } == .notPermitted)
        #expect(try await refusal { try await templates.change(kept.id, to: "b", by: office.head) } == .notPermitted)
        #expect(try await refusal { try await templates.remove(kept.id, by: office.head) } == .notPermitted)
        #expect(try await refusal { try await templates.history(for: office.head) } == .notPermitted)
    }

    @Test func `words that can't be meant are refused`() async throws {
        let office = try await Office()
        let templates = office.supervision.textTemplates
        for (text, flaw) in [
            (" \n", .empty), (String(repeating: "长", count: 1001), .tooLong(maximum: 1000)),
            ("{校名}", .unknownPlaceholder),
        ] as [(String, SupervisionError.Flaw)] {
            #expect(
                try await refusal { try await templates.add(text, for: .dispatch, by: office.supervisor) }
                    == .invalid(.text, flaw))
        }
    }
}
