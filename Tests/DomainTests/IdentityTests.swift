import Testing

@testable import Domain

struct IdentityTests {
    @Test func `identifiers sort by the time they were made, and read back`() throws {
        var random = SeededRandom(seed: 3)
        var previous: UUIDv7?
        for step in 0..<1000 {
            let uuid = UUIDv7(at: UTCTime(milliseconds: 1_795_392_900_000 + Int64(step)), using: &random)
            let text = uuid.description
            #expect(Array(text)[14] == "7" && "89ab".contains(Array(text)[19]))
            #expect(UUIDv7(text) == uuid)
            #expect(UUIDv7(text.uppercased()) == uuid)
            if let previous { #expect(previous < uuid && previous.description < text) }
            previous = uuid
        }
    }

    @Test(arguments: [
        "", "x", "00000000-0000-7000-8000-00000000000", "00000000-0000-7000-8000-00000000000g",
        "00000000x0000-7000-8000-000000000000",
    ])
    func `what is no identifier is refused`(text: String) { #expect(CameraID(text) == nil) }

    @Test(arguments: [
        "node", "console", "person/01935d3c-0000-7000-8000-000000000001", "camera/01935d3c-0000-7000-8000-000000000001",
    ])
    func `an actor reads back from the ledger`(text: String) { #expect(LedgerActor(text)?.description == text) }

    @Test(arguments: ["", "person/", "person/x", "robot/01935d3c-0000-7000-8000-000000000001"])
    func `an unknown actor is not made up`(text: String) { #expect(LedgerActor(text) == nil) }
}
