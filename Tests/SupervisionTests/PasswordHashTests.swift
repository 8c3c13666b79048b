import Domain
import Testing

@testable import Supervision

struct PasswordHashTests {
    @Test(arguments: ["", "x", "密码密码密码", String(repeating: "long ", count: 50)])
    func `a password matches its own hash and no other`(text: String) throws {
        let hash = try PasswordHash(Secret(text), cost: Office.cheap)
        let kept = try #require(PasswordHash(hash.description))
        #expect(kept == hash)
        #expect(try kept.matches(Secret(text)))
        #expect(try !kept.matches(Secret(text + " ")))
        #expect(try PasswordHash(Secret(text), cost: Office.cheap) != hash)
        #expect(!hash.description.contains(text) || text.count < 2)
    }

    @Test func `scrypt and its text form are the ones that others use`() throws {
        // Computed with Python's hashlib.scrypt(b"pleaseletmein", salt=b"SodiumChloride00", n=16384, r=8, p=1, dklen=32).
        let text = "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGUwMA$McnDJoBHzklovUINAvCbd7SOGFmmJZoQDjX3cw2lCN8"
        #expect(try PasswordHash(text)?.matches(Secret("pleaseletmein")) == true)
        #expect(PasswordHash(text)?.description == text)
    }

    @Test func `a hash that is cut or changed is read as none or matches nothing`() throws {
        let text = try PasswordHash(Secret("right"), cost: Office.cheap).description
        for length in 0..<text.count {
            #expect(PasswordHash(String(text.prefix(length))) == nil)
        }
        for bad in [
            "$scrypt$ln=99,r=8,p=1$AAAA$AAAA", "$scrypt$ln=4,r=8$AAAA$AAAA", "$scrypt$r=8,ln=4,p=1$AAAA$AAAA",
            "$argon2id$ln=4,r=8,p=1$AAAA$AAAA", "$scrypt$ln=4,r=8,p=1$A*AA$AAAA", "$$$$", text + "$x",
        ] {
            #expect(PasswordHash(bad) == nil)
        }
    }

    @Test func `without a hash the answer is no`() async throws {
        let work = PasswordWork(cost: Office.cheap)
        #expect(try await !work.check(Secret("x"), against: nil))
        #expect(try await !work.check(Secret("x"), against: "damaged"))
        #expect(try await work.check(Secret("x"), against: try await work.hash(Secret("x"))))
    }
}
