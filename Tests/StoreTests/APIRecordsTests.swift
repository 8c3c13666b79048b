import Domain
import Testing

@testable import Store

struct APIRecordsTests {
    private static let now = TemporaryStore.now

    private static func person(_ records: Records) throws -> Person {
        let person = Person(id: PersonID(at: now), account: "super", name: "Super", role: .supervisor)
        try records.people.add(person, passwordHash: "$scrypt$x", at: now)
        return person
    }

    private static func opened(_ number: Int, _ school: SchoolID, _ records: Records) throws -> CaseID {
        let time = now + .seconds(number / 3)
        let opening = CaseOpening(.other("matter \(number)"), grade: .two, school: school, office: nil)
        let event = CaseEvent(
            caseID: CaseID(at: time), version: 1, time: time, actor: .console, role: nil,
            change: .opened(opening: opening))
        let current = try Case([event])
        let due = number % 2 == 0 ? CaseSummary.Due(.dispatch, at: time + .seconds(60)) : nil
        _ = try records.cases.add(current, event, CaseTimetable(due: due))
        return current.id
    }

    @Test(arguments: Engine.all) func `a token is found by its hash until it is removed`(engine: Engine) async throws {
        try await withStore(engine) { store, _ in
            try await store.write { records in
                let person = try Self.person(records)
                let hash = Array(repeating: UInt8(9), count: 32)
                var token = APIToken(
                    id: APITokenID(at: Self.now), person: person.id, name: "Board", scopes: [.readCases, .readPlaces],
                    created: Self.now, expires: Self.now + .seconds(60))
                try records.tokens.add(token, sha256: hash)
                #expect(try records.tokens.token(hash) == token)
                #expect(try records.tokens.token(Array(repeating: 8, count: 32)) == nil)
                token.lastUsed = Self.now + .seconds(5)
                try records.tokens.setUsed(token.id, at: Self.now + .seconds(5))
                #expect(try records.tokens.tokens(of: person.id) == [token])
                try records.tokens.remove(token.id)
                #expect(try records.tokens.token(token.id) == nil)
            }
        }
    }

    @Test(arguments: Engine.all) func `an answer is kept byte by byte, for its asker alone`(engine: Engine) async throws
    {
        try await withStore(engine) { store, _ in
            let kept = AnswerRecords.Kept(
                fingerprint: Array(repeating: 3, count: 32), status: 201, headers: ["ETag": "\"1-a\"", "X": "案"],
                body: Array(0...255))
            try await store.write { records in
                try records.answers.keep(kept, to: "k", of: "token/a", at: Self.now)
                #expect(try records.answers.answer(to: "k", of: "token/a", since: Self.now - .seconds(1)) == kept)
                #expect(try records.answers.answer(to: "k", of: "token/b", since: Self.now - .seconds(1)) == nil)
                #expect(try records.answers.answer(to: "k", of: "token/a", since: Self.now) == nil)
                try records.answers.removeOld(until: Self.now)
                try records.answers.keep(kept, to: "k", of: "token/a", at: Self.now + .seconds(1))
            }
            await #expect(throws: StoreError.self) {
                try await store.write { try $0.answers.keep(kept, to: "k", of: "token/a", at: Self.now) }
            }
        }
    }

    @Test(arguments: Engine.all) func `an upload is its sender's, for a time`(engine: Engine) async throws {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera()
            try await store.write { records in
                let school = try #require(try records.places.area(camera.area)).school
                let person = try Self.person(records)
                let id = try Self.opened(0, school, records)
                let attachment = Attachment(
                    id: AttachmentID(at: Self.now), kind: .photo, sha256: String(repeating: "0a", count: 32))
                let file = AttachmentFile(
                    attachment, of: id, name: "灶台.jpg", mediaType: "image/jpeg", sizeBytes: 5, path: "2026-11/x.jpg")
                try records.uploads.add(file, by: person.id, at: Self.now)
                let uploads = records.uploads
                func found(_ by: PersonID, _ since: UTCTime) throws -> AttachmentFile? {
                    try uploads.file(attachment.id, of: id, by: by, since: since)
                }
                #expect(try found(person.id, Self.now - .seconds(1)) == file)
                #expect(try found(person.id, Self.now) == nil)
                #expect(try found(PersonID(at: Self.now), Self.now - .seconds(1)) == nil)
                #expect(try uploads.count(of: id, by: person.id) == 1)
                #expect(try uploads.old(until: Self.now - .seconds(1), limit: 9) == [])
                #expect(try uploads.old(until: Self.now, limit: 9) == [file])
                try uploads.remove(attachment.id)
                #expect(try uploads.count(of: id, by: person.id) == 0)
            }
        }
    }

    @Test(arguments: Engine.all) func `from each position on, a list is the rest of itself`(engine: Engine) async throws
    {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera()
            try await store.write { records in
                let school = try #require(try records.places.area(camera.area)).school
                for number in 0..<20 { _ = try Self.opened(number, school, records) }
                for order in CaseOrder.allCases {
                    let all = try records.cases.list(
                        CaseFilter(), order, in: .county, at: Self.now, after: nil, limit: 100)
                    #expect(all.count == 20)
                    for (index, summary) in all.enumerated() {
                        let rest = try records.cases.list(
                            CaseFilter(), from: CasePosition(of: summary, in: order), in: .county, at: Self.now,
                            limit: 100)
                        #expect(rest == Array(all[(index + 1)...]), "\(order) \(index)")
                    }
                }
            }
        }
    }
}
