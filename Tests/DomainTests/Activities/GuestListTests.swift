import Domain
import Testing

struct GuestListTests {
    private static let start = UTCTime(milliseconds: 1_795_000_000_000)

    private static func signUp(_ role: ActivityRole, _ count: Int = 1, pupils: Int = 0, at second: Int = 0) -> SignUp {
        var random = SystemRandomNumberGenerator()
        let time = start + .seconds(second)
        return SignUp(
            id: SignUpID(at: time), code: .random(using: &random),
            guest: Guest("x", as: role, count: count, pupils: pupils),
            madeAt: time)
    }

    @Test func `the waiting list moves up by itself, in order`() throws {
        var list = GuestList(capacity: ActivityCapacity(3))
        let (a, b, c, d) = (
            Self.signUp(.parent, 2), Self.signUp(.parent, 2, at: 1), Self.signUp(.parent, at: 2),
            Self.signUp(.media, at: 3)
        )
        #expect(try list.add(a, at: a.madeAt) == [a.id])
        #expect(try list.add(b, at: b.madeAt) == [])
        // One place is left, but it is b who waits for it.
        #expect(try list.add(c, at: c.madeAt) == [] && list.position(of: c.id) == 2)
        #expect(try list.add(d, at: d.madeAt) == [])
        #expect(try list.cancel(a.id, at: Self.start + .seconds(9)) == [b.id, c.id])
        #expect(list[b.id]?.movedUpAt == Self.start + .seconds(9) && list[a.id]?.movedUpAt == nil)
        #expect(list.taken.total == 3 && list.position(of: d.id) == 1)
        #expect(throws: GuestList.Refusal.notNow(.cancelled)) { try list.cancel(a.id, at: Self.start) }
        #expect(throws: GuestList.Refusal.tooMany) { try list.add(Self.signUp(.parent, 4), at: Self.start) }
    }

    @Test func `a role that is full keeps nobody of another waiting`() throws {
        var list = GuestList(capacity: ActivityCapacity(10, byRole: [.parent: 2, .pupil: 1]))
        let family = Self.signUp(.parent, 1, pupils: 1)
        let second = Self.signUp(.parent, 1, pupils: 1, at: 1)
        let (third, media) = (Self.signUp(.parent, at: 2), Self.signUp(.media, 4, at: 3))
        #expect(try list.add(family, at: family.madeAt) == [family.id])
        #expect(try list.add(second, at: second.madeAt) == [])
        // The second family waits for a place of a pupil, not for one of a parent.
        #expect(try list.add(third, at: third.madeAt) == [third.id])
        #expect(try list.add(media, at: media.madeAt) == [media.id])
        #expect(throws: GuestList.Refusal.belowTaken) { try list.change(ActivityCapacity(5), at: Self.start) }
        #expect(try list.change(ActivityCapacity(20), at: Self.start + .seconds(5)) == [second.id])
    }

    @Test func `at the door nobody is let in above the capacity`() throws {
        var list = GuestList(capacity: ActivityCapacity(4))
        let (a, b, c) = (Self.signUp(.parent, 3), Self.signUp(.deputy, at: 1), Self.signUp(.media, at: 2))
        for one in [a, b, c] { _ = try list.add(one, at: one.madeAt) }
        #expect(throws: GuestList.Refusal.full) { try list.checkIn(c.id) }
        #expect(throws: GuestList.Refusal.moreThanSignedUp) { try list.checkIn(a.id, heads: HeadCount([.parent: 4])) }
        try list.checkIn(a.id, heads: HeadCount([.parent: 2]))
        try list.checkIn(c.id)
        #expect(throws: GuestList.Refusal.full) { try list.walkIn(Self.signUp(.other)) }
        try list.markAbsent(b.id)
        try list.walkIn(Self.signUp(.other))
        #expect(list.came == HeadCount([.parent: 2, .media: 1, .other: 1]))
        // Who was thought not to come comes after all, and there is no place any more.
        #expect(throws: GuestList.Refusal.full) { try list.checkIn(b.id) }
        try list.undoCheckIn(c.id)
        #expect(list[c.id]?.state == .confirmed && list.came.total == 3)
        try list.markAbsent()
        #expect(list[c.id]?.state == .absent && list.taken.total == 3)
    }

    /// Whatever happens in whatever order: the capacity holds, everybody is still in the list, and whoever waits has
    /// nobody before whom he would have fitted.
    @Test(arguments: 0..<200) func `random histories keep every promise`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let total = Int.random(in: 3...20, using: &random)
        var byRole: [ActivityRole: Int] = [:]
        for role in ActivityRole.allCases where Bool.random(using: &random) {
            byRole[role] = Int.random(in: 0...total, using: &random)
        }
        var list = GuestList(capacity: ActivityCapacity(total, byRole: byRole))
        var made: [SignUpID] = []
        for step in 0..<80 {
            let time = Self.start + .seconds(step)
            let before = list
            let known = list.signUps.randomElement(using: &random)?.id
            do throws(GuestList.Refusal) {
                switch Int.random(in: 0..<10, using: &random) {
                case 0...4:
                    let role = ActivityRole.allCases.randomElement(using: &random)!
                    let new = Self.signUp(
                        role, Int.random(in: 1...5, using: &random),
                        pupils: role == .parent ? Int.random(in: 0...2, using: &random) : 0, at: step)
                    _ = try list.add(new, at: time)
                    made.append(new.id)
                case 5, 6: if let known { _ = try list.cancel(known, at: time) }
                case 7: if let known { try list.checkIn(known) }
                case 8:
                    let wanted = ActivityCapacity(Int.random(in: 1...24, using: &random), byRole: byRole)
                    _ = try list.change(wanted, at: time)
                default: if let known { try list.markAbsent(known) }
                }
            } catch {
                #expect(list == before, "what is refused changes nothing")
            }
            #expect(list.capacity.holds(list.taken), "more people than places")
            #expect(list.signUps.map(\.id) == made, "somebody is lost or stands elsewhere")
            // Those who were let in by this step stand before all of those who still wait for the same place.
            let moved = Set(
                list.signUps.filter { $0.state == .confirmed && before[$0.id]?.state != .confirmed }.map(\.id))
            var heads = list.signUps.filter { !moved.contains($0.id) }.reduce(HeadCount.none) { $0 + $1.heads }
            var missing: Set<ActivityRole> = []
            for one in list.signUps where !moved.isEmpty {
                let wanted = heads + one.guest.heads
                if moved.contains(one.id) {
                    #expect(missing.isDisjoint(with: one.guest.heads.roles), "somebody was overtaken")
                    heads = wanted
                } else if one.state == .waiting {
                    let own = one.guest.heads.roles.filter {
                        wanted[$0] > list.capacity.most($0) || missing.contains($0)
                    }
                    // Who misses a place in all has nobody let in behind.
                    missing.formUnion(wanted.total > list.capacity.total ? Set(ActivityRole.allCases) : own)
                    #expect(!missing.isEmpty, "somebody waits for nothing")
                }
            }
            var again = list
            // Once more lets in nobody, unless people at the door have made room, where the list doesn't move.
            _ = again.moveUp(at: time)
            #expect(again.capacity.holds(again.taken) && again.moveUp(at: time).isEmpty)
        }
    }
}
